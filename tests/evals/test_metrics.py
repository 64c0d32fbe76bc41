"""Each measure is what its formula says, and a number on empty input too."""

from decimal import Decimal

import pytest

from corpus.models import Span
from evals.cases import Value
from evals.metrics.answer_accuracy import answer_accuracy
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.folding import fold, name_key
from evals.metrics.latency import percentile
from evals.metrics.list_scores import list_scores, names_in_table, names_in_text, states_count
from evals.metrics.number_exactness import number_scores, states_number
from evals.metrics.recall_at_k import recall_at_k
from evals.metrics.refusal_scores import refusal_scores
from evals.metrics.robustness import robustness
from evals.metrics.stage_scores import stage_scores
from evals.metrics.verbatim_rate import verbatim_rate
from evals.places import Cited, Place

TEXT = "牵头责任单位：水利局。"
GOLD = Place("d", (Span(7, 10),))
HIT, MISS = Cited("d", Span(7, 10), "水利局"), Cited("d", Span(0, 2), "牵头")


@pytest.mark.parametrize(
    ("answer", "number", "unit"),
    [
        ("计划投资6.59亿元。", "6.59", "亿元"),
        ("计划投资 ６.５９ 亿元", "6.59", "亿元"),
        ("计划投资6.590亿元", "6.59", "亿元"),
        ("即65900万元", "6.59", "亿元"),
        ("收入50,306元", "50306", "元"),
        ("收入５０，３０６元", "50306", "元"),
        ("2022-2024，368亿元", "368", "亿元"),
        ("比重为85％以上", "85", "%"),
        ("共九个项目", "9", "个"),
        ("共有十二项", "12", "项"),
        ("两个", "2", "个"),
        ("目标 **92** %。[1]", "92", "%"),
        ("系数0.59", "0.59", ""),
        ("净利润是-8,548.2。[1]", "-8548.2", ""),
        ("增长－3.5%", "-3.5", "%"),
        ("造林3.4万亩", "3.4", "万亩"),
    ],
)
def test_a_figure_counts_however_it_is_typeset(answer, number, unit):
    assert states_number(answer, Decimal(number), unit)


@pytest.mark.parametrize(
    ("answer", "number", "unit"),
    [
        ("计划投资6.59万元", "6.59", "亿元"),
        ("计划投资16.59亿元", "6.59", "亿元"),
        ("计划投资6.591亿元", "6.59", "亿元"),
        ("2023年", "3", ""),
        ("2020-2024年", "-2024", "年"),
        ("增长3.5%", "-3.5", "%"),
        ("见[3]", "3", ""),
        ("共二十九个", "9", "个"),
        ("", "9", "个"),
    ],
)
def test_another_figure_does_not_count(answer, number, unit):
    assert not states_number(answer, Decimal(number), unit)


def test_number_exactness_is_the_share_of_stated_figures():
    values = (Value(number="1.5", unit="吨标煤"), Value(number=("1.82", "1.8"), unit="吨标煤"))
    assert number_scores("降到1.5吨标煤", values).exact == 0.5
    assert number_scores("1.5吨标煤；1.82吨标煤/万元", values).exact == 1.0


def test_folding_ignores_width_marks_blanks_and_quotes():
    assert fold("“光伏＋生态治理”\n项目[12]") == "光伏+生态治理项目"
    assert fold("2022—2024") == fold("2022-2024")
    assert name_key("植被覆盖度（%）") == name_key("植被覆盖度")
    assert name_key("（一）") == "(一)"


def test_list_scores_are_set_overlap():
    scores = list_scores(["甲", "乙", "丁"], ["甲", "乙", "丙", "戊"])
    assert (scores.precision, scores.recall, scores.exact) == (2 / 3, 0.5, False)
    assert (scores.missed, scores.extra) == (("丙", "戊"), ("丁",))
    assert list_scores([], []).exact
    assert list_scores([], ["甲"]).precision == 0.0


def test_names_are_read_from_the_column_that_holds_them():
    rows = [["1", "甲项目", "水利局"], ["2", "乙项目", "水利局"]]
    assert names_in_table(rows, ["甲项目", "丙项目"]) == ("甲项目", "乙项目")
    assert names_in_table(rows, ["无"]) == ()
    assert names_in_table([], ["甲项目"]) == ()


def test_a_longer_name_hides_the_shorter_one_inside_it():
    assert names_in_text("包括攻关工程项目。", ["攻关工程", "攻关工程项目"]) == ("攻关工程项目",)


def test_a_stated_count_needs_a_counter():
    assert states_count("共9项", 9)
    assert not states_count("2029年", 9)


def test_citations_are_judged_by_overlap_of_spans():
    assert citation_precision([HIT, MISS], [GOLD]) == 0.5
    assert citation_precision([], [GOLD]) == 0.0
    assert citation_recall([HIT], [GOLD, Place("d", (Span(0, 1),))]) == 0.5
    assert citation_recall([HIT], [GOLD, Place("d", (Span(0, 1),))], "any") == 1.0
    assert citation_recall([Cited("other", HIT.span, HIT.quote)], [GOLD]) == 0.0
    assert citation_recall([], [GOLD], "any") == 0.0


def test_a_quote_is_verbatim_only_at_its_own_offsets():
    wrong = [
        Cited("d", Span(6, 9), "水利局"),
        Cited("x", Span(7, 10), "水利局"),
        Cited("d", Span(3, 3), ""),
        Cited("d", Span(7, 99), "水利局。"),
    ]
    assert verbatim_rate([HIT], {"d": TEXT}) == 1.0
    assert verbatim_rate(wrong, {"d": TEXT}) == 0.0


def test_refusals_are_scored_both_ways():
    scores = refusal_scores([True, True, True, False, False], [True, True, False, True, False])
    assert (scores.precision, scores.recall) == (2 / 3, 2 / 3)
    assert (scores.false_answers, scores.false_refusals) == (1, 1)


def test_a_percentile_is_one_of_the_measured_times():
    assert [percentile([5.0, 100.0, 7.0], rank) for rank in (0, 50, 95, 100)] == [5.0, 7.0, 100.0, 100.0]


def test_nothing_measured_gives_a_number():
    assert answer_accuracy([]) == 0.0
    assert percentile([], 95) == 0.0
    assert citation_precision([], []) == citation_recall([], []) == verbatim_rate([], {}) == 1.0
    assert recall_at_k((), (), 10) == 0.0


def test_a_share_of_nothing_is_none_and_no_number():
    empty, alone = refusal_scores([], []), robustness([[("a", True)]])
    assert (empty.precision, empty.recall, empty.false_answers) == (None, None, 0)
    assert (alone.consistency, alone.worst_case) == (None, None)
    assert number_scores("6.59亿元", ()) is None
    assert stage_scores(("理解",), [])[0].rate is None


@pytest.mark.parametrize(
    ("answer", "value", "unit", "scale"),
    [
        ("6.59亿元", 1, 1, 1),
        ("65900万元", 1, 1, 1),
        ("6.59", 1, 0, 0),
        ("6.59亿", 1, 0, 1),
        ("6.59万元", 1, 1, 0),
        ("6.59元", 1, 1, 0),
        ("6.58亿元", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_value_unit_and_scale_of_a_figure_are_told_apart(answer, value, unit, scale):
    scores = number_scores(answer, (Value(number="6.59", unit="亿元"),))
    assert (scores.value, scores.unit, scores.scale) == (value, unit, scale)
    assert scores.exact == (value and unit and scale)


def test_robustness_compares_the_wordings_of_one_question():
    same_thrice = [("a", True)] * 3
    one_differs = [("b", True), ("b", True), ("c", False)]
    found = robustness([same_thrice, one_differs])
    assert (found.same, found.pairs, found.right_throughout, found.groups) == (4, 6, 1, 2)


def test_a_question_is_lost_at_the_first_stage_that_failed_unless_its_answer_is_right():
    rows = [
        {"选表": False, "引用": False, "作答": False},
        {"引用": False, "作答": False},
        {"选表": False, "引用": True, "作答": True},
    ]
    table, citation, answer = stage_scores(("选表", "引用", "作答"), rows)
    assert (table.asked, table.right, table.lost_first) == (2, 0, 1)
    assert (citation.asked, citation.right, citation.lost_first) == (3, 1, 1)
    assert (answer.asked, answer.right, answer.lost_first) == (3, 1, 0)
