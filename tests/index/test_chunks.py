"""Chunks: never across a clause, always verbatim."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.models import ClauseKind, ParsedDocument, RowKind, Span
from index.chunks import PIECE_LENGTH, group_word, make_chunks, split_span, verbalize_row
from index.models import ChunkKind


def test_every_chunk_is_a_verbatim_slice(real_plan: ParsedDocument) -> None:
    chunks = make_chunks([real_plan])
    assert len(chunks) > 100
    assert all(chunk.text == chunk.span.of(real_plan.text) for chunk in chunks)
    assert all(chunk.text.strip() for chunk in chunks)


def test_a_clause_chunk_lies_in_its_own_clause_and_in_no_other(real_plan: ParsedDocument) -> None:
    clauses = {clause.id: clause for clause in real_plan.clauses}
    for chunk in make_chunks([real_plan]):
        if chunk.kind is ChunkKind.CLAUSE:
            clause = clauses[chunk.clause_id]
            assert any(own.covers(chunk.span) for own in clause.own)
            assert chunk.section == clause.path


def test_every_written_character_is_in_a_chunk_a_table_or_a_bare_heading(real_plan: ParsedDocument) -> None:
    covered = [chunk.span for chunk in make_chunks([real_plan])]
    covered += [table.span for table in real_plan.tables]
    parents = {clause.parent for clause in real_plan.clauses} | {table.clause for table in real_plan.tables}
    covered += [
        own for clause in real_plan.clauses if clause.id in parents for own in clause.own if own.end - own.start < 80
    ]
    missed = set(range(len(real_plan.text)))
    for span in covered:
        missed -= set(range(span.start, span.end))
    assert "".join(real_plan.text[at] for at in sorted(missed)).strip() == ""


def test_every_data_row_is_one_chunk_and_totals_are_none(real_plan: ParsedDocument) -> None:
    rows = [chunk for chunk in make_chunks([real_plan]) if chunk.kind is ChunkKind.ROW]
    for table in real_plan.tables:
        numbers = [chunk.row for chunk in rows if chunk.table_id == table.id]
        assert numbers == [row.number for row in table.rows if row.kind is RowKind.DATA]


def test_a_row_is_searched_by_its_column_names_groups_and_units(plan: ParsedDocument) -> None:
    table = plan.tables[0]
    assert verbalize_row(table.columns, table.rows[1]) == (
        "重点工程2：水土流失综合治理工程；序号：2；项目名称：十大孔兑综合治理项目；牵头责任单位：水利局；"
        "建设时间：2022-2030年；2025年前计划投资：35.79亿元"
    )


def test_ids_are_unique_and_stay_when_other_clauses_change(plan: ParsedDocument, notice: ParsedDocument) -> None:
    alone = {chunk.id for chunk in make_chunks([plan])}
    assert len(alone) == len(make_chunks([plan]))
    assert alone < {chunk.id for chunk in make_chunks([notice, plan])}


def test_long_clauses_are_cut_at_sentence_ends(real_plan: ParsedDocument) -> None:
    pieces = [chunk for chunk in make_chunks([real_plan]) if chunk.kind is ChunkKind.CLAUSE]
    by_clause: dict[str, list[str]] = {}
    for piece in pieces:
        by_clause.setdefault(piece.clause_id, []).append(piece.text)
    for texts in by_clause.values():
        assert all(text[-1] in "。；！？”）" or "\n" not in text for text in texts[:-1])
    assert max(len(piece.text) for piece in pieces) < 2 * PIECE_LENGTH


@given(st.text(alphabet="字句。；\n ”a", max_size=200), st.integers(1, 40))
def test_pieces_are_in_order_and_lose_nothing_but_blanks(text: str, limit: int) -> None:
    pieces = split_span(text, Span(0, len(text)), limit)
    assert all(before.end <= after.start for before, after in pairwise(pieces))
    kept = "".join(piece.of(text) for piece in pieces)
    assert "".join(kept.split()) == "".join(text.split())


def test_a_group_is_named_by_its_label_without_the_number(real_plan: ParsedDocument) -> None:
    words = {group_word(group) for table in real_plan.tables for row in table.rows for group in row.groups}
    assert words == {"重点行动", "重点工程"}


def test_headings_over_other_clauses_are_sections_not_chunks(real_plan: ParsedDocument) -> None:
    tops = {clause.id for clause in real_plan.clauses if clause.kind is ClauseKind.LEVEL1 and len(clause.own) == 1}
    bare = [chunk.text for chunk in make_chunks([real_plan]) if chunk.clause_id in tops]
    assert "四、保障措施" not in bare
