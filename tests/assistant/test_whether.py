"""What is asked with 吗 or 是不是 of one cell is answered with 是 or 不是 where the cell decides it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.claimed import find_figure_claim
from assistant.understand.every_row import find_every_row


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines() if line]


# question | how the first line begins
FIGURES = """
文化遗产保护工程项目的2025年前计划投资是不是6.3亿元 | 是。“文化遗产保护工程项目”的2025年前计划投资是6.3亿元。[1]
文化遗产保护工程项目的投资是63000万元吗 | 是。“文化遗产保护工程项目”
文化遗产保护工程项目的投资是16.5亿元吗 | 不是。“文化遗产保护工程项目”的2025年前计划投资是6.3亿元。[1]
文化遗产保护工程项目的投资超过5亿元吗 | 是。
文化遗产保护工程项目的投资在6亿元以下吗 | 不是。
人均预期寿命2024年是80岁吗 | 不是。“人均预期寿命”2024年为76.8
数字经济核心产业增加值占地区生产总值的比重2020年是2.3%吗 | 是。
水利局牵头的项目是不是9个 | 是。
能源局牵头的项目总投资是1541.12亿元吗 | 是。
能源局牵头的项目总投资是500亿元吗 | 不是。
人均预期寿命2024年达到76.8岁了吗 | 是。
水利局牵头的项目有九个吗 | 是。“牵头责任单位”含水利局的项目共9个。
水利局牵头的项目只有三个吗 | 不是。“牵头责任单位”含水利局的项目共9个。
科技局的项目没有超过4亿元的吗 | 有，“牵头责任单位”含科技局、“2025年前计划投资”超过4亿元的项目共1个
市教体局负责的指标一个都没有吗 | 有，
应急管理局管的指标没有一个吗 | 有，“责任单位”含市应急管理局的指标共1项
能源局没有低于50亿元的项目吗 | 有，“牵头责任单位”含能源局、“2025年前计划投资”低于50亿元的项目共1个
乡村振兴局牵头的只有一个项目吗 | “牵头责任单位”含乡村振兴局的项目共1个
十位专家里有五位院士吗 | 是。提到“院士”的专家共5位
名单里有6位院士吗 | 不是。提到“院士”的专家共5位
有三个项目涉及光伏吗 | 是。提到“光伏”的项目共3个
涉及光伏的项目有两个吗 | 不是。提到“光伏”的项目共3个
水利局牵头了九个项目吗 | 是。“牵头责任单位”含水利局的项目共9个。
水利局是不是牵头了八个项目 | 不是。“牵头责任单位”含水利局的项目共9个。
水利局牵头超过五个项目吗 | 是。
水利局和能源局一共牵头16个项目吗 | 是。
指标中带≥的有三个吗 | 不是。提到“≥”的指标共2项
住建局牵头的项目只有一个吗 | 是。“牵头责任单位”含住建局的项目共1个。
文旅局的项目没有一个上10亿的吧 | 有，
水利局牵头的项目有5个吗 | 不是。“牵头责任单位”含水利局的项目共9个。
"""
VALUES = """
绿氢产业项目是不是由能源局牵头 | 是。
绿氢产业项目由水利局牵头吗 | 不是。“绿氢产业项目”的牵头责任单位是能源局。[1]
绿氢产业项目由公安局牵头吗 | 不是。
黄河流域淤地坝建设项目在达拉特旗吗 | 是。
黄河流域淤地坝建设项目在杭锦旗吗 | 不是。
绿氢产业项目在达拉特旗吗 | 是。“绿氢产业项目”的建设地点是全市9个旗区。[1]
农牧业高效节水建设项目的建设地点包括康巴什区吗 | 不是。
黄河流域淤地坝建设项目属于强化荒漠化防治提质增效行动吗 | 是。
黄河流域淤地坝建设项目属于重点行动二吗 | 不是。
人均预期寿命的责任单位包括市卫生健康委吗 | 是。
人均预期寿命属于社会进步吗 | 是。
水土流失综合治理工程由市能源局牵头吗 | 不是。
"""


@pytest.mark.parametrize(
    ("question", "begins"),
    [tuple(p.strip() for p in x.split("|")) for x in (FIGURES + VALUES).strip().splitlines() if x],
)
def test_a_cell_that_decides_is_told_behind_yes_or_no(assistant: Assistant, question: str, begins: str) -> None:
    answer = assistant.ask(question)

    assert answer.answer.startswith(begins)
    assert answer.kind is AnswerKind.LOOKUP
    assert answer.citations


# The period is 2022-2023 of the first, 2022-2024 of the second: question | how the first line begins
PERIODS = """
国家水土保持重点建设项目到2024年能完成吗 | 是。“国家水土保持重点建设项目”的建设时间是2022-2023。[1]
国家水土保持重点建设项目2024年能完成吗 | 是。
国家水土保持重点建设项目是2024年完成吗 | 不是。“国家水土保持重点建设项目”的建设时间是2022-2023。[1]
国家水土保持重点建设项目2022年开工吗 | 是。
绿氢产业项目是2023年开工吗 | 不是。“绿氢产业项目”的建设时间是2022-2024。[1]
绿氢产业项目2023年开工了吗 | “绿氢产业项目”的建设时间是2022-2024。[1]
绿氢产业项目能在2025年完工吗 | 是。
绿氢产业项目2025年前能建成吗 | 是。
绿氢产业项目2023年前能建成吗 | 不是。
绿氢产业项目2024年前能建成吗 | “绿氢产业项目”的建设时间是2022-2024。[1]
绿氢产业项目2023年还在建吗 | 是。
"""


@pytest.mark.parametrize(("question", "begins"), cases(PERIODS))
def test_whether_a_year_is_that_of_a_row_is_told_by_its_period(
    assistant: Assistant, question: str, begins: str
) -> None:
    answer = assistant.ask(question)

    assert answer.answer.startswith(begins)
    assert answer.kind is AnswerKind.LOOKUP
    assert answer.citations and all(citation.quote for citation in answer.citations)


# What a post does not say is neither confirmed nor denied.
POSTS = """
王浩是工程院院士吗 | 是。“王浩”的职务是中国工程院院士
王光谦是工程院院士吗 | “王光谦”的职务是中国科学院院士
杨雷是院士吗 | “杨雷”的职务是北京大学能源研究院副院长
"""


@pytest.mark.parametrize(("question", "begins"), cases(POSTS))
def test_whether_somebody_is_something_is_told_by_the_post(assistant: Assistant, question: str, begins: str) -> None:
    answer = assistant.ask(question)

    assert answer.answer.startswith(begins)
    assert answer.citations


def test_what_a_post_cannot_tell_is_neither_confirmed_nor_denied(assistant: Assistant) -> None:
    assert not assistant.ask("杨雷是男的吗").answer.startswith(("是。", "不是。"))


# question | how the first line begins
MORE_THAN = """
有没有超过100亿元的项目 | 有，“2025年前计划投资”超过100亿元的项目共6个
科技局牵头的项目有没有超过5亿的 | 没有
农业灌溉水有效利用系数2024年超过0.6没有 | 不是。
人均预期寿命2024年能到77岁吗 | 不是。“人均预期寿命”2024年为76.8
"""


@pytest.mark.parametrize(("question", "begins"), cases(MORE_THAN))
def test_whether_something_is_more_is_not_read_as_that_it_is_not(
    assistant: Assistant, question: str, begins: str
) -> None:
    assert assistant.ask(question).answer.startswith(begins)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Eight of nine places are meant, and which is not said.
        ("鄂尔多斯市库布齐-毛乌素沙漠沙化地综合防治重点项目（一期）在东胜区吗", "全市8个旗区"),
        # Text and table differ: neither figure is the right one.
        ("单位GDP能耗2024年是1.5吗", "说法不一致"),
        ("单位GDP能耗2024年是1.82吗", "说法不一致"),
    ],
)
def test_what_is_left_open_is_quoted_without_yes_or_no(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)

    assert said in answer.answer
    assert answer.kind is AnswerKind.LOOKUP
    assert not answer.answer.startswith(("是。", "不是。"))


# question | the figure | its sign | what it is stated of
CLAIMS = """
甲项目的投资是不是16.5亿元？ | 16.5 | = | 甲项目的投资
甲率2024年在95%以上吗 | 95 | >= | 甲率2024年
乙公司的金额有没有超过1,234.5元 | 1234.5 | > | 乙公司的金额
变动比例是-13.9%吗 | -13.9 | = | 变动比例
"""


@pytest.mark.parametrize(("question", "figure", "sign", "of"), cases(CLAIMS))
def test_a_figure_to_confirm_is_read_with_its_sign(question: str, figure: str, sign: str, of: str) -> None:
    claim = find_figure_claim(question)

    assert claim is not None
    assert (claim.quantity.low, claim.sign, claim.of) == (Decimal(figure), sign, of)


@pytest.mark.parametrize(
    "question", ["甲项目2024年完工吗", "甲率到底是85%还是88%吗", "甲率不是80%吗", "甲率2024年是多少", "甲率80%由谁定"]
)
def test_years_choices_and_denials_are_no_figures_to_confirm(question: str) -> None:
    assert find_figure_claim(question) is None


def test_a_figure_of_a_sentence_is_confirmed_or_set_right(assistant: Assistant) -> None:
    wrong = assistant.ask("现代煤化工产能要达到3500万吨吗")
    right = assistant.ask("现代煤化工产能是2500万吨吧")

    assert wrong.kind is AnswerKind.LOOKUP
    assert wrong.answer.startswith("不是。") and "2500万吨" in wrong.answer and wrong.citations
    assert right.answer.startswith("是。") and right.citations


def test_of_two_agencies_one_of_which_does_not_lead_neither_is_confirmed(assistant: Assistant) -> None:
    assert assistant.ask("绿氢产业项目由能源局和水利局牵头吗").answer.startswith("不是。")


def test_about_a_figure_is_neither_confirmed_nor_denied(assistant: Assistant) -> None:
    answer = assistant.ask("绿氢产业项目投资大概是170亿元吗").answer

    assert "170.58亿元" in answer
    assert not answer.startswith(("是。", "不是。"))


COUNTS = re.compile(r"(?:共|有)(\d+)[个项位]")
# question | how the answer begins | what it says besides
EVERY = """
能源局牵头的项目都是2022年开工吗 | 是。“牵头责任单位”含能源局的项目共7个。 | 起始年为2022年的项目有7个
水利局牵头的项目投资都超过1亿吗 | 不是。“牵头责任单位”含水利局的项目共9个。 | 不超过1亿元的项目有1个：晋陕蒙
重点行动三的项目是不是都由能源局牵头 | 不是。 | “牵头责任单位”含能源局的项目有5个
水利局手上的项目到2025年底都能收尾吗 | 不是。“牵头责任单位”含水利局的项目共9个。 | 结束年晚于2025年的项目有2个
是不是所有项目都在2025年前完成 | 不是。项目表的项目共39个。 | 结束年早于2025年的项目有32个
生态环境局牵头的项目都没有超过5亿元吧 | 不是。 | 不超过5亿元的项目有1个：碳排放监测项目
卫健委负责的指标2024年的目标都比2020年高吗 | 是。“责任单位”含市卫健委的指标共3项。 | 5.84 → 6.8，提高0.96）[2]
所有指标2024年的目标值都高于2020年吗 | 不是。指标表的指标共36项。 | 不是这样的有2项：单位国内生产总值能耗
专家咨询委员会的专家都是院士吗 | 不是都写有“院士”。专家名单的专家共10位。 | “职务”不含院士的专家有5位：刘毅[1]
每个项目都有牵头单位吗 | 是。项目表的项目共39个。 | 写明内容的项目有39个
所有指标都有2024年目标值吗 | 不是。 | 没有写明数值的指标有1项：
能源局牵头的项目都在达拉特旗吗 | 不是。 | 煤矿采空区灾害综合治理工程[5]；“建设地点”所写范围包含的有2个
"""


@pytest.mark.parametrize(("question", "begins", "says"), cases(EVERY))
def test_whether_all_rows_are_so_is_told_with_those_that_are_not(
    assistant: Assistant, question: str, begins: str, says: str
) -> None:
    answer = assistant.ask(question)

    assert answer.answer.startswith(begins)
    assert says in answer.answer
    total, *groups = (int(number) for number in COUNTS.findall(answer.answer.split("\n\n")[0]))
    assert total == sum(groups) == len(answer.citations[:total])


def test_rows_that_only_take_a_place_in_are_there_as_a_single_row_is_and_told_apart(assistant: Assistant) -> None:
    answer = assistant.ask("科技局牵头的项目全都在东胜区吗").answer

    assert answer.startswith("是。“牵头责任单位”含科技局的项目共6个。“建设地点”所写范围包含的有6个：")


def test_where_there_is_not_one_that_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("文旅局的项目没有一个超过100亿的吧")

    assert answer.answer.startswith("没有，项目表中没有“牵头责任单位”含文旅局、“2025年前计划投资”超过100亿元的项目")


@pytest.mark.parametrize(
    "question",
    [
        "项目不都在鄂托克旗吧",
        "项目平均投资超过10亿吗",
        "全员劳动生产率2024年超过20万元吗",
        "食品安全项目是水利局牵头吗",
        "都市农业项目是水利局牵头吗",
    ],
)
def test_where_not_every_row_is_asked_about_none_is(assistant: Assistant, question: str) -> None:
    assert find_every_row(assistant.understanding.read(question)) is None


def test_a_cell_that_does_not_decide_it_leaves_open_whether_all_are_so(assistant: Assistant) -> None:
    answer = assistant.ask("市住建局的两个指标2024年都是100%吗").answer

    assert answer.startswith("不能确定是否都是这样。")
    assert "所写不能判断的有1项：城市生活污水集中处理率" in answer


def test_the_statement_shown_for_changes_reads_both_years(assistant: Assistant) -> None:
    calculation = assistant.ask("卫健委负责的指标2024年的目标都比2020年高吗").calculation

    assert calculation is not None
    assert calculation.expression == "3 / 3 项"
    assert "2020" in calculation.sql
    assert "2024" in calculation.sql


def test_of_places_denied_no_row_is_told_twice(assistant: Assistant) -> None:
    answer = assistant.ask("科技局牵头的项目都不在东胜区吗")

    assert answer.answer.startswith("不是。“牵头责任单位”含科技局的项目共6个。")
    assert len(answer.citations) == 6


def test_how_many_of_the_rows_there_are_is_no_number_of_those_found(assistant: Assistant) -> None:
    answer = assistant.ask("水利局的九个项目里在2024年以前完工的有哪些").answer

    assert answer.startswith("“牵头责任单位”含水利局、“建设时间”结束年早于2024年的项目共1个")


def test_what_leaves_places_out_is_not_denied_by_them(assistant: Assistant) -> None:
    assert "与文件不符" not in assistant.ask("光伏+生态治理项目是不是除了伊旗和康巴什都有").answer


def test_what_one_alone_does_is_not_told_of_all_that_it_does(assistant: Assistant) -> None:
    answer = assistant.ask("只由发改委一家负责的有几个", ["市发改委负责的指标有哪些"]).answer

    assert answer.startswith("“责任单位”只有市发改委的指标共2项")


def test_what_is_asked_of_every_row_is_no_claim_about_their_sum(assistant: Assistant) -> None:
    assert find_figure_claim("水利局牵头的项目投资都超过1亿吗") is None
    assert find_figure_claim("水利局牵头的项目投资超过1亿吗") is not None
