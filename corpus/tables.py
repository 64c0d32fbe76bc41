"""A raw grid in, a typed table out: columns with kind and unit, data, group and total rows, checked totals.

Example: “406.0” in the column “2025年前计划投资（亿元）” becomes 406.0 with scale 亿 and unit 元.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.addresses import join_lines
from corpus.columns import column_kinds, column_name, header_depth, header_names, unit_of_years
from corpus.models import (
    Cell,
    Clause,
    Column,
    ColumnKind,
    Group,
    Quantity,
    QuantityForm,
    Row,
    RowKind,
    Span,
    Table,
)
from corpus.numerals import NO_VALUE, parse_quantity
from corpus.raw import RawGrid, RawRow
from corpus.row_alignment import aligned
from corpus.row_units import RowUnits, noted_unit
from corpus.table_place import place_table
from corpus.totals import ORDINAL, SUBTOTAL, UNNUMBERED, check_totals, is_named_total, is_total, under_subtotals

_LONGEST_GROUP = 60
_CALLS_GROUP = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)、.．]\s*\S|[（(]共?\d+[个项家][）)]$")
_LEAST_WIDE, _MOST_NUMBERED = 4, 0.5
_FIGURE = re.compile(r"-?\d[\d,，.]*%?")
_COUNTED = re.compile(r"[（(](?:共|计)?\d+[个项家处座件条]?[）)]$")
"""How many rows a group or a total has, behind its name: 食品加工产业（4个）."""
_NUMBER = re.compile(r"[（(]?(?P<number>[一二三四五六七八九十]+|\d+)[）)、.．](?!\d)\s*")


def build_table(text: str, number: str, grid: RawGrid, clause: Clause, names: dict[str, str]) -> Table:
    """Return the typed table of a grid.

    Args:
        text: the document's text.
        number: the table's id.
        grid: its cells.
        clause: the clause it stands in.
        names: captions → short names, from the manifest.
    """
    place, rows = place_table(text, grid, clause)
    width = _width(rows, grid)
    words = [_words(text, row) for row in rows]
    head = [] if grid.implied else rows[: header_depth([[*one, *[""] * (len(words[0]) - len(one))] for one in words])]
    body, held = rows[len(head) :], words[len(head) :]
    kinds = [_row_kind(one, width, is_last=at == len(held) - 1) for at, one in enumerate(held)]
    numbered = [bool(one) and one[0].isdigit() for one in held]
    if sum(numbered) >= _MOST_NUMBERED * len(held):
        below = [*numbered[1:], False][: len(held)]
        heads = [is_next and _heads_numbered(one) for one, is_next in zip(held, below, strict=True)]
        kinds = [RowKind.GROUP if one else kind for one, kind in zip(heads, kinds, strict=True)]
    data = [row for row, kind in zip(body, kinds, strict=True) if kind is RowKind.DATA]
    padded = [aligned(row, width, kind, text, data) for row, kind in zip(body, kinds, strict=True)]
    columns = _columns(text, head, width, grid.implied, padded, kinds)
    cells = [[join_lines(row[c.number].of(text)) for row in padded if c.number < len(row)] for c in columns]
    units = RowUnits.of_table(columns, cells)
    if not units.are_named:
        columns = tuple(replace(one, unit=one.unit or noted_unit(one, place.units)) for one in columns)
    typed = _typed_rows(text, columns, padded, kinds, units)
    return Table(
        id=number,
        name=_short_name(place.caption, names) or _plain_name(place.caption, number),
        caption=place.caption,
        caption_span=place.caption_span,
        clause=clause.id,
        path=clause.path,
        columns=columns,
        rows=typed,
        span=grid.span,
        checks=check_totals(columns, typed),
    )


def _short_name(caption: str, names: dict[str, str]) -> str:
    """Return the manifest's name for a caption; blanks do not tell captions apart."""
    key = re.sub(r"\s", "", caption)
    return next((name for full, name in names.items() if re.sub(r"\s", "", full) == key), "")


def _plain_name(caption: str, number: str) -> str:
    return caption or f"表{number.rpartition('/t')[2]}"


def _words(text: str, row: RawRow) -> list[str]:
    return [join_lines(cell.of(text)) for cell in row.cells]


def _width(rows: Sequence[RawRow], grid: RawGrid) -> int:
    if grid.implied:
        return len(grid.implied)
    counts = Counter(len(row.cells) for row in rows)
    return max(len(rows[0].cells), max(width for width, n in counts.items() if n > 1 or width == len(rows[0].cells)))


def _row_kind(words: list[str], width: int, *, is_last: bool) -> RowKind:
    """Return the kind of a row by its cells; a name may stand before 合计 in the last one alone (支出合计)."""
    filled = [word for word in words if word]
    if (is_total(filled) or (is_last and is_named_total(filled))) and not (len(filled) > 1 and filled[0].isdigit()):
        return RowKind.TOTAL
    short = len(words) <= 2 < width or (width > 3 and len(filled) <= 2 and not any(words[2:]))
    spread = width > 2 and len(filled) > 1 and len(words) == width and len(set(words)) == 1
    label = filled[0] if filled else ""
    named = label and words[0] and not re.fullmatch(r"[\d.]+", label) and len(label) <= _LONGEST_GROUP
    return RowKind.GROUP if (short or spread) and named else RowKind.DATA


def _heads_numbered(words: list[str]) -> bool:
    """Return whether a row heads those numbered 1, 2, … below it, with their sums: 一 | 食品加工（4个） | 72500.

    Number and name may share the first cell, with nothing but sums behind them: 一、食品加工（4个） | | 72500.
    """
    if len(words) < _LEAST_WIDE or is_total(words):
        return False
    sums = all(word in NO_VALUE or _FIGURE.fullmatch(word) for word in words[2:])
    if ORDINAL.fullmatch(words[0]):
        return bool(words[1]) and not is_total(words[1:]) and sums
    called = _CALLS_GROUP.search(words[0]) is not None and len(words[0]) <= _LONGEST_GROUP
    return called and not words[1] and sums and any(map(_FIGURE.fullmatch, words[2:]))


def _columns(
    text: str,
    head: Sequence[RawRow],
    width: int,
    implied: tuple[str, ...],
    rows: list[list[Span]],
    kinds: list[RowKind],
) -> tuple[Column, ...]:
    found = header_names([_words(text, row) for row in head]) if head else [column_name(name) for name in implied]
    found += [("", "")] * (width - len(found))
    data = [row for row, kind in zip(rows, kinds, strict=True) if kind is RowKind.DATA]
    values = [[join_lines(row[n].of(text)) for row in data if n < len(row)] for n in range(width)]
    units = [unit or unit_of_years(name, held) for (name, unit), held in zip(found, values, strict=True)]
    typed = column_kinds([name for name, _ in found], values, units)
    columns = []
    for number in range(width):
        header = dict.fromkeys(row.cells[number] for row in head if number < len(row.cells))
        name = found[number][0] or f"列{number + 1}"
        columns.append(Column(number, name, units[number], typed[number], tuple(one for one in header if one.end)))
    return tuple(columns)


def _typed_rows(
    text: str, columns: tuple[Column, ...], rows: list[list[Span]], kinds: list[RowKind], units: RowUnits
) -> tuple[Row, ...]:
    typed: list[Row] = []
    groups: list[Group] = []
    above: dict[int, Cell] = {}
    number = 0
    for cells, kind in zip(rows, kinds, strict=True):
        span = Span(min(cell.start for cell in cells), max(cell.end for cell in cells))
        if kind is RowKind.GROUP:
            groups = _regroup(groups, _group(text, cells, groups, above_data=not typed or typed[-1].kind is not kind))
            above = {}
            typed.append(Row(0, kind, _plain_cells(text, cells, limit=2), tuple(groups), span))
            continue
        made = _cells(text, columns, cells, units, above if kind is RowKind.DATA else {})
        if kind is RowKind.TOTAL:
            made = tuple(_without_words(cell) for cell in made)
        number += kind is RowKind.DATA
        typed.append(Row(number if kind is RowKind.DATA else 0, kind, made, tuple(groups), span))
        if kind is RowKind.DATA:
            above = {cell.column: cell for cell in made}
    return under_subtotals(_total_outside_groups(typed))


def _total_outside_groups(rows: list[Row]) -> list[Row]:
    """Return the rows with a total of everything taken out of the last group above it."""
    free = []
    for row in rows:
        whole = row.kind is RowKind.TOTAL and not any(SUBTOTAL.fullmatch(cell.text) for cell in row.cells[:2])
        free.append(Row(row.number, row.kind, row.cells, (), row.span) if whole else row)
    return free


def _group(text: str, cells: list[Span], groups: list[Group], *, above_data: bool) -> Group:
    filled = [cell for cell in cells if cell.end > cell.start]
    words = join_lines(filled[0].of(text))
    behind = join_lines(filled[1].of(text)) if len(filled) > 1 else ""
    is_named = bool(behind) and (ORDINAL.fullmatch(words) is not None or _FIGURE.fullmatch(behind) is None)
    label, name = (words, behind) if is_named else _numbered(words)
    made = Group(label, _COUNTED.sub("", name) or name, 0, Span(filled[0].start, filled[min(1, len(filled) - 1)].end))
    level = next((group.level for group in groups if _kind_of(group, text) == _kind_of(made, text)), None)
    if level is None:
        # A new kind of label right below a group row opens a level; after data it stands beside the outermost.
        level = 0 if above_data or not groups else groups[-1].level + 1
    return replace(made, level=level)


def _kind_of(group: Group, text: str) -> str:
    """Return what tells levels of groups apart: how they are numbered (一、 and （一）), or what their labels say."""
    match = _NUMBER.match(join_lines(group.span.of(text)))
    is_number = match is not None and match["number"] == group.label
    return match.group().strip().replace(group.label, "#") if match is not None and is_number else _stem(group.label)


def _numbered(words: str) -> tuple[str, str]:
    """Return number and name of a group that one cell calls: 一、水利工程 → 一, 水利工程; without a number 分组."""
    match = _NUMBER.match(words)
    if match is None:
        return UNNUMBERED, words
    name = words[match.end() :].strip()
    return (match["number"], name) if name else (words, "")


def _stem(label: str) -> str:
    """Return a group label without its number, so that 重点工程1 and 重点工程2 are of one kind."""
    if not re.search(r"[\d一二三四五六七八九十]", label):
        return ""
    return re.sub(r"[\d一二三四五六七八九十百（）().、．\s]+", "#", label)


def _regroup(groups: list[Group], new: Group) -> list[Group]:
    return [group for group in groups if group.level < new.level] + [new]


def _plain_cells(text: str, cells: list[Span], limit: int) -> tuple[Cell, ...]:
    filled = [(n, cell) for n, cell in enumerate(cells) if cell.end > cell.start][:limit]
    return tuple(Cell(n, join_lines(cell.of(text)), cell) for n, cell in filled)


def _cells(
    text: str, columns: tuple[Column, ...], spans: list[Span], units: RowUnits, above: dict[int, Cell]
) -> tuple[Cell, ...]:
    row = [join_lines(span.of(text)) for span in spans]
    cells: list[Cell] = []
    merged = True  # only leading columns come down: an empty value further right says that there is none
    for number, (span, words) in enumerate(zip(spans, row, strict=True)):
        column = columns[number] if number < len(columns) else None
        carries = merged and not words and number in above and column is not None and column.kind is ColumnKind.TEXT
        merged = carries
        if carries:
            held = above[number]
            cells.append(Cell(number, held.text, held.span, held.quantity, carried=True))
            continue
        if column is not None and column.kind is ColumnKind.TEXT and column.name in ("姓名", "名字"):
            words = re.sub(r"[ 　]", "", words) if re.fullmatch(r"[㐀-鿿·\s　]+", words) else words
        cells.append(Cell(number, words, span, _quantity(words, column, row, units)))
    return tuple(cells)


def _without_words(cell: Cell) -> Cell:
    """Return a total row's cell; its label (合计) under a column of figures is no stated value."""
    wordy = cell.quantity is not None and cell.quantity.form is QuantityForm.WORDS
    return Cell(cell.column, cell.text, cell.span) if wordy else cell


def _quantity(words: str, column: Column | None, row: Sequence[str], units: RowUnits) -> Quantity | None:
    if column is None or column.kind is ColumnKind.TEXT:
        return None
    unit = column.unit or (units.of_row(row, column) if column.kind is ColumnKind.NUMBER else "")
    return parse_quantity(words, unit)
