"""Groups called by their noun, periods, amounts in cells, figures taken for granted and people: each by its rule."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def rows(cases: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in cases.strip().splitlines()]


def first(answer: str) -> str:
    return answer.partition("\n")[0]


GROUPS = """
能源行动有几个项目 | 属于现代能源经济高质量发展提速行动的项目共8个
荒漠化防治方面一共安排了几个项目 | 属于强化荒漠化防治提质增效行动的项目共11个
能源方面的项目总投资多少 | 1441.63亿元
重点行动一（强化荒漠化防治提质增效行动）下面的项目计划投资合计多少 | 498.463亿元
能源行动（重点行动三）有几个项目 | 属于现代能源经济高质量发展提速行动的项目共8个
高新技术企业培育行动投资多少 | “高新技术企业培育行动项目”的2025年前计划投资是0.2亿元
农牧业方面一共有几个项目 | “项目名称”含农牧业的项目共2个
能源方面有哪些指标 | “指标”含能源的指标共2项
能源的那个行动投资多少 | 1441.63亿元
"""


@pytest.mark.parametrize(("question", "said"), rows(GROUPS))
def test_what_stands_before_the_noun_of_a_group_calls_the_group_that_it_fits(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in first(answer.answer)


@pytest.mark.parametrize("question", ["节水行动有几个项目", "光伏行动有几个项目", "教育行动投资多少"])
def test_a_group_that_there_is_not_is_no_row_whose_name_holds_the_word(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is not AnswerKind.LOOKUP


DIFFERENCES = """
重点行动三比重点行动一多安排了多少资金 | 多943.167亿元
第三个行动比第一个行动多几个项目 | 少3个
能源行动比水资源行动多投多少钱 | 多1409.26亿元
能源局牵头的项目比水利局牵头的多安排了多少投资 | 多1472.47亿元
重点工程1的投资比重点工程2多多少 | 比属于水土流失综合治理工程的项目（44.92亿元）
空气优良天数比例2024年比2020年提高多少 | 提高1个百分点
每千常住人口执业（助理）医师数从多少提高到多少 | 2020年3.09
"""


@pytest.mark.parametrize(("question", "said"), rows(DIFFERENCES))
def test_sums_counts_and_years_that_a_question_sets_against_each_other_are_subtracted(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in first(answer.answer)


def test_how_many_rows_a_table_has_is_no_figure_to_compare(assistant: Assistant) -> None:
    answer = assistant.ask("任务目标里的万元GDP能耗与指标表2024年的数差多少")

    assert "0.32" in first(answer.answer)
    assert "36项" not in answer.answer


SHARES = """
2020年全市研发经费投入占GDP的比重是多少 | 2020年为0.81%
研发经费投入占GDP的比重由谁负责 | 责任单位是市科技局
研发经费投入占GDP的比重2024年比2020年提高多少 | 提高0.99个百分点
"""


@pytest.mark.parametrize(("question", "said"), rows(SHARES))
def test_words_for_amounts_belong_to_the_name_of_a_share(assistant: Assistant, question: str, said: str) -> None:
    assert said in first(assistant.ask(question).answer)


@pytest.mark.parametrize("question", ["研发经费投入2020年是多少", "卫生支出占GDP的比重由谁负责"])
def test_an_amount_is_no_share_and_a_share_of_another_thing_no_row(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is not AnswerKind.LOOKUP


TARGETS = """
万元GDP水耗降到多少 | “万元GDP水耗”2024年为44.07吨/万元
城镇登记失业率要控制在多少以下 | “城镇登记失业率”2024年为<4.5%
城市生活污水集中处理率不低于多少 | 2024年为≥99%
床位数提高到多少 | “每千人医疗机构床位数”2024年为6.8
"""


@pytest.mark.parametrize(("question", "said"), rows(TARGETS))
def test_how_far_a_figure_goes_is_its_target_and_no_difference(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)

    assert said in first(answer.answer)
    assert "比2020年" not in first(answer.answer)


PERIODS = """
建设时间不是2022-2024的有几个 | 不是2022-2024的项目共8个
建设期到2025年结束的项目有几个 | 结束年为2025年的项目共5个
到2025年完工的项目有几个 | 结束年不晚于2025年的项目共37个
建设时间排到2024年以后的有几个项目 | 结束年晚于2024年的项目共7个
建设时间超过2024年的项目有几个 | 结束年晚于2024年的项目共7个
"""


@pytest.mark.parametrize(("question", "said"), rows(PERIODS))
def test_what_lasts_to_a_year_ends_in_it_and_what_is_done_by_a_year_may_end_before(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in first(assistant.ask(question).answer)


AMOUNTS = """
森林抚育多少万亩 | 森林抚育30万亩
新建退水闸几座 | 新建退水闸2座
新建拦沙工程多少座 | 新建拦沙工程共296座，在达拉特旗新建26座
"""


@pytest.mark.parametrize(("question", "said"), rows(AMOUNTS))
def test_the_amount_behind_the_very_words_asked_about_is_told(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)

    assert f"是{said}" in first(answer.answer)
    assert answer.citations[0].locator.endswith("“建设内容”")


def test_a_row_that_states_the_amount_is_told_beside_the_row_that_is_called_so(assistant: Assistant) -> None:
    answer = assistant.ask("新建淤地坝多少座")

    assert "新建淤地坝147座" in first(answer.answer)
    assert "黄河流域淤地坝建设项目" in first(answer.answer)
    assert [c.locator.split()[2] for c in answer.citations[:2]] == ["第3行", "第4行"]


def test_what_is_counted_in_one_unit_is_no_figure_in_another(assistant: Assistant) -> None:
    assert "6.59亿元" not in assistant.ask("2025年新建淤地坝多少座").answer
    assert "6.8" in first(assistant.ask("2024年床位数多少张").answer)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("绿氢产业项目每个旗区各投资多少", "每个旗区"),
        ("农村牧区人居环境整治项目里，改一个厕所每户补多少钱", "每户"),
        ("优质景区提升工程的26亿元里，成陵分到多少", "分到"),
    ],
)
def test_what_each_one_gets_is_not_answered_by_the_whole(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert missing in "".join(answer.missing)


def test_a_rate_of_each_one_is_told_where_the_row_is_called_so(assistant: Assistant) -> None:
    assert "3.6" in first(assistant.ask("2024年每千常住人口执业（助理）医师数是多少").answer)


def test_an_extreme_is_cut_off_from_the_word_behind_it(assistant: Assistant) -> None:
    assert "最高500万元奖补" in first(assistant.ask("规上企业“三清零”行动最高奖补多少钱").answer)


def test_what_a_row_makes_in_a_year_answers_its_output(assistant: Assistant) -> None:
    assert "年产400万吨" in first(assistant.ask("煤制烯烃项目的年产量是多少").answer)


@pytest.mark.parametrize("question", ["新建水库多少座", "飞播造林多少亩", "森林抚育多少公里"])
def test_an_amount_that_no_cell_states_in_that_unit_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


TAKEN = """
既然植被覆盖度要达到80%以上，由谁负责 | 2024年：＞70%；责任单位：市林草局 | 80%以上
全员劳动生产率2024年要达到40万元/人，责任单位是谁 | 2024年：36万元/人 | 40
城镇登记失业率要降到3%以下，由哪个单位负责 | 责任单位：市人社局 | 3%以下
"""


@pytest.mark.parametrize(("question", "said", "denied"), rows(TAKEN))
def test_a_figure_taken_for_granted_that_the_row_has_not_is_set_right(
    assistant: Assistant, question: str, said: str, denied: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert said in answer.answer
    assert f"问题中的“{denied}”与文件不符" in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [("植被覆盖度要达到70%以上，由谁负责", "市林草局"), ("非化石能源消费比重达到15%，由谁负责", "市能源局市发改委")],
)
def test_a_figure_taken_for_granted_that_the_row_states_is_passed_over(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer
    assert "不符" not in answer.answer


@pytest.mark.parametrize("question", ["资金由谁承担", "项目资金由哪个部门承担", "投资归谁管", "牵头部门是谁"])
def test_columns_asked_for_of_no_row_ask_back(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.CLARIFY


PERSONS = """
有几位院士 | 提到“院士”的专家共5位
院士有几位 | 提到“院士”的专家共5位
几名研究员 | 含研究员的专家共3
"""


@pytest.mark.parametrize(("question", "said"), rows(PERSONS))
def test_people_are_counted_by_what_their_rows_say_they_are(assistant: Assistant, question: str, said: str) -> None:
    assert said in first(assistant.ask(question).answer)


@pytest.mark.parametrize("question", ["有几位副市长", "领导小组有几位副组长", "有多少名医生"])
def test_people_of_whom_no_row_says_so_are_not_counted(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is not AnswerKind.LOOKUP


COUNTERS = """
项目表里有几项是能源局牵头的 | 共7项
能源局牵头的项目有几个 | 共7个
水利局牵头的项目有几项 | 共9项
"""


@pytest.mark.parametrize(("question", "said"), rows(COUNTERS))
def test_a_count_echoes_the_word_that_it_is_asked_by(assistant: Assistant, question: str, said: str) -> None:
    assert said in first(assistant.ask(question).answer)


EACH = """
每个局牵头的项目投资各是多少 | 能源局1541.12亿元
有几个局牵头了项目 | 共10个
牵头项目的局有几个 | 共10个
"""


@pytest.mark.parametrize(("question", "said"), rows(EACH))
def test_values_that_a_question_names_twice_are_grouped_by_once_and_counted_where_asked(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in first(answer.answer)


LED = """
2023年完工的项目由谁牵头 | 国家水土保持重点建设项目（牵头责任单位：水利局）
投资超过350亿元的项目由谁牵头 | 华星40亿立方米煤制天然气项目（牵头责任单位：能源局）
"""


@pytest.mark.parametrize(("question", "said"), rows(LED))
def test_rows_that_a_time_or_a_bound_picks_are_told_with_who_leads_them(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in first(assistant.ask(question).answer)


def test_places_asked_for_at_the_end_of_a_clause_are_no_rows_to_choose_among(assistant: Assistant) -> None:
    answer = assistant.ask("文化遗产保护工程项目的建设地点在哪里？投资多少？")

    assert "全市9个旗区" in answer.answer
    assert "6.3亿元" in answer.answer


def test_which_has_more_of_the_rows_that_a_value_picks_is_the_one_with_most(assistant: Assistant) -> None:
    assert "农牧业高效节水建设项目（16.5亿元）" in first(assistant.ask("农牧局牵头的项目哪个投资更大").answer)


def test_what_says_among_which_rows_counts_none(assistant: Assistant) -> None:
    answer = assistant.ask("林草局牵头的几个项目中，投资最高的是哪个？")

    assert "沙漠沙化地综合防治重点项目（一期）（4.95亿元）" in first(answer.answer)
    assert "共4个" not in answer.answer


def test_a_row_contradicts_nothing_where_another_row_of_its_work_agrees_with_the_text(assistant: Assistant) -> None:
    assert "不一致" not in assistant.ask("“光伏+生态治理”项目由谁牵头").answer
    assert "不一致" in assistant.ask("防沙治沙和盐碱化治理工程由谁牵头").answer
    assert "不一致" in assistant.ask("林草固碳能力监测项目谁牵头").answer


def test_who_leads_is_asked_of_a_row_by_words_of_its_name_in_their_order_alone(assistant: Assistant) -> None:
    assert "能源局" in first(assistant.ask("两山光伏由谁牵头").answer)
    assert assistant.ask("安全生产由谁负责").kind is AnswerKind.REFUSAL


def test_how_long_a_work_takes_is_its_period(assistant: Assistant) -> None:
    assert "2022-2024" in first(assistant.ask("绿氢产业项目建设要多长时间").answer)
