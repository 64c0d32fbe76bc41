"""Answers written by hand that a hurried reader would take for right are judged wrong, each for its own reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.engine import Assistant
from corpus.models import ParsedDocument
from evals.cases import Case, Value
from evals.gold import find_gold
from evals.judge import Verdict, judge
from evals.measures import MEASURES
from evals.metrics.list_scores import states_count, unknown_items
from evals.metrics.number_exactness import number_scores, states_value
from evals.metrics.own_words import own_words
from evals.metrics.stated_phrase import states_phrase

Row = dict[str, Any]
Judged = Callable[..., Verdict]
HEALTH = ("每千常住人口执业（助理）医师数", "每千人医疗机构床位数", "人均预期寿命")
LISTED = f"市卫健委负责的指标共3项：{'、'.join(HEALTH)}。"


@pytest.fixture(scope="module")
def judged(documents: tuple[ParsedDocument, ...], all_cases: tuple[Case, ...]) -> Judged:
    """What judges a hand-written answer to a case; without citations given, it cites the gold places."""
    by_id = {case.id: case for case in all_cases}
    texts = {document.info.id: document.text for document in documents}

    def say(name: str, answer: str, kind: str = "lookup", **row: Any) -> Verdict:
        gold = find_gold(by_id[name], documents)
        spans = [(place.document_id, place.spans[0]) for place in gold.places]
        cited = [
            {"document_id": document, "start": span.start, "end": span.end, "quote": span.of(texts[document])}
            for document, span in spans
        ]
        return judge(gold, {"kind": kind, "answer": answer, "citations": cited, **row}, texts)

    return say


def table(*names: str) -> Row:
    return {"columns": ["指标"], "rows": [[name] for name in names]}


RIGHT = [
    ("attr-02", "牵头责任单位是林草局。[1]", {}),
    ("attr-02", "由市林草局牵头。", {}),
    ("ind-01", "2020年为0.81%。[1]", {}),
    ("ind-12", "2024年为76.8，2020年为76.21。", {}),
    ("text-07", "秸秆综合利用率达到87%以上[1]", {"kind": "passage"}),
    ("list-12", LISTED, {}),
    ("list-12", "共3项。", {"table": table(*HEALTH)}),
    ("ua-attribute-1", "文件没有提到“科室”，无法据此回答。", {"kind": "refusal", "missing": ["科室"]}),
]


@pytest.mark.parametrize(("name", "answer", "row"), RIGHT)
def test_a_right_answer_has_no_problem(judged: Judged, name: str, answer: str, row: Row) -> None:
    verdict = judged(name, answer, **row)
    assert (verdict.answer_problems, verdict.citation_problems) == ((), ())


WRONG = [
    ("attr-02", "牵头责任单位是林草局或水利局。", {}, "没有说定（“或”）"),
    ("attr-02", "牵头责任单位可能是林草局。", {}, "没有说定（“可能”）"),
    ("attr-02", "牵头责任单位是林草局、水利局。", {}, "首句多说了“水利局”"),
    ("attr-02", "牵头责任单位是水利局，不是林草局。", {}, "缺少“林草局”"),
    ("attr-02", "牵头责任单位是水利局。\n\n原文：“林草局”[1]", {}, "缺少“林草局”"),
    ("attr-02", "没有找到。\n\n依据：附件5 项目表 第8行 “林草局”。", {}, "缺少“林草局”"),
    ("attr-02", "林草局。", {"kind": "refusal"}, "类型是拒答"),
    ("ind-01", "2020年为0.81亿元。", {}, "缺少数值“0.81”%"),
    ("ind-01", "2020年为0.81个百分点。", {}, "缺少数值“0.81”%"),
    ("ind-01", "2020年为10.81%。", {}, "缺少数值“0.81”%"),
    ("ind-01", "2020年为-0.81%。", {}, "缺少数值“0.81”%"),
    ("ind-01", "2020年为0.5-0.81%。", {}, "缺少数值“0.81”%"),
    ("ind-01", "2020年为0.81%和0.95%。", {}, "“0.95%”没有出处"),
    ("ind-12", "2024年为76.21，2020年为76.8。", {}, "“2024年”后面是别栏的数“76.21”"),
    ("agg-25", "相差36271万元。", {}, "缺少数值“36271”元"),
    ("list-12", LISTED.replace("。", "、城镇登记失业率。"), {}, "多列“城镇登记失业率”"),
    ("list-12", LISTED.replace("。", "和人均预期寿命的增长。"), {}, "多列"),
    ("list-12", LISTED, {"table": table(*HEALTH, "别的指标")}, "多列“别的指标”"),
    ("list-12", LISTED.replace("。", "、从未有过的指标。"), {"table": table(*HEALTH)}, "多列“从未有过的指标”"),
    ("list-12", LISTED, {"table": table(*HEALTH[:2])}, "漏列"),
    ("list-12", LISTED.replace("共3项", "共4项，其中3项"), {}, "没有说明共 3 项"),
    ("attr-02", "项目表共39个项目。\n\n草原生态修复治理项目（林草局）等。", {}, "第一段没有直接作答"),
    ("ua-attribute-1", "由造林科承办。", {"kind": "refusal", "missing": ["科室"]}, "没有说明无法回答"),
    (
        "ua-attribute-1",
        "文件没有提到“科室”，无法据此回答。由造林科承办。",
        {"kind": "refusal", "missing": ["科室"]},
        "没有出处的话：“由造林科承办。”",
    ),
    ("ua-attribute-1", "由造林科承办。", {"kind": "lookup", "missing": ["科室"]}, "应为拒答"),
    ("ua-attribute-1", "文件没有提到。", {"kind": "refusal", "missing": []}, "missing 未指明“科室”"),
    ("attr-01", "水利局。各处说法不一致。", {}, "误报不一致"),
]


@pytest.mark.parametrize(("name", "answer", "row", "problem"), WRONG)
def test_a_wrong_answer_is_named_by_what_is_wrong_with_it(
    judged: Judged, name: str, answer: str, row: Row, problem: str
) -> None:
    assert problem in "；".join(judged(name, answer, **row).answer_problems)


def cited(document: ParsedDocument, start: int, end: int, quote: str | None = None) -> list[Row]:
    said = document.text[start:end] if quote is None else quote
    return [{"document_id": document.info.id, "start": start, "end": end, "quote": said}]


def cell(document: ParsedDocument, row: int) -> tuple[int, int]:
    """Return where the lead agency of a row of 项目表 stands."""
    found = next(table for table in document.tables if table.name == "项目表")
    number = next(column.number for column in found.columns if column.name == "牵头责任单位")
    (span,) = [one.span for one in found.data_rows[row - 1].cells if one.column == number]
    return span.start, span.end


def test_the_same_word_of_another_row_is_no_evidence(judged: Judged, documents: tuple[ParsedDocument, ...]) -> None:
    document = documents[0]
    start, end = cell(document, 8)
    other = next(row for row in range(9, 40) if document.text[slice(*cell(document, row))] == "林草局")
    assert judged("attr-02", "林草局。", citations=cited(document, start, end)).citations_right
    wrong = judged("attr-02", "林草局。", citations=cited(document, *cell(document, other)))
    assert wrong.answer_right
    assert "未引用项目表第8行牵头责任单位" in wrong.citation_problems
    misquoted = judged("attr-02", "林草局。", citations=cited(document, *cell(document, 3), quote="林草局"))
    assert any("引文不是原文" in problem for problem in misquoted.citation_problems)


@pytest.mark.parametrize("part", ["whole document", "one character", "edge"])
def test_a_citation_that_shows_too_much_or_too_little_shows_nothing(
    judged: Judged, documents: tuple[ParsedDocument, ...], part: str
) -> None:
    document = documents[0]
    start, end = cell(document, 8)
    places = {
        "whole document": (0, len(document.text)),
        "one character": (start, start + 1),
        "edge": (end - 1, end + 9),
    }
    verdict = judged("attr-02", "林草局。", citations=cited(document, *places[part]))
    assert not verdict.citations_right
    assert verdict.citation_precision == verdict.citation_recall == 0.0


def test_a_mark_that_leads_to_no_citation_is_a_fault(judged: Judged) -> None:
    assert "标记[7]没有引文" in judged("attr-02", "林草局。[1][7]").citation_problems


def test_pasting_the_document_answers_nothing(judged: Judged, documents: tuple[ParsedDocument, ...]) -> None:
    assert "缺少“林草局”" in judged("attr-02", documents[0].text, "passage").answer_problems


def test_more_than_was_asked_for_behind_the_answer_is_no_fault(judged: Judged) -> None:
    assert judged("attr-02", "牵头责任单位是林草局。\n\n" + "另有说明。" * 1000).answer_right


@pytest.mark.parametrize(
    ("text", "phrase", "stated"),
    [
        ("共3处", "3处", True),
        ("共13处", "3处", False),
        ("1.82吨", "1.8", False),
        ("1.8吨", "1.8", True),
        ("11.8吨", "1.8", False),
        ("十三处", "三处", False),
        ("第三条", "三条", True),
        ("不是水利局，是财政局", "水利局", False),
        ("是财政局，不是别的局", "财政局", True),
        ("不是 “水利局”", "水利局", False),
        ("不是水利局；确是水利局", "水利局", True),
    ],
)
def test_a_phrase_is_stated_whole_and_not_denied(text: str, phrase: str, stated: bool) -> None:
    assert states_phrase(text, phrase) is stated


@pytest.mark.parametrize(
    ("answer", "number", "unit", "stated"),
    [
        ("提高5个百分点", "5", "个", False),
        ("用了9个月", "9", "个", False),
        ("1.5吨标煤", "1.5", "吨", False),
        ("1.5吨标煤", "1.5", "吨标煤", True),
        ("接待8万人次", "8", "万人", False),
        ("7-8.9亿元", "8.9", "亿元", False),
        ("7亿～8.9亿元", "8.9", "亿元", False),
        ("2023-2025年", "2025", "年", True),
        ("达到-3.5%", "3.5", "%", False),
        ("项目-3.5亿元", "3.5", "亿元", True),
    ],
)
def test_a_figure_of_another_unit_range_or_sign_is_another_figure(
    answer: str, number: str, unit: str, stated: bool
) -> None:
    value = Value(number=number, unit=unit)
    assert states_value(answer, value) is stated
    scores = number_scores(answer, [value])
    assert scores is not None
    assert scores.exact == float(stated)


def test_a_total_is_what_is_said_first_to_be_one() -> None:
    assert states_count("共9项，其中3项在建", 9)
    assert not states_count("共9项，其中3项在建", 3)
    assert states_count("最大的3个是", 3)


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("共2个：甲项目[1]、乙项目（二期）[2]。", ()),
        ("共2个：甲项目（406亿元）；乙项目（368亿元）。", ()),
        ("共3个：甲项目、丙项目和乙项目。", ("丙项目",)),
        ("丙项目：另有说明。", ()),
        ("甲项目、丙项目。", ()),
    ],
)
def test_what_is_listed_and_not_known_is_noticed(line: str, unknown: Sequence[str]) -> None:
    assert unknown_items(line, ("甲项目", "乙项目（二期）")) == tuple(unknown)


def test_the_real_assistant_marks_its_sources_as_such(assistant: Assistant, all_cases: tuple[Case, ...]) -> None:
    """Else the quoted original below an answer would be taken for what it says."""
    texts = [case for case in all_cases if case.category == "text" and not case.history][:40]
    rows = [assistant.ask(case.question).to_dict() for case in texts]
    longer = [row for row in rows if row["kind"] == "passage" and row["answer"].count("\n\n") > 1]
    assert len(longer) > 5
    for row in longer:
        assert row["citations"][0]["quote"] not in own_words(row["answer"]).replace("”", "").split("\n\n", 1)[-1]
        assert "依据：" not in own_words(row["answer"])


def test_each_new_fault_lowers_a_measure(judged: Judged) -> None:
    listed = judged("list-12", LISTED.replace("。", "、从未有过的指标。"), table=table(*HEALTH))
    values = {measure.key: measure.value(listed) for measure in MEASURES}
    assert values["list_precision"] == 0.75
    assert values["list_recall"] == 1.0
