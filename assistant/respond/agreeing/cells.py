"""A question whether two cells of one row agree in, the places that each of them names, compared, out.

Example: 建设地点 names 鄂托克前旗、伊金霍洛旗, 建设内容 also 达拉特旗 and 东胜区: 不一致, two more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.respond.agreeing.asked import Asked, Compared
from assistant.understand.places import Places
from corpus.agreement.models import Finding, StatedAt, Statement, Topic, Verdict
from corpus.cell_values import split_values
from corpus.folding import fold
from corpus.models import Cell, Row, Table
from corpus.row_names import cell_text

_BETWEEN = re.compile(r"[、和及与，,；;。]")
_PLACE = re.compile(r"[㐀-鿿]{1,5}?(?:街道|苏木|镇|乡|县|旗|区|市|州|盟|村)")
_PAIR = 2
_SHORT_CELL = 20
_SAID = {Verdict.AGREES: "一致", Verdict.LOOSE: "写法不同，但不相矛盾", Verdict.DIFFERS: "不一致"}


def compare_cells(asked: Asked, places: Places) -> Compared | None:
    """Return the places of both cells of the one row that is named with two columns; None where one names no place."""
    plan = asked.understood.plan
    if plan is None or len(plan.targets) != 1:
        return None
    entity = plan.targets[0].entity
    if entity.table is None or entity.row is None:
        return None
    columns = [number for number in plan.targets[0].columns if 0 <= number < len(entity.table.columns)]
    column = next((number for number in columns if places.holds_places(entity.table, number)), None)
    row = StatedAt(table=entity.table.id, row=entity.row.number)
    if (
        len(columns) != _PAIR
        or column is None
        or asked.left(plan.unexplained, asked.context(row), _kinds(entity.table, column))
    ):
        return None
    header = entity.table.columns[column].name
    cells = {cell.column: cell for cell in entity.row.cells if cell.column in columns}
    other = next(number for number in columns if number != column)
    if not {column, other} <= cells.keys():
        return None
    known = {fold(name): name for one in entity.table.data_rows for name in split_values(cell_text(one, column))}
    named = {number: _named(cells[number], known, places) for number in (column, other)}
    # A short cell (an agency) that names no place is no other list of them.
    if not named[column] or (not named[other] and len(cells[other].text) < _SHORT_CELL):
        return None
    statements = tuple(_statement(entity.table, entity.row, cells[number], named[number]) for number in (column, other))
    return _compared(asked, statements, named[column], named[other], f"{entity.name}的{header}")


def _named(cell: Cell, known: dict[str, str], places: Places) -> list[str]:
    """Return the places that a cell names or takes in, in its order: those of the office, of the column, of a list."""
    key, single = fold(cell.text), places.spread_in(fold(cell.text))
    if single is None:
        return []
    others = [name for one, name in known.items() if one in key and not places.spread_in(one)]
    pieces = [] if places.knows_any else _BETWEEN.split(cell.text)[1:]
    listed = [match.group() for part in pieces if (match := _PLACE.match(part))]
    apart = [name for name in listed if not any(name in one or one in name for one in (*single, *others))]
    names = dict.fromkeys([*single, *others, *apart])
    return sorted(names, key=lambda name: (cell.text.find(name) + 1 or len(cell.text), name))


def _statement(table: Table, row: Row, cell: Cell, names: Sequence[str]) -> Statement:
    place = StatedAt(table=table.id, row=row.number, column=cell.column)
    return Statement(cell.span, place, table.columns[cell.column].name, "、".join(names))


def _compared(
    asked: Asked, statements: tuple[Statement, ...], first: Sequence[str], second: Sequence[str], subject: str
) -> Compared:
    """Return what the other cell names beyond the place column; that it names fewer contradicts nothing."""
    where, other = (one.subject for one in statements)
    more = [name for name in second if name not in first]
    fewer = [name for name in first if name not in second]
    verdict = Verdict.DIFFERS if more else Verdict.LOOSE if fewer else Verdict.AGREES
    finding = Finding(asked.document.info.id, Topic.TOTAL, subject, (), "", "", verdict, statements)
    head = f"“{subject}”与“{other}”所写的地方{_SAID[verdict]}"
    if not second:
        return Compared(finding, f"“{subject}”无法与“{other}”比对，“{other}”没有写到地名", told=1)
    note = f"“{other}”比“{where}”多写了{'、'.join(more)}（{len(more)}个）。" if more else ""
    note += f"“{where}”所写而“{other}”没有写到的有{'、'.join(fewer)}（{len(fewer)}个）。" if fewer else ""
    return Compared(finding, head, note)


def _kinds(table: Table, column: int) -> str:
    """Return the words for kinds of places, which a question may use for any of them (旗区, 乡镇)."""
    cells = [cell_text(row, column) for row in table.data_rows]
    ends = dict.fromkeys(name[-1] for cell in cells for name in split_values(cell) if _PLACE.fullmatch(name))
    return fold("\n".join([*cells, *(one + other for one in ends for other in ends)]))
