"""Every span shows what it claims, and no visible character is lost, in every document at hand."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from corpus.manifest import describe_file
from corpus.models import ParsedDocument
from corpus.parse import parse_document

FILES = Path(os.environ.get("POLICY_DATA", "/nonexistent")) / "policy_files"
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def assert_spans_show(document: ParsedDocument) -> None:
    text = document.text
    by_id = {clause.id: clause for clause in document.clauses}
    assert len(by_id) == len(document.clauses)
    for clause in document.clauses:
        assert bare(clause.heading_span.of(text)) == bare(clause.heading)
        assert clause.own == tuple(sorted(clause.own))
        assert all(clause.span.covers(piece) and piece.of(text).strip() == piece.of(text) for piece in clause.own)
        if clause.label:
            assert bare(clause.label) in bare(clause.span.of(text)[: len(clause.label) + 12])
        if clause.parent:
            above = by_id[clause.parent]
            assert above.span.covers(clause.span) and clause.path[:-1] == above.path
        for field in clause.fields:
            assert field.span.of(text).startswith(field.name)
            assert all(one.span.of(text) == one.text and field.span.covers(one.span) for one in field.values)
    for table in document.tables:
        assert table.clause in by_id and by_id[table.clause].span.covers(table.span)
        for row in table.rows:
            assert table.span.covers(row.span)
            for cell in row.cells:
                assert bare(cell.span.of(text)) == bare(cell.text)
                assert cell.carried or row.span.covers(cell.span)
                assert "\n" not in cell.text
        if table.caption_span:
            assert bare(table.caption_span.of(text)) == bare(table.caption)


def assert_nothing_lost(document: ParsedDocument) -> None:
    """Every visible character belongs to exactly one clause's own text or to a table."""
    holders = bytearray(len(document.text))
    pieces = [piece for clause in document.clauses for piece in clause.own]
    for piece in [*pieces, *(table.span for table in document.tables)]:
        for at in range(piece.start, piece.end):
            holders[at] += 1
    wrong = [at for at, ch in enumerate(document.text) if not ch.isspace() and holders[at] != 1]
    assert not wrong, document.text[max(0, wrong[0] - 20) : wrong[0] + 20]


def test_the_spans_of_the_plan_show_what_they_claim(plan):
    assert_spans_show(plan)


def test_no_character_of_the_plan_is_lost(plan):
    assert_nothing_lost(plan)


def test_every_cell_character_of_the_plan_is_in_a_cell(plan):
    for table in plan.tables:
        cells = "".join(bare(cell.text) for row in table.rows for cell in row.cells if not cell.carried)
        header = "".join(bare(span.of(plan.text)) for column in table.columns for span in column.header)
        inside = bare(table.span.of(plan.text))
        caption = bare(table.caption) if table.caption_span and table.span.covers(table.caption_span) else ""
        assert inside == caption + header + cells


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("corpus-*")), ids=lambda path: path.name)
def test_samples_lose_nothing(path: Path):
    document = parse_document(describe_file(path.parent, path, b""), path.read_bytes())
    assert_spans_show(document)
    assert_nothing_lost(document)


@pytest.mark.skipif(not FILES.is_dir(), reason="set POLICY_DATA to the folder that holds policy_files")
@pytest.mark.parametrize("kind", ["txt", "md_procurement"])
def test_every_real_file_at_hand_parses_and_loses_nothing(kind: str):
    for path in sorted((FILES / kind).iterdir()):
        document = parse_document(describe_file(FILES, path, b""), path.read_bytes())
        assert_spans_show(document)
        assert_nothing_lost(document)
