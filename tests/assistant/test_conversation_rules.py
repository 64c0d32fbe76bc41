"""The rules of conversation over text and tables, one test a rule; docs/conversation.md lists them with these names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conversation.md"
EXAMPLE = re.compile(r"^- (?P<turns>.+ → .+) ⇒ (?P<understood>.+)$", re.MULTILINE)
TESTS = re.compile(r"`(test_\w+)`")


def understood(assistant: Assistant, turns: str) -> str:
    """Return how the last of ``turns`` stands alone."""
    *history, question = (turn.strip() for turn in turns.split("→"))
    return assistant.ask(question, history).standalone


def lines(table: str) -> list[tuple[str, ...]]:
    """Return the rows of a table of test cases."""
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


MORE = lines("""
宣传推广要怎么做 → 还有呢 | 宣传推广要怎么做
乡村振兴局牵头哪些项目 → 还有别的吗？ | 乡村振兴局牵头哪些项目
到2024年累计建成高标准农田多少亩 → 详细说说 | 农牧业节能降碳工程的内容是什么
优质景区提升工程项目投资多少 → 具体呢 | 优质景区提升工程项目的情况
绿氢产业项目投资多少 → 为什么这么多 | 绿氢产业项目投资为什么这么多
禁止开采哪些地方的地下水 → 为什么 | 为什么禁止开采的地下水
""")


@pytest.mark.parametrize(("turns", "alone"), MORE)
def test_what_asks_for_more_is_asked_of_the_last_answer(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


PLACES = lines("""
方案的五大行动是哪些 → 第三个叫什么 | 第三个是“现代能源经济高质量发展提速行动”
方案的五大行动是哪些 → 第三个叫什么 → 最后一个呢 | 最后一个是“创新驱动发展能力建设促进行动”
方案的基本原则有哪些 → 前三个分别是什么 | 前三个是“以人为本，全面发展”[1]、“问题导向，精准施策”[2]、
水资源集约高效利用行动要实施哪6项工程 → 最后一个呢 | 最后一个是“非常规水资源开发利用工程”
文旅局牵头的项目有哪些 → 后两个呢 | 后两个是“优质景区提升工程项目”[1]、“特色文化创作项目”[2]
科技局牵头的项目有哪些 → 最后两个分别投资多少 | 3亿元
哪些项目涉及光伏 → 其中第二个由谁牵头 | 库布齐“两山”实践光伏发电基地项目的牵头责任单位是能源局
林草局牵头的项目有哪些 → 第二个投资多少 → 第三个呢 | “草原生态修复治理项目”的2025年前计划投资是1.4亿元
""")


@pytest.mark.parametrize(("turns", "said"), PLACES)
def test_a_place_in_a_list_of_rows_or_prose_names_what_stands_there(
    assistant: Assistant, turns: str, said: str
) -> None:
    *history, question = (turn.strip() for turn in turns.split("→"))
    answer = assistant.ask(question, history)

    assert said in answer.answer
    assert answer.citations


def test_a_place_beyond_the_list_is_denied(assistant: Assistant) -> None:
    answer = assistant.ask("第三个投资多少", ["生态环境局牵头的项目有哪些"])

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("第三个",)


POINTING = lines("""
示范区建设促进中心负责什么 → 它是哪个单位下属的 | 示范区建设促进中心是哪个单位下属的
现代煤化工产能要达到多少 → 该工程由哪个部门牵头 | 现代煤化工高质量发展工程由哪个部门牵头
到2024年累计建成高标准农田多少亩 → 这项工作由谁牵头 | 农牧业节能降碳工程由谁牵头
高耗水行业到2024年要达到什么标准 → 上述工作由哪些部门牵头 | 工业节水增效工程由哪些部门牵头
专家咨询委员会名单里有几位院士 → 为什么要成立这个委员会 | 为什么要成立专家咨询委员会
文旅局牵头的项目有哪些 → 正文里它牵头哪个工程 | 正文里文旅局牵头哪个工程
水土流失综合治理工程有哪些项目 → 它在正文里怎么说的 | 水土流失综合治理工程在正文里怎么说的
水土流失综合治理工程要新建多少座淤地坝 → 这个工程一共投资多少 | 水土流失综合治理工程一共投资多少
防沙治沙和盐碱化治理工程由谁牵头 → 下面有哪些项目 | 防沙治沙和盐碱化治理工程下面有哪些项目
绿氢产业项目和碳排放监测项目投资各是多少 → 后者由谁牵头 | 碳排放监测项目由谁牵头
煤制烯烃投资多少 → 绿氢产业项目呢 → 前者建在哪里 | 煤制烯烃建在哪里
王光谦是哪个单位的 → 他是什么职务 | 王光谦是什么职务
市住建局负责的指标有哪些 → 上述指标的目标是多少 | 市住建局负责的指标的目标是多少
牵头项目最多的单位是哪个 → 它牵头了哪些项目 | 水利局牵头了哪些项目
牵头项目最多的单位是哪个 → 这个单位的总投资是多少 | 水利局的总投资是多少
五大行动里总投资最多的是哪个行动 → 这个行动下面有几个项目 | 现代能源经济高质量发展提速行动下面有几个项目
牵头项目最多的单位是哪个 → 那第二多的呢 | 牵头项目第二多的单位是哪个
煤制烯烃项目在哪儿建 → 年产多少 | 煤制烯烃年产多少
技术市场成交额2024年目标是多少 → 责任单位是哪家 → 2020年呢 | 技术市场成交额2020年目标是多少
水利局牵头的项目有哪些 → 第二个总投资多少 → 第三个呢 → 这些项目里投资最大的是哪个 | 水利局牵头的项目中投资最大的是哪个
能源局牵头的项目有哪些 → 煤制烯烃建设时间 → 上述项目中超过100亿的有几个 | 能源局牵头的项目中超过100亿的有几个
能源局牵头几个项目 → 那工信局呢，牵头几个 | 工信局牵头的项目牵头几个
文旅局牵头哪些项目 → 不说文旅了，空气好的天数2024年要占到多少 | 空气好的天数2024年要占到多少
绿氢产业项目投资多少 → 碳排放监测项目呢 → 这些项目一共投资多少 | 绿氢产业项目和碳排放监测项目一共投资多少
""")


@pytest.mark.parametrize(("turns", "alone"), POINTING)
def test_a_word_that_points_back_becomes_what_was_spoken_of(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


MISSING = lines("""
市公安局牵头的项目有哪些 → 水利局呢 | 水利局牵头的项目有哪些
绿氢产业项目的施工单位是谁 → 那牵头单位呢 | 绿氢产业项目的牵头单位是谁
人均预期寿命2030年目标是多少 → 那2024年呢 | 人均预期寿命2024年目标是多少
""")


@pytest.mark.parametrize(("turns", "alone"), MISSING)
def test_after_a_refusal_what_was_missing_is_exchanged(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


WORDS = lines("""
秸秆综合利用率目标是多少 → 畜禽粪污呢 | 畜禽粪污综合利用率目标是多少
人工造乔木林的任务是多少亩 → 灌木林呢 | 人工造灌木林的任务是多少亩
人工造乔木林的任务是多少亩 → 灌木林呢 → 退化林修复呢 | 退化林修复的任务是多少亩
水土流失综合治理工程要新建多少座淤地坝 → 那除险加固的呢 | 水土流失综合治理工程要除险加固多少座淤地坝
新建堤防多少公里 → 护岸呢 | 新建护岸多少公里
新建堤防多少公里 → 加固多少公里 | 加固堤防多少公里
对入选国家科技领军人才计划的个人给什么支持 → 团队呢 | 对入选国家科技领军人才计划的团队给什么支持
高标准农田要建多少亩 → 秸秆综合利用率呢 | 秸秆综合利用率是多少
城镇居民人均可支配收入2024年目标是多少 → 农村牧区的呢 | 农村牧区居民人均可支配收入2024年目标是多少
林草局牵头的项目有几个 → 我问的是指标 | 林草局牵头的指标有几个
正文里市农牧局牵头哪些工程 → 那市住建局呢 | 正文里市住建局牵头哪些工程
""")


@pytest.mark.parametrize(("turns", "alone"), WORDS)
def test_a_phrase_takes_the_place_that_the_documents_give_it(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


YEARS = lines("""
秸秆综合利用率目标是多少 → 2030年呢 | 2030年秸秆综合利用率目标是多少
非化石能源消费比重2020年是多少 → 可再生能源装机容量比重呢 | 可再生能源装机容量比重2020年是多少
城乡居民基本养老保险参保率2020年是多少 → 2024年呢 → 基本医疗保险呢 | 基本医疗保险参保率2024年是多少
毛乌素沙地治理率2020年是多少 → 库布齐沙漠呢 → 两者相差多少 | 毛乌素沙地治理率和库布齐沙漠治理率2020年相差多少
""")


@pytest.mark.parametrize(("turns", "alone"), YEARS)
def test_a_year_is_carried_over_until_another_is_named(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


CORRECTED = lines("""
技术市场成交额2024年目标是多少 → 不是，我问的是2020年 | 技术市场成交额2020年目标是多少
能源局牵头的项目有几个 → 错了，我要问的是林草局 | 林草局牵头的项目有几个
库布齐沙漠治理率2024年目标是多少 → 不对，我问的是毛乌素沙地 | 毛乌素沙地治理率2024年目标是多少
水利局牵头的项目一共投资多少 → 不对，我是问平均每个项目投资多少 | 平均每个水利局牵头的项目投资多少
绿氢产业项目投资多少 → 不对，我问的是水利局牵头的项目有几个 | 水利局牵头的项目有几个
""")


@pytest.mark.parametrize(("turns", "alone"), CORRECTED)
def test_a_correction_is_read_without_its_denial(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


ASPECTS = lines("""
博士能申请多少科研启动资金 → 需要什么条件 | 博士能申请科研启动资金需要什么条件
水土流失综合治理工程新建堤防多少公里 → 施工单位呢 | 水土流失综合治理工程的施工单位
创新人才引进和培育工程由谁牵头 → 联系电话是多少 | 创新人才引进和培育工程的联系电话是多少
水土流失综合治理工程由谁牵头 → 新建多少座淤地坝 | 水土流失综合治理工程新建多少座淤地坝
农业节水增效工程由谁牵头 → 责任单位是谁 | 农业节水增效工程的责任单位是谁
现代煤化工产能要达到多少 → 投资多少 | 现代煤化工高质量发展工程的投资多少
""")


@pytest.mark.parametrize(("turns", "alone"), ASPECTS)
def test_what_has_no_subject_is_asked_of_the_last_one(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


@pytest.mark.parametrize(
    "turns",
    [
        "秸秆综合利用率目标是多少 → 畜禽粪污呢 → 王光谦是哪个单位的",
        "水利局牵头的项目有哪些 → 总投资多少 → 现代煤化工产能要达到多少",
        "水利局牵头的项目有哪些 → 投资超过100亿元的项目有哪些",
        "绿氢产业项目投资多少 → 项目表里一共有多少个项目",
        "人均预期寿命2024年目标是多少 → 示范区领导小组的组长是谁",
        "绿色矿山工程由谁牵头 → 责任单位呢 → 全市高标准农田累计建成多少",
        "煤制烯烃由谁牵头 → 科技局牵头几个项目",
        "水利局牵头的项目有哪些 → 第二个投资多少 → 林草局牵头的项目有几个",
    ],
)
def test_a_question_that_says_what_it_is_about_inherits_nothing(assistant: Assistant, turns: str) -> None:
    *history, question = (turn.strip() for turn in turns.split("→"))
    answer = assistant.ask(question, history)

    assert answer.standalone == question
    assert answer.answer == assistant.ask(question).answer


@pytest.mark.parametrize(
    ("turns", "missing"),
    lines("""
    秸秆综合利用率目标是多少 → 2030年呢 | 2030
    水土流失综合治理工程新建堤防多少公里 → 施工单位呢 | 施工
    创新人才引进和培育工程由谁牵头 → 联系电话是多少 | 电话
    绿氢产业项目投资多少 → 为什么这么多 | 为什么
    城镇登记失业率2024年目标是多少 → 不是，我问的是2023年 | 2023
    """),
)
def test_a_follow_up_that_nothing_answers_names_what_is_missing(assistant: Assistant, turns: str, missing: str) -> None:
    *history, question = (turn.strip() for turn in turns.split("→"))
    answer = assistant.ask(question, history)

    assert answer.kind is AnswerKind.REFUSAL
    assert any(missing in part for part in answer.missing)


def examples() -> list[tuple[str, str]]:
    """Return the examples of the page of rules."""
    return [(match["turns"], match["understood"]) for match in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("turns", "alone"), examples())
def test_the_page_of_rules_shows_what_is_understood(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


def test_every_rule_of_the_page_has_examples_and_a_test() -> None:
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    rules = [section for section in sections if re.match(r"\d+\. ", section)]
    known = {name for path in Path(__file__).parent.glob("test_*.py") for name in _tests_in(path)}

    assert len(rules) == 11
    for rule in rules:
        assert EXAMPLE.search(rule), rule
        assert set(TESTS.findall(rule)) <= known, rule
        assert TESTS.search(rule), rule


def _tests_in(path: Path) -> list[str]:
    return re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        ("计划投资最大的项目是哪个", "第二呢", "排第2的是：华星40亿立方米煤制天然气项目"),
        ("哪个局牵头的项目最多", "第二名是谁", "排第2的是能源局"),
    ],
)
def test_a_later_place_of_the_order_before_may_be_asked_for(
    assistant: Assistant, before: str, question: str, said: str
) -> None:
    assert said in assistant.ask(question, [before]).answer


AGAIN = lines("""
水利局牵头的项目有几个 → 总投资多少 → 林草局的这两项数据呢 | 林草局牵头的项目有几个，林草局牵头的项目的总投资多少
绿氢产业项目由谁牵头、投资多少 → 碳排放监测项目的这两项呢 | 碳排放监测项目由谁牵头、投资多少
绿氢产业项目投资多少 → 建设地点在哪 → 煤制烯烃呢，这两个数各是多少 | 煤制烯烃投资多少，煤制烯烃的建设地点在哪
技术市场成交额2020年、2024年各是多少 → 同样两个年份，秸秆综合利用率呢 | 秸秆综合利用率2020年、2024年各是多少
技术市场成交额2020年、2024年各是多少 → 秸秆综合利用率呢，年份不变 | 秸秆综合利用率2020年、2024年各是多少
技术市场成交额2020年、2024年各是多少 → 这两年差多少 | 技术市场成交额2020年、2024年差多少
技术市场成交额2020年是多少 → 秸秆综合利用率呢，同样是2020年 | 秸秆综合利用率2020年是多少
""")


@pytest.mark.parametrize(("turns", "alone"), AGAIN)
def test_the_same_asked_again_is_asked_of_what_is_named_anew(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


NOT_AGAIN = lines("""
水利局牵头的项目有几个 → 总投资多少 → 能源局的这三个数呢 | 这三个数
水利局牵头的项目有几个 → 绿氢产业项目投资多少 → 能源局的这两个数呢 | 这两个数
水利局牵头的项目有几个 → 投资最大的是哪个 → 能源局的这两个数呢 | 这两个数
技术市场成交额2020年、2024年各是多少 → 秸秆综合利用率呢，也是这三年 | 也是这三年
""")


@pytest.mark.parametrize(("turns", "said"), NOT_AGAIN)
def test_a_number_that_was_not_asked_repeats_nothing(assistant: Assistant, turns: str, said: str) -> None:
    *history, question = (turn.strip() for turn in turns.split("→"))
    answer = assistant.ask(question, history)
    assert answer.kind is AnswerKind.REFUSAL and answer.missing == (said,)


AMONG_MENTIONING = lines("""
专家咨询委员会名单上有几位院士 → 其中工程院的是哪一位 | 提到“院士”、“工程院”的专家有哪些
哪些专家是院士 → 其中北京大学的是谁 | 提到“院士”、“北京大学”的专家有哪些
专家名单里有几位院士 → 其中有几位是中国科学院的 | 提到“院士”、“中国科学院”的专家有几个
建设内容提到光伏的项目有哪些 → 其中提到储能的是哪个 | 提到“光伏”、“储能”的项目有哪些
""")


@pytest.mark.parametrize(("turns", "alone"), AMONG_MENTIONING)
def test_of_rows_found_by_words_those_that_mention_more_are_asked(assistant: Assistant, turns: str, alone: str) -> None:
    assert understood(assistant, turns) == alone


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("其中能源局牵头的是哪几个", "“牵头责任单位”含能源局的项目中，提到“光伏”的项目共2个"),
        ("能源局牵头的有几个", "“牵头责任单位”含能源局的项目中，提到“光伏”的项目共2个"),
        ("其中科技局牵头的是哪个", "“牵头责任单位”含科技局的项目中，提到“光伏”的项目共1个"),
        ("其中水利局牵头的有哪些", "没有提到“光伏”的项目"),
    ],
)
def test_of_rows_found_by_words_those_of_an_agency_are_told(assistant: Assistant, question: str, told: str) -> None:
    assert told in assistant.ask(question, ["哪些项目涉及光伏"]).answer.split("\n")[0]


def test_rows_found_by_words_are_not_left_for_all_rows(assistant: Assistant) -> None:
    answer = assistant.ask("其中投资超过100亿元的有几个", ["哪些项目涉及光伏"])
    assert answer.kind is AnswerKind.REFUSAL
