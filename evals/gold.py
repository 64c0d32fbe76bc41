"""A case and the corpus in, what a right answer rests on out: its places, and the names that it may not say.

Example: for 由哪个局牵头 the place is the cell “水利局”; the other cells of its column (“能源局”) are ``others``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import ParsedDocument
from evals.cases import Case, alternatives
from evals.metrics.folding import fold
from evals.places import Place, column_names, find_places
from index.models import Chunk

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Beside:
    """The ``figures`` that stand in a gold row in other columns than ``column``: 2020年 76.21 beside 2024年 76.8."""

    column: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A case with what the corpus says about it.

    ``places`` are those to cite, ``universe`` the names that may not be listed beside the right ones, ``chunks`` the
    ids of the index's chunks that hold a place. Where all evidence are cells, ``others`` are the texts of their columns
    and ``held`` is what gold and the rows of the evidence say; ``beside`` are the figures beside each of these cells.
    """

    case: Case
    places: tuple[Place, ...]
    universe: tuple[str, ...]
    chunks: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    held: str = ""
    beside: tuple[Beside, ...] = ()


def find_gold(case: Case, documents: Sequence[ParsedDocument], chunks: Sequence[Chunk] = ()) -> GoldCase:
    """Return ``case`` with its gold places and those of ``chunks`` that hold one.

    Raises:
        EvidenceUnknown: Gold evidence is not in ``documents``.
    """
    source = case.expected.set_of
    universe = column_names(documents, source.table, source.column) if source else ()
    places = find_places(case, documents)
    found = (chunk.id for chunk in chunks if any(place.touched_by(chunk.document_id, chunk.span) for place in places))
    others = _other_cells(case, documents)
    held = _held(case, documents) if others else ""
    beside = () if case.declines or case.expected.set else tuple(_beside(case, documents))
    return GoldCase(case, places, universe, frozenset(found), others, held, beside)


def _other_cells(case: Case, documents: Sequence[ParsedDocument]) -> tuple[str, ...]:
    """Return the cells of the columns in which all evidence stands; nothing where some stands elsewhere."""
    columns = {(one.table, one.column) for one in case.evidence if one.column}
    if case.declines or case.expected.set or not all(one.column for one in case.evidence):
        return ()
    names = (name for table, column in sorted(columns) for name in column_names(documents, table, column))
    return tuple(dict.fromkeys(names))


def _held(case: Case, documents: Sequence[ParsedDocument]) -> str:
    """Return what the rows of the evidence and the required phrases say."""
    texts = {document.info.id: document.text for document in documents}
    rows = case.model_copy(update={"evidence": tuple(one.model_copy(update={"column": ""}) for one in case.evidence)})
    shown = [span.of(texts[place.document_id]) for place in find_places(rows, documents) for span in place.spans]
    wanted = (*case.expected.phrases, *case.expected.first)
    return "\n".join([*shown, *(choice for phrase in wanted for choice in alternatives(phrase))])


def _beside(case: Case, documents: Sequence[ParsedDocument]) -> Iterator[Beside]:
    """Yield the figures of each gold row that are none of the gold cell's own."""
    for evidence in case.evidence:
        if not evidence.column:
            continue
        for table in (table for document in documents for table in document.tables if table.name == evidence.table):
            names = {column.number: fold(column.name) for column in table.columns}
            cells = [cell for row in table.data_rows if row.number == evidence.row for cell in row.cells]
            own = "".join(fold(cell.text) for cell in cells if names[cell.column] == fold(evidence.column))
            other = [fold(cell.text) for cell in cells if names[cell.column] != fold(evidence.column)]
            yield Beside(evidence.column, tuple(text for text in other if _FIGURE.fullmatch(text) and text not in own))
