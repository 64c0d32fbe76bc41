"""A report with growth beside its figures, estates with the years of their building, tasks: asked as people do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond.expected import missing_of_kind
from assistant.respond.passage import with_signs
from assistant.understand.range_rows import range_of
from assistant.understand.support import Support
from assistant.understand.this_year import naming_years
from corpus.models import Span
from corpus.parse import parse_corpus
from tests.assistant.conftest import OpenPapers

SAMPLES = Path(__file__).parent.parent / "samples" / "targets"


@pytest.fixture(scope="module")
def office(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES)


def _head(office: Assistant, question: str, *history: str) -> str:
    return office.ask(question, list(history)).answer.split("原文：")[0].split("依据：")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2024年农村居民人均可支配收入多少", "2024年实绩为22875元"),
        ("2024年农村居民人均可支配收入增长了多少", "2024年增速是6.9%"),
        ("2025年地区生产总值计划增长多少", "2025年计划增速是6.0%"),
        ("2024年进出口总额增速", "2024年增速是-1.8%"),
        ("2024年农村居民人均可支配收入多少，增长了多少", "2024年实绩：22875元；2024年增速：6.9%"),
        ("地区生产总值增长多少", "2024年增速：5.8%；2025年计划增速：6.0%"),
    ],
)
def test_a_column_of_growth_says_what_a_row_grew_by(office: Assistant, question: str, said: str) -> None:
    assert said in _head(office, question)


def test_growth_between_two_named_years_is_computed(office: Assistant) -> None:
    assert "增加11.2亿元" in _head(office, "地区生产总值2025年目标比2024年增加多少")


def test_by_how_many_of_a_unit_something_grew_is_no_rate(office: Assistant) -> None:
    assert "5.8%" not in _head(office, "2024年地区生产总值增加多少亿元")


def test_negative_growth_is_growth_below_nought(office: Assistant) -> None:
    assert "共2项：进出口总额[1]、实际使用外资[2]" in _head(office, "哪些指标2024年是负增长")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("1990年以前建成的小区有哪些", "“建成年份”早于1990年的小区共2个：粮站家属院[1]、农机厂小区[2]"),
        ("建成最早的小区是哪个", "农机厂小区（1985）"),
        ("农机厂小区是哪年建成的", "建成年份是1985"),
        ("农机厂小区什么时候开工", "开工时间是2025年4月"),
        ("最早开工的小区有哪些", "“开工时间”为2025年3月的小区共2个"),
    ],
)
def test_a_time_is_that_of_the_column_that_its_event_heads(office: Assistant, question: str, said: str) -> None:
    assert said in _head(office, question)


@pytest.mark.parametrize("question", ["组织实施了几大工程", "三大工程分别是什么", "实施几大工程，分别叫什么"])
def test_a_set_that_the_text_counts_is_told_with_its_number_and_items(office: Assistant, question: str) -> None:
    assert "“三大工程”共3项：强链补链、节水增效、城乡提质" in _head(office, question)


def test_a_set_may_stand_behind_its_count(office: Assistant) -> None:
    assert "“四大举措”共4项：以工代赈、技能培训、岗位补贴、创业扶持" in _head(office, "推出了哪几大举措")


@pytest.mark.parametrize(
    "question",
    [
        "青石市的三大工程是什么",
        "三大工程由谁牵头",
        "三大工程总投资多少",
        "四大工程是什么",
        "五大计划有哪些",
        "五大计划有哪些",
    ],
)
def test_a_set_is_not_told_for_another_or_where_more_is_asked(office: Assistant, question: str) -> None:
    assert "项：" not in office.ask(question).answer.split("\n")[0]


@pytest.mark.parametrize("question", ["意外保险每人最低补贴多少", "为参训人员购买意外保险至少补贴多少"])
def test_the_most_is_not_told_for_the_least(office: Assistant, question: str) -> None:
    assert office.ask(question).kind is AnswerKind.REFUSAL


def test_the_most_is_told_for_the_most(office: Assistant) -> None:
    assert "120元" in _head(office, "意外保险每人最高补贴多少")


def test_what_a_sum_is_used_for_has_no_figure_of_its_own(office: Assistant) -> None:
    assert office.ask("县级专项资金用于人才引进的是多少").kind is AnswerKind.REFUSAL


def test_a_rule_is_told_with_what_the_next_sentence_excepts(office: Assistant) -> None:
    assert "但因企业关闭中断培训的，可以再申领一次" in _head(office, "享受过技能补贴的人员还能再次申领吗")


def test_brackets_within_a_word_part_nothing(office: Assistant) -> None:
    assert "2025年3月20日前" in _head(office, "各县区什么时候前制定实施细则报备案")


def test_a_name_with_another_number_is_another_name(office: Assistant) -> None:
    assert "第二小学" in office.ask("明湖第二小学周边的小区优先改造吗").missing


def test_a_second_thing_asked_is_told_of_the_sentence_that_answers_the_first(assistant: Assistant) -> None:
    said = _head(assistant, "多大规模以下的煤矿要引导退出，打算用几年完成？")

    assert "60万吨/年以下[1]；力争利用3年时间[1]" in said


def test_a_section_of_an_office_leads_as_an_office_does(office: Assistant) -> None:
    assert "牵头单位是医政科" in _head(office, "检查结果互认由哪个科室牵头")


def test_a_row_is_followed_by_the_one_beside_it_that_is_called_so(office: Assistant) -> None:
    assert "24477元" in _head(office, "农村居民呢", "城镇居民人均可支配收入2025年目标是多少")


def test_a_title_of_several_years_says_nothing_of_which_is_this_one() -> None:
    documents = parse_corpus(SAMPLES)

    assert naming_years("今年改造几个小区", documents) == ("2025年改造几个小区", ("2025年",))
    assert naming_years("今年改造几个小区", [one for one in documents if "三年" in one.info.title])[1] == ()


def test_a_year_of_completion_is_no_year_of_building(office: Assistant) -> None:
    assert "共4个" in _head(office, "2025年竣工的小区有几个")


def test_what_is_borne_by_whom_is_asked_of_what_was_spoken_of(office: Assistant) -> None:
    asked = office.ask("个人出多少", ["意外保险最高补贴多少"])

    assert "意外保险" in asked.standalone


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("投资50亿以上的项目占全部项目的几成", "共8个，占全部39个的20.51%"),
        ("投资50亿以上的项目占全部项目总投资的几成", "占全部2048.463亿元的90.17%"),
        ("投资最大的五个项目占全部项目的比例", "占全部2048.463亿元的75.71%"),
    ],
)
def test_a_share_of_rows_is_one_of_their_number(assistant: Assistant, question: str, said: str) -> None:
    assert said in _head(assistant, question)


def test_the_rows_of_another_table_are_no_row_whose_name_begins_so(assistant: Assistant) -> None:
    assert "治理率”的责任单位" not in assistant.ask("库布齐沙漠治理的项目由谁牵头").answer
    assert "治理率”的责任单位" in assistant.ask("库布齐沙漠治理率由谁负责").answer


def test_whole_measures_are_told(assistant: Assistant) -> None:
    assert "全面推广循环用水技术工艺。[1]" in _head(assistant, "对高耗水服务业有什么管控办法")


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("罚款最低多少", "处20万元以下罚款。", ["最低多少"]),
        ("罚款最高多少", "处5万元以上20万元以下罚款。", []),
        ("最低补多少", "年满60周岁的最高补助300元。", ["最低补多少"]),
        ("最高补多少", "每人最高补助300元。", []),
        ("用于设备的是多少", "主要用于设备购置，2024年安排道路300万元。", ["用于设备的是多少"]),
        ("用于设备的是多少", "其中设备购置80万元。", []),
        ("收费多少钱", "均不收取任何费用。", []),
        ("午餐补助多少钱", "提供免费午餐。", ["多少钱"]),
    ],
)
def test_ends_uses_and_prices_need_what_they_ask_for(question: str, said: str, missing: list[str]) -> None:
    found = missing_of_kind(question, said, lambda unit: (unit,))

    assert [span.of(question) for span in found if span.of(question) in {"最低多少", *missing}] == missing


@pytest.mark.parametrize(("word", "said"), [("没收", "未收到申请"), ("没有", "未来五年"), ("十三级", "ⅲ级响应")])
def test_not_yet_and_grades_are_whole_words(word: str, said: str) -> None:
    assert not Support(()).holds(word, Span(0, len(word)), said)


def test_brackets_and_not_yet_support_a_word() -> None:
    assert Support(()).holds("没完成", Span(0, 3), "两项指标未完成计划")
    assert Support(()).holds("各县区", Span(0, 3), "各县(区)应于3月底前")


def test_a_range_with_two_scales_is_none() -> None:
    assert range_of("5000元以上、不足1万元", "") is None
    assert range_of("1万元以上、不足5万元", "") is not None


@pytest.fixture(scope="module")
def bulletin(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES.parent / "districts")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2024年南屏县社会消费品零售总额同比增长多少", "同比增速是6.9%"),
        ("2024年南屏县地区生产总值增速", "同比增速是4.8%"),
        ("南屏县2024年固定资产投资增速是多少", "固定资产投资增速是-1.7%"),
        ("东屏区和南屏县的社零总额相差多少", "相差215.9亿元"),
    ],
)
def test_a_column_of_growth_is_of_the_column_before_it(bulletin: Assistant, question: str, said: str) -> None:
    assert said in _head(bulletin, question)


def test_differences_in_several_columns_name_them(bulletin: Assistant) -> None:
    said = _head(bulletin, "东屏区和南屏县相差多少")

    assert "地区生产总值：" in said and "社会消费品零售总额：" in said


def test_what_is_told_opens_the_brackets_that_it_closes() -> None:
    text = "由乡镇初审，县（市、区）民政部门应当自收到之日起办结。"

    assert with_signs(text, [Span(text.index("区）"), len(text))]) == (Span(text.index("县（"), len(text)),)


def test_two_acts_may_be_written_apart(bulletin: Assistant) -> None:
    assert "责令退回" in _head(bulletin, "虚报冒领补贴会怎么处理")
