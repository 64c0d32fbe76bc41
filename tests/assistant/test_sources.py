"""A citation is shown in its place: the highlighted text is the quote, character for character."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.errors import CitationStale
from assistant.models import Citation
from assistant.respond.sources import LONGEST_CLAUSE, Excerpt, Source, find_source
from corpus.models import ParsedDocument, Row, RowKind, Span, Table


def cite_span(plan: ParsedDocument, span: Span) -> Citation:
    info = plan.info
    return Citation(1, info.title, info.id, info.status, (), "", span.of(plan.text), span.start, span.end)


def project_table(plan: ParsedDocument) -> Table:
    return next(table for table in plan.tables if len(table.data_rows) == 39)


def highlighted(source: Source) -> list[str]:
    if source.passage:
        return [source.passage.quote]
    assert source.grid
    return [cell.content.quote for row in source.grid.rows for cell in row.cells if cell.content.quote]


def cite_text(plan: ParsedDocument, quote: str, after: str) -> Citation:
    start = plan.text.index(quote, plan.text.index(after))
    return cite_span(plan, Span(start, start + len(quote)))


def test_a_sentence_is_highlighted_inside_its_clause(plan: ParsedDocument) -> None:
    citation = cite_text(plan, "新建淤地坝147座", "2.水土流失综合治理工程。")

    source = find_source(citation, [plan])

    assert source.grid is None
    assert source.passage
    assert source.passage.quote == "新建淤地坝147座"
    assert source.passage.before.startswith("2.水土流失综合治理工程。")
    assert source.passage.after.endswith("（牵头部门：市水利局）")
    assert source.passage.text in plan.text


def test_every_clause_of_the_plan_can_be_shown_whole(plan: ParsedDocument) -> None:
    for clause in plan.clauses:
        for piece in clause.own:
            if piece.of(plan.text).strip():
                source = find_source(cite_span(plan, piece), [plan])
                assert "".join(highlighted(source)), clause.id
                if source.passage:
                    assert source.passage.quote == piece.of(plan.text)


def test_a_quote_in_a_long_clause_brings_only_the_text_of_its_own_clause(plan: ParsedDocument) -> None:
    citation = cite_text(plan, "五大行动、24项重点工程", "三、主要任务")

    source = find_source(citation, [plan])

    assert source.passage
    assert source.passage.quote == citation.quote
    assert len(source.passage.text) <= LONGEST_CLAUSE


def test_a_cell_is_highlighted_in_its_row_between_its_neighbours(plan: ParsedDocument) -> None:
    citation = cite_text(plan, "水利局", "黄河内蒙古段十大孔兑综合治理项目")

    source = find_source(citation, [plan], neighbours=2)

    assert source.grid
    assert highlighted(source) == ["水利局"]
    cited = [row for row in source.grid.rows if row.cited]
    assert [row.cells[0].content.text for row in cited] == ["3"]
    shown = [row.cells[0].content.text for row in source.grid.rows if row.kind is RowKind.DATA]
    assert "3" in shown
    assert len(shown) < 39
    assert source.grid.hidden_before + len(shown) + source.grid.hidden_after == 39


def test_the_group_rows_over_a_cited_row_are_shown_even_from_far_above(plan: ParsedDocument) -> None:
    row = project_table(plan).data_rows[5]

    source = find_source(cite_span(plan, row.span), [plan], neighbours=0)

    assert source.grid
    groups = ["".join(cell.content.text for cell in one.cells) for one in source.grid.rows if one.kind is RowKind.GROUP]
    assert len(groups) == len(row.groups)
    assert all(any(group.name in shown for shown in groups) for group in row.groups)


@pytest.mark.parametrize("number", range(39))
def test_each_cell_of_a_cited_row_is_highlighted_verbatim(plan: ParsedDocument, number: int) -> None:
    row: Row = project_table(plan).data_rows[number]

    source = find_source(cite_span(plan, row.span), [plan])

    own = [cell.span.of(plan.text) for cell in row.cells if not cell.carried and cell.text]
    assert highlighted(source) == own


def test_every_cell_of_every_table_can_be_cited_alone(plan: ParsedDocument) -> None:
    cells = [cell for table in plan.tables for row in table.rows for cell in row.cells if cell.text]

    for cell in cells:
        assert "".join(highlighted(find_source(cite_span(plan, cell.span), [plan]))) == cell.span.of(plan.text)


def test_a_citation_of_another_document_or_of_changed_text_is_refused(plan: ParsedDocument) -> None:
    citation = cite_text(plan, "水利局", "黄河内蒙古段十大孔兑综合治理项目")

    for stale in (
        replace(citation, document_id="没有的文件"),
        replace(citation, quote="农牧局"),
        replace(citation, start=-3),
        replace(citation, start=10**9, end=10**9 + 3),
        replace(citation, quote="", end=citation.start),
    ):
        with pytest.raises(CitationStale, match="请重新提问"):
            find_source(stale, [plan])


def test_a_document_without_clauses_is_shown_by_its_lines(plan: ParsedDocument) -> None:
    bare = replace(plan, clauses=(), tables=())
    citation = cite_text(plan, "新建淤地坝147座", "2.水土流失综合治理工程。")

    source = find_source(citation, [bare])

    assert isinstance(source.passage, Excerpt)
    assert source.passage.quote == citation.quote
    assert source.passage.text in plan.text
