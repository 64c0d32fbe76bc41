"""A question whether two cells of one row agree in, the places that each of them names, compared, out.

Example: 建设地点 names 鄂托克前旗、伊金霍洛旗, 建设内容 also 达拉特旗 and 东胜区: 不一致, two more.
"""

from __future__ import annotations

import re

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
    both = [next((cell for cell in entity.row.cells if cell.column == number), None) for number in columns]
    known = {fold(name): name for one in entity.table.data_rows for name in split_values(cell_text(one, column))}
    found = [(cell, _named(cell, known, places)) for cell in both if cell is not None]
    if len(found) != _PAIR or not all(names for _, names in found):
        return None
    headers = "、".join(entity.table.columns[number].name for number in columns)
    return _finding(asked, entity.table, entity.row, found, f"{entity.name}的{headers}")


def _named(cell: Cell, known: dict[str, str], places: Places) -> dict[str, None]:
    """Return the places that a cell names or takes in, in its order: those of the office, of the column, of a list."""
    single = places.spread_in(fold(cell.text))
    if single is None:
        return {}
    listed = [match.group() for part in _BETWEEN.split(cell.text)[1:] if (match := _PLACE.match(part))]
    others = [name for key, name in known.items() if key in fold(cell.text) and not places.spread_in(key)]
    apart = [name for name in listed if not any(name in one or one in name for one in (*single, *others))]
    names = dict.fromkeys([*single, *others, *apart])
    return dict.fromkeys(sorted(names, key=lambda name: (cell.text.find(name) + 1 or len(cell.text), name)))


def _finding(asked: Asked, table: Table, row: Row, found: list[tuple[Cell, dict[str, None]]], subject: str) -> Compared:
    (_, first), (_, second) = found
    differs = set(first) != set(second)
    statements = tuple(
        Statement(
            cell.span,
            StatedAt(table=table.id, row=row.number, column=cell.column),
            table.columns[cell.column].name,
            "、".join(names),
            differs=differs,
        )
        for cell, names in found
    )
    more = [
        f"“{one.subject}”比“{other.subject}”多写了{'、'.join(extra)}（{len(extra)}个）"
        for one, other, extra in (
            (statements[1], statements[0], [name for name in second if name not in first]),
            (statements[0], statements[1], [name for name in first if name not in second]),
        )
        if extra
    ]
    verdict = Verdict.DIFFERS if differs else Verdict.AGREES
    finding = Finding(asked.document.info.id, Topic.TOTAL, subject, (), "", "", verdict, statements)
    head = f"“{subject}”所写的地方{'不一致' if differs else '一致'}"
    return Compared(finding, head, f"{'；'.join(more)}。" if more else "")


def _kinds(table: Table, column: int) -> str:
    """Return the words for kinds of places, which a question may use for any of them (旗区, 乡镇)."""
    cells = [cell_text(row, column) for row in table.data_rows]
    ends = dict.fromkeys(name[-1] for cell in cells for name in split_values(cell) if _PLACE.fullmatch(name))
    return fold("\n".join([*cells, *(one + other for one in ends for other in ends)]))
