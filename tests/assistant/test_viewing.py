"""A document shown whole loses no character, and every link opens exactly what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.conversations.models import EvidencePlace
from assistant.doors.cards import render_card
from assistant.doors.charts import draw_bars
from assistant.doors.document_pages import list_document
from assistant.doors.panel import quote_with_source
from assistant.doors.templating import render
from assistant.models import Answer, AnswerKind, Calculation, Citation, ResultTable
from assistant.viewing.anchors import document_link, find_clause, place_anchor
from assistant.viewing.card import make_card
from assistant.viewing.evidence_places import evidence_places
from assistant.viewing.figures import column_figures, computed_figures, row_periods, year_figures
from assistant.viewing.outline import Branch, outline
from assistant.viewing.parts import Paragraph, Part, Slice, TablePart, read_parts
from assistant.viewing.result_table import show_rows, shown_table, sort_key
from corpus.models import DocumentInfo, ParsedDocument, Span
from corpus.parse import parse_document


def paragraphs(parts: tuple[Any, ...]) -> Iterator[Paragraph]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield part
        elif isinstance(part, Part):
            yield from paragraphs(part.inside)


def tables(parts: tuple[Any, ...]) -> Iterator[TablePart]:
    for part in parts:
        if isinstance(part, TablePart):
            yield part
        elif isinstance(part, Part):
            yield from tables(part.inside)


def slices(document: ParsedDocument, marked: Span) -> list[Slice]:
    return [one for paragraph in paragraphs(read_parts(document, marked)) for one in paragraph.slices]


def test_every_character_outside_tables_is_shown_once_at_its_offset(plan: ParsedDocument) -> None:
    shown = slices(plan, Span(0, 0))

    for one in shown:
        assert plan.text[one.start : one.start + len(one.text)] == one.text
    covered = [number for one in shown for number in range(one.start, one.start + len(one.text))]
    assert len(covered) == len(set(covered))
    inside = [range(table.span.start, table.span.end) for table in plan.tables]
    left = {
        number
        for number, character in enumerate(plan.text)
        if not character.isspace() and not any(number in span for span in inside)
    }
    assert left <= set(covered)


def test_every_row_of_every_table_is_shown_in_its_place(plan: ParsedDocument) -> None:
    shown = {one.anchor: one.grid for one in tables(read_parts(plan))}

    assert [len(grid.rows) for grid in shown.values()] == [len(table.rows) for table in plan.tables]


def test_what_a_link_quotes_is_marked_exactly(plan: ParsedDocument) -> None:
    start = plan.text.index("新建淤地坝147座")
    span = Span(start, start + len("新建淤地坝147座"))

    marked = [one for one in slices(plan, span) if one.marked]

    assert "".join(one.text for one in marked) == span.of(plan.text)
    assert marked[0].start == span.start


def test_each_clause_is_found_by_its_anchor_and_each_cell_has_one(plan: ParsedDocument) -> None:
    for clause in plan.clauses:
        anchor = clause.id.removeprefix(f"{plan.info.id}/")
        assert find_clause(plan, anchor) is clause
    table = plan.tables[-1]
    row = table.data_rows[2]
    cell = next(one for one in row.cells if one.column == 3)
    assert place_anchor(plan, cell.span) == "t3/3/4"
    assert document_link(plan, cell.span).endswith(f"?at={cell.span.start}-{cell.span.end}#t3/3/4")


def test_the_tree_is_open_down_to_the_clause_of_interest_alone(plan: ParsedDocument) -> None:
    here = find_clause(plan, "a3/b1/n2")

    def opened(branches: tuple[Branch, ...]) -> Iterator[str]:
        for one in branches:
            if one.is_open:
                yield one.anchor
            yield from opened(one.branches)

    assert list(opened(outline(plan, here))) == ["a3", "a3/b1", "a3/b1/n2"]


def test_of_a_thousand_articles_the_tree_shows_those_around_the_cited_one() -> None:
    text = "某办法\n\n" + "\n\n".join(f"第{number}条 本条规定第{number}项事务。" for number in range(1, 1001))
    law = parse_document(DocumentInfo("law", "某办法", "law.txt", ""), text.encode())
    here = next(clause for clause in law.clauses if clause.label == "第500条")

    shown = outline(law, here)

    assert [one.title[:5] for one in shown if one.here] == ["第500条"]
    assert (shown[0].title[:5], shown[-1].title[:5]) == ("第440条", "第560条")


@pytest.fixture
def client(chat_app: FastAPI) -> TestClient:
    return TestClient(chat_app)


def test_a_documents_page_opens_at_the_cell_that_a_link_names(client: TestClient, plan: ParsedDocument) -> None:
    cell = next(one for one in plan.tables[-1].data_rows[2].cells if one.column == 3)

    page = client.get("/" + document_link(plan, cell.span).split("#")[0])

    assert page.status_code == 200
    found = re.search(r'id="t3/3/4"><div>(.*?)</div>', page.text)
    assert found
    assert found[1] == "<mark>水利局</mark>"
    assert page.text.count("<mark") == 1


@pytest.mark.parametrize("at", ["9-3", "0-999999999", "x", "5-5", "-1-3", "1-2-3", "<script>"])
def test_a_link_that_no_longer_fits_opens_the_document_and_says_so(
    client: TestClient, plan: ParsedDocument, at: str
) -> None:
    page = client.get(f"/doc/{plan.info.id}", params={"at": at})

    assert page.status_code == 200
    assert "文件可能已更新" in page.text
    assert "<mark" not in page.text
    assert "<script>" not in page.text


def test_a_document_or_clause_that_is_not_there_is_explained(client: TestClient, plan: ParsedDocument) -> None:
    for path in (
        "/doc/没有",
        "/doc/..%2f..%2fsecret",
        "/part?document=没有&clause=a1",
        f"/part?document={plan.info.id}&clause=z",
    ):
        page = client.get(path)
        assert page.status_code == 404
        assert "不在文件库中" in page.text


def test_a_folded_clause_is_read_alone(client: TestClient, plan: ParsedDocument) -> None:
    page = client.get("/part", params={"document": plan.info.id, "clause": "a1/b1"})

    assert "（一）总体思路" in page.text
    assert "（二）基本原则" not in page.text


def test_the_list_of_documents_says_what_was_read(client: TestClient, plan: ParsedDocument) -> None:
    listed = list_document(plan)
    page = client.get("/documents").text

    assert (listed.clauses, [table.rows for table in listed.tables]) == (73, [36, 10, 39])
    assert "73 条" in page
    assert "征求意见稿" in page
    assert all(warning in page for warning in listed.warnings)


def test_what_a_document_states_differently_is_listed_with_both_places(plan: ParsedDocument, assistant: Any) -> None:
    listed = list_document(plan, assistant.index.findings)

    found = next(one for one in listed.contradictions if "能耗" in one.subject)
    assert [said.split("：")[-1] for said, _ in found.statements] == ["1.5吨标煤", "1.82吨标煤/万元"]
    page = render("documents.html.j2", shown=[listed], unread=(), built="", root="./")
    assert f"文件中的表述不一致（{len(listed.contradictions)}）" in page
    for said, link in found.statements:
        start, end = map(int, re.findall(r"at=(\d+)-(\d+)", link)[0])
        assert said.split("：")[-1].removesuffix("吨标煤/万元") in plan.text[start:end]
        assert link.replace("&", "&amp;") in page


def test_hostile_names_of_a_document_stay_text_on_every_page(plan: ParsedDocument) -> None:
    info = replace(plan.info, title="<script>x</script>", issuer="<img onerror=x>", status='"><b>')
    hostile = replace(plan, info=info)

    pages = [
        render("documents.html.j2", shown=[list_document(hostile)], unread=(), built="", root="./"),
        render("document.html.j2", document=hostile, parts=read_parts(hostile), contents=(), stale="<i>", root="../"),
    ]

    for page in pages:
        assert "<script>x" not in page
        assert "<img" not in page
        assert "<i>" not in page


def test_a_copied_quote_carries_its_title_status_and_address(scripted: Any) -> None:
    citation = scripted.ask("十大孔兑").citations[2]

    copied = quote_with_source(replace(citation, quote="水利\n\t局"))

    assert copied == f"“水利 局”（《{citation.document}》（征求意见稿）三、（一）2.）"


# What cards show beside the text.

PROJECTS = ResultTable(
    ("序号", "项目名称", "建设时间（年）", "2025年前计划投资（亿元）", "占比（%）"),
    (
        ("1", "甲项目", "2022-2024", "1,000.5", "10"),
        ("2", "乙项目", "2023", "2.25", "20"),
        ("3", "丙项目", "2022-2025", "-0.25", "70"),
    ),
)


def answer(expression: str = "", sql: str = "", table: ResultTable | None = None) -> Answer:
    calculation = Calculation(expression, sql) if expression else None
    return Answer("问", "问", AnswerKind.LOOKUP, "答。[1]", table=table, calculation=calculation)


def test_only_amounts_are_summed_and_exactly() -> None:
    table = show_rows(PROJECTS)

    assert [column.total for column in table.columns] == ["", "", "", "1002.5", ""]
    assert [column.title for column in table.columns] == list(PROJECTS.columns)
    assert not show_rows(PROJECTS, summed=False).has_total


def test_rows_beside_those_counted_have_no_total() -> None:
    counted, others = (shown_table(answer(f"共 {number} 个", "SELECT", PROJECTS)) for number in (3, 2))

    assert counted and counted.has_total
    assert others and not others.has_total


@pytest.mark.parametrize(
    ("cell", "key"), [("1,000.5", "1000.5"), ("35.79亿元", "35.79"), ("＞70", "70"), ("2022-2024", "2022"), ("甲", "")]
)
def test_cells_are_sorted_by_their_first_number(cell: str, key: str) -> None:
    assert sort_key(cell) == key


@pytest.mark.parametrize(
    ("expression", "unit", "values"),
    [
        ("甲局：9.67亿元；乙局：1,541.12亿元；丙局：-3亿元", "亿元", ["9.67", "1541.12", "-3"]),
        ("按投资排序：“甲”项目（406亿元）；乙（368亿元）；丙（1亿元）", "亿元", ["406", "368", "1"]),
        ("甲：4.5亿元（占24.33%）；乙：3亿元（占5%）；丙：2亿元（占1%）", "亿元", ["4.5", "3", "2"]),
        ("指标 2020年 = 3.2亿元；指标 2022年 = 5亿元；指标 2024年 = 8亿元", "亿元", ["3.2", "5", "8"]),
    ],
)
def test_numbers_of_one_unit_can_be_compared(expression: str, unit: str, values: list[str]) -> None:
    figures = computed_figures(answer(expression))

    assert figures
    assert figures.unit == unit
    assert [one.value for one in figures.figures] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "甲：1亿元；乙：2亿元",
        "甲：1亿元；乙：2个；丙：3亿元",
        "1 + 2 = 3亿元",
        "甲：1；甲：2；甲：3",
        "甲：一；乙：二；丙：三",
    ],
)
def test_fewer_than_three_or_unlike_numbers_make_no_chart(expression: str) -> None:
    assert computed_figures(answer(expression)) is None


def test_a_column_of_amounts_and_a_column_of_years_make_charts() -> None:
    table = shown_table(answer(table=PROJECTS))

    figures, periods = column_figures(table), row_periods(table)

    assert figures
    assert (figures.name, figures.unit) == ("2025年前计划投资", "亿元")
    assert [one.label for one in figures.figures] == ["甲项目", "乙项目", "丙项目"]
    assert [(one.first, one.last) for one in periods] == [(2022, 2024), (2023, 2023), (2022, 2025)]
    assert column_figures(show_rows(ResultTable(PROJECTS.columns, PROJECTS.rows[:2]))) is None


def test_what_rows_state_for_several_years_is_compared_with_what_has_the_same_unit() -> None:
    columns = ("指标", "2020年", "2024年", "责任单位")
    rows = (
        ("覆盖率（%）", "70.33", "75", "甲"),
        ("成交额（亿元）", "3.2", "8", "乙"),
        ("治理率(%)", "40", "＞50", "丙"),
        ("处置率（%）", "74", "78", "丁"),
        ("产值（亿元）", "100", "120", "戊"),
        ("产量（吨）", "5", "6", "己"),
    )

    charts = year_figures(show_rows(ResultTable(columns, rows)))

    assert [(one.name, one.unit, one.years) for one in charts] == [
        ("2020年与2024年对比", "%", ("2020年", "2024年")),
        ("2020年与2024年对比", "亿元", ("2020年", "2024年")),
    ]
    assert [(one.label, one.year, str(one.value)) for one in charts[0].figures] == [
        ("覆盖率", "2020年", "70.33"),
        ("覆盖率", "2024年", "75"),
        ("处置率", "2020年", "74"),
        ("处置率", "2024年", "78"),
    ]
    assert year_figures(show_rows(ResultTable(columns, rows[:2]))) == ()  # two numbers of a unit are no chart
    assert year_figures(show_rows(ResultTable(columns[:2], tuple(row[:2] for row in rows)))) == ()


def test_the_bars_of_two_years_stand_together_under_one_name() -> None:
    rows = (("覆盖率（%）", "70", "75"), ("处置率（%）", "74", "78"))
    (figures,) = year_figures(show_rows(ResultTable(("指标", "2020年", "2024年"), rows)))

    drawn = draw_bars(figures)

    assert re.findall(r'class="name"[^>]*>([^<]+)<', drawn) == ["覆盖率", "处置率"]
    assert re.findall(r'class="number"[^>]*>([^<]+)<', drawn) == ["70", "75", "74", "78"]
    assert re.findall(r'class="tick"[^>]*>([^<]+)<', drawn) == ["2020年", "2024年"]


def test_changes_are_drawn_by_the_names_of_what_changes() -> None:
    named = computed_figures(answer("甲：1.8 - 0.81 = 0.99亿元；乙：74 - 78 = -4亿元；丙：3 - 1 = 2亿元"))

    assert named
    assert [(one.label, str(one.value)) for one in named.figures] == [("甲", "0.99"), ("乙", "-4"), ("丙", "2")]
    assert computed_figures(answer("1.8 - 0.81 = 0.99；78 - 74 = 4；3 - 1 = 2")) is None


def test_the_parts_of_a_whole_are_known_by_their_query() -> None:
    grouped = computed_figures(answer("甲：1个；乙：2个；丙：3个", "SELECT … GROUP BY x"))

    assert grouped
    assert grouped.partition


def test_a_conflict_is_said_once_in_a_block_of_its_own(scripted: Any, plan: ParsedDocument) -> None:
    lead = scripted.ask("十大孔兑")
    told = "注意：“牵头单位”两处说法不一致：一处为水利局[1]；另一处为市水利局[3]。"
    card = make_card(replace(lead, answer=f"{lead.answer}\n\n{told}"), [plan])

    assert card.text == lead.answer
    assert make_card(replace(lead, answer=told), [plan]).text == told  # never the whole answer


def test_the_places_of_a_refusal_open_as_citations(plan: ParsedDocument, assistant: Any) -> None:
    refused = assistant.ask("绿氢产业项目的施工单位是谁")
    hits = assistant.search(refused.standalone, 20)

    card = make_card(refused, [plan], hits)

    assert card.nearest
    assert [citation.locator for citation in card.nearest] == re.findall(r"^- (.+)$", refused.answer, re.M)[
        : len(card.nearest)
    ]
    for citation in card.nearest:
        assert plan.text[citation.start : citation.end] == citation.quote
        assert f"- {citation.locator}" not in card.text


def test_a_place_that_no_hit_stands_at_opens_by_its_address(plan: ParsedDocument, assistant: Any) -> None:
    hits = assistant.search("绿氢", 1)
    text = "没有找到，无法据此回答。\n\n最接近的条款（仅供查阅，不是答案）：\n- 四、（五）\n- 九、（九）"
    refused = Answer("问", "问", AnswerKind.REFUSAL, text)

    card = make_card(refused, [plan], hits)

    (near,) = card.nearest
    clause = find_clause(plan, place_anchor(plan, Span(near.start, near.end)))
    assert clause and clause.label == "（五）" and near.section[-2].startswith("四、")
    assert "- 四、（五）" not in card.text
    assert "- 九、（九）" in card.text  # what cannot be opened is still said


def test_a_row_and_a_cell_that_no_hit_stands_at_open_by_their_address(plan: ParsedDocument, assistant: Any) -> None:
    hits = assistant.search("绿氢", 1)
    text = (
        "没有找到。\n\n最接近的条款（仅供查阅，不是答案）：\n- 附件5 项目表 第3行 “牵头责任单位”\n- 附件5 项目表 第4行"
    )

    card = make_card(Answer("问", "问", AnswerKind.REFUSAL, text), [plan], hits)

    cell, row = card.nearest
    assert place_anchor(plan, Span(cell.end - 1, cell.end)) == "t3/3/4"
    assert (cell.quote.split()[0], row.quote.split()[0]) == ("3", "4")
    assert "- 附件5" not in card.text


def test_a_place_with_a_title_opens_in_that_document(plan: ParsedDocument) -> None:
    other = parse_document(
        DocumentInfo("other", "另一文件", "other.txt", ""), "一、总则\n\n甲。\n\n二、任务\n\n乙。".encode()
    )
    text = "没有找到。\n\n最接近的条款（仅供查阅，不是答案）：\n- 《另一文件》二、"

    card = make_card(Answer("问", "问", AnswerKind.REFUSAL, text), [plan, other])

    (near,) = card.nearest
    assert (near.document_id, near.locator) == ("other", "二、")
    assert "- 《" not in card.text


def test_a_cited_correction_is_no_refusal_on_the_card(assistant: Any, plan: ParsedDocument) -> None:
    corrected = assistant.ask("绿氢产业项目为什么由水利局牵头")
    refused = assistant.ask("绿氢产业项目的施工单位是谁")

    shown = render_card("", make_card(corrected, [plan]))
    other = render_card("", make_card(refused, [plan]))

    assert corrected.kind is refused.kind is AnswerKind.REFUSAL
    assert "问题中的说法与文件不符" in shown
    assert "文件中没有找到依据" not in shown
    assert "没有找到依据的部分" not in shown
    assert "来源（1）" in shown
    assert "文件中没有找到依据" in other


def test_a_chart_of_what_the_answer_tells_is_open_and_others_unfold() -> None:
    rows = (("甲", "2022-2024", "5.5"), ("乙", "2021-2025", "7"), ("丙", "2023-2024", "1.2"))
    table = ResultTable(("项目", "建设时间", "投资（亿元）"), rows)
    told = Answer("问", "问", AnswerKind.LOOKUP, "甲2022-2024；乙2021-2025；丙2023-2024。", table=table)

    of_time = make_card(told, [])
    of_money = make_card(replace(told, answer="甲5.5亿元、乙7亿元、丙1.2亿元"), [])

    assert (of_time.tells_periods, of_time.tells(of_time.figures[0])) == (True, False)
    assert (of_money.tells_periods, of_money.tells(of_money.figures[0])) == (False, True)
    shown = render_card("", of_time)
    assert (
        shown.index("时间安排（年）")
        < shown.index("<summary>图表</summary>")
        < shown.index("投资（亿元）</figcaption>")
    )


def place_at(plan: ParsedDocument, start: int, end: int, documents: tuple[ParsedDocument, ...]) -> EvidencePlace:
    """Return the place of the citation of those characters of the plan."""
    cited = Citation(1, plan.info.title, plan.info.id, "", (), "地址", plan.text[start:end], start, end)
    (place,) = evidence_places([cited], documents)
    return place


def test_a_repeated_quote_is_told_by_its_occurrence(plan: ParsedDocument) -> None:
    words = "现代能源经济高质量发展提速行动"
    starts = [found.start() for found in re.finditer(words, plan.text)]

    places = [place_at(plan, start, start + len(words), (plan,)) for start in starts]

    assert len(places) > 2
    assert [place.occurrence for place in places] == list(range(len(places)))
    assert all(place.anchor for place in places)


def test_a_cell_is_told_by_table_row_and_column_and_a_whole_row_without_one(plan: ParsedDocument) -> None:
    table = plan.tables[-1]
    row = table.data_rows[2]
    own = [cell.span for cell in row.cells if not cell.carried and cell.span.start < cell.span.end]

    whole = place_at(plan, own[0].start, own[-1].end, (plan,))
    some = place_at(plan, own[0].start, own[2].end, (plan,))

    assert (whole.table, whole.row, whole.column) == (table.name, row.number, "")
    assert (some.row, some.column) == (row.number, table.columns[2].name)


def test_a_place_in_a_document_that_changed_keeps_what_the_citation_says(plan: ParsedDocument) -> None:
    changed = replace(plan, text=f"改{plan.text}")

    for documents in ((), (changed,)):
        place = place_at(plan, 100, 110, documents)
        assert place == EvidencePlace(plan.info.id, 100, 110, "地址", plan.text[100:110])
