"""A row with fewer cells than its table has columns in, one span per column out.

Example: “合计⇥689⇥61.0” of nine columns: its label was merged, or empty cells at its end are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.addresses import join_lines
from corpus.models import QuantityForm, RowKind, Span
from corpus.numerals import parse_quantity
from corpus.raw import RawRow
from corpus.totals import is_named_total, is_total

_LEAST_OF_TOTAL = 2


def aligned(row: RawRow, width: int, kind: RowKind, text: str, above: Sequence[RawRow]) -> list[Span]:
    """Return one span per column; the cells of a total row that its merged label has left over stand at the right.

    Where they come to the sums of the rows ``above`` as they stand, or empty ones follow the label, it was not merged:
    the last cells are lost, as of any other row.
    """
    cells = list(row.cells)
    gap = width - len(cells)
    plain = [*cells, *[Span(row.span.end, row.span.end)] * gap]
    if gap <= 0 or kind is not RowKind.TOTAL or len(cells) < _LEAST_OF_TOTAL:
        return plain
    label = next(n for n, cell in enumerate(cells) if _is_label(join_lines(cell.of(text))) or n + 1 == len(cells))
    behind = cells[label + 1 :]
    if not behind or behind[0].end == behind[0].start:
        return plain
    empty = Span(cells[label].end, cells[label].end)
    shifted = [*cells[: label + 1], *[empty] * gap, *behind]
    return max(shifted, plain, key=lambda one: _sums_met(one, above, text))


def _sums_met(cells: Sequence[Span], above: Sequence[RawRow], text: str) -> int:
    """Return how many cells are the sum of the figures above them."""
    met = 0
    for number, cell in enumerate(cells):
        figures = [_plain(row.cells[number].of(text)) for row in above if number < len(row.cells)]
        known = [figure for figure in figures if figure is not None]
        met += bool(known) and _plain(cell.of(text)) == sum(known)
    return met


def _plain(words: str) -> Decimal | None:
    quantity = parse_quantity(words.strip(), "")
    return quantity.low if quantity is not None and quantity.form is QuantityForm.NUMBER else None


def _is_label(words: str) -> bool:
    return is_total([words]) or is_named_total([words])
