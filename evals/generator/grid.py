"""A table of a parsed document in, a pandas frame of its raw cells and what each column holds out.

Example: the project table becomes 39 rows; “2025年前计划投资（亿元）” is a number in 亿元, “牵头责任单位” an agency.

Kinds and units are found here from headers and cells alone; the product's own column types are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.models import ParsedDocument, Row, Table
from evals.generator.figures import read_figure, read_years

if TYPE_CHECKING:
    import pandas as pd

_NOTE = re.compile(r"\s*[（(]\s*(?:单位\s*[:：]\s*)?([^（）()]{1,12})\s*[）)]\s*$")
_PERCENT = re.compile(r"[（(]?[%％][）)]?$")
_UNIT = re.compile(
    r"[万亿千百兆]{0,2}(?:[%％‰元吨人亩米里件个家户次天时瓦升克度位名项年月辆台套座处条股]|吨标准?煤|公顷|公里|千米|公斤"
    r"|平方(?:公里|千米|米)|立方米?|千瓦时?|小时|美元|标方)(?:[/·][^\s/]{1,6})?"
)
_ORDINAL = re.compile(r"序\s*号|编\s*号|项\s*次|行\s*次|No\.?|#|^代码$", re.IGNORECASE)
_NAMED = re.compile(r"名称|姓名|项目|指标|事项|任务|名字|标题|内容名|工程")
_AGENCY = re.compile(r"单位|部门|机构|主体|牵头|负责|主管|承办|归口")
_AGENCY_END = re.compile(r"(局|委|办|厅|部|院|中心|公司|政府|委员会|办公室|集团|处)$")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_CALLED = re.compile(r"名称|姓名")
_STATEMENT = re.compile(r"^(其中|减|加)\s*[:：]|^[一二三四五六七八九十]+、|[合小总]\s*计")
_NOTHING = re.compile(r"[\W_]*|无")
_ALL_OF = re.compile(r"^(全|各|除|所有|整个)|等")
_MOST = 0.7
_LONG = 24


class Holds(StrEnum):
    """What the cells of a column are."""

    NAME = "name"
    NUMBER = "number"
    PERIOD = "period"
    AGENCY = "agency"
    CATEGORY = "category"
    TEXT = "text"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: its key in the frame, its header without the unit note, the header's unit, what it holds.

    ``group`` is true for a column made of group rows, whose cells are no cells of the table; its name is what the
    labels of these rows share (重点工程 for 重点工程2).
    """

    key: int
    name: str
    unit: str
    holds: Holds
    group: bool = False

    @property
    def is_year(self) -> bool:
        """Return whether the header is a year, as in tables of indicators."""
        return _YEAR.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """The data rows of one table; the frame's index are row numbers, its cells texts (empty where there is none).

    ``shared`` says that another table's rows are called alike, so that a question on many rows must name its table.
    """

    document: ParsedDocument
    table: Table
    frame: pd.DataFrame
    columns: tuple[GridColumn, ...]
    name: GridColumn
    shared: bool = False

    @property
    def noun(self) -> str:
        """Return what a row is called: 项目 for 项目名称, 人 for 姓名; 条目 where the header does not say."""
        if self.name.name in ("姓名", "名字"):
            return "人"
        return re.sub(r"的?(姓名[/、]?)?(名称|全称|简称|姓名|名)$", "", self.name.name) or "条目"

    def holding(self, *kinds: Holds) -> tuple[GridColumn, ...]:
        """Return the columns of these kinds."""
        return tuple(column for column in self.columns if column.holds in kinds)

    def row_name(self, row: int) -> str:
        """Return the row's name as one would say it, without a unit note."""
        return _NOTE.sub("", self.cell(row, self.name)) if self.row_unit(row) else self.cell(row, self.name)

    def row_unit(self, row: int) -> str:
        """Return the unit that stands behind the row's name (植被覆盖度（%）); empty where none does."""
        note = _NOTE.search(self.cell(row, self.name))
        return note.group(1).replace("％", "%") if note and _UNIT.fullmatch(note.group(1)) else ""

    def cell(self, row: int, column: GridColumn) -> str:
        """Return the text of one cell."""
        return str(self.frame.at[row, column.key])


def read_grid(document: ParsedDocument, table: Table) -> Grid | None:
    """Return the grid of a table; None where nothing natural can be asked of its rows.

    That is so where it has fewer than three, no column names them, or they are lines of a statement (其中、减：, 合计)
    that are not to be added up or ranked.
    """
    import pandas as pd

    rows = table.data_rows
    if len(rows) < 3 or len({row.number for row in rows}) != len(rows):
        return None
    headers = [_header(document, table, number) for number in range(len(table.columns))]
    if len(set(headers)) != len(headers) or not all(headers):
        return None
    cells = {number: [_text(row, number) for row in rows] for number in range(len(headers))}
    stems, groups = _group_columns(rows)
    frame = pd.DataFrame({**cells, **groups}, index=[row.number for row in rows], dtype=object)
    name = _name_column(frame, headers)
    if name is None or frame[name].map(lambda text: bool(_STATEMENT.search(text))).any():
        return None
    columns = [_column(frame[number], number, header, name) for number, header in enumerate(headers)]
    columns += [GridColumn(key, stem, "", Holds.CATEGORY, group=True) for key, stem in stems.items()]
    return Grid(document, table, frame, tuple(columns), columns[name])


def values_of(grid: Grid, column: GridColumn) -> tuple[str, ...]:
    """Return the values by which some rows, not all, can be picked without doubt.

    A cell of several agencies counts for each of them; a value that also stands unparted inside another cell or holds
    another value, or a column in which a cell covers others (全市各区), is left out.
    """
    cells = grid.frame[column.key]
    if cells.map(lambda text: bool(_ALL_OF.search(text))).any():
        return ()
    parts = cells.map(parts_of).explode()
    parts = parts[parts.notna() & ~parts.map(lambda text: bool(_NOTHING.fullmatch(str(text))))]
    counts = parts.groupby(parts).size()
    inside = {value: int(cells.map(lambda text, value=value: value in text).sum()) for value in counts.index}
    clear = [value for value, count in counts.items() if count == inside[value] and count < len(cells)]
    return tuple(sorted(value for value in clear if not any(one in value for one in counts.index if one != value)))


def rows_with(grid: Grid, column: GridColumn, value: str) -> tuple[int, ...]:
    """Return the numbers of the rows whose cell is ``value`` or lists it."""
    picked = grid.frame[column.key].map(lambda text: value in parts_of(text))
    return tuple(int(row) for row in grid.frame.index[picked])


def parts_of(text: str) -> tuple[str, ...]:
    """Return what a cell lists: “市发改委、市统计局” are two."""
    return tuple(part.strip() for part in re.split(r"[、，,；;]", text) if part.strip())


def _header(document: ParsedDocument, table: Table, number: int) -> str:
    """Return the header's raw words; a table without a header row has the names that are implied."""
    spans = table.columns[number].header
    words = "".join(span.of(document.text) for span in spans) if spans else table.columns[number].name
    return "".join(words.split())


def _text(row: Row, number: int) -> str:
    return next((cell.text for cell in row.cells if cell.column == number), "")


def _group_columns(rows: Sequence[Row]) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Return, by key below 0, what the labels of each level of group rows share and the group's name of each row.

    Only levels that stand over every row, with a name behind a numbered label, are taken.
    """
    stems: dict[int, str] = {}
    names: dict[int, list[str]] = {}
    for level in range(min(len(row.groups) for row in rows)):
        found = {re.sub(r"[\d一二三四五六七八九十百]+$", "", row.groups[level].label) for row in rows}
        if len(found) == 1 and all(found) and all(row.groups[level].name for row in rows):
            stems[-1 - level] = found.pop()
            names[-1 - level] = [row.groups[level].name for row in rows]
    return stems, names


def _name_column(frame: pd.DataFrame, headers: Sequence[str]) -> int | None:
    """Return the column whose cells name the rows: all different words, the first one with a telling header."""
    unique = [
        number
        for number, header in enumerate(headers)
        if not _ORDINAL.search(header)
        and frame[number].is_unique
        and not (frame[number] == "").any()
        and not _share(frame[number], lambda text: read_figure(text) or read_years(text)) > 1 - _MOST
        and 2 <= frame[number].str.len().median() <= 2 * _LONG
    ]
    telling = [number for number in unique if _NAMED.search(headers[number])]
    name = next(iter(telling or unique), None)
    called = [number for number, header in enumerate(headers) if _CALLED.search(header)]
    return name if not called or name in called else None


def _column(cells: pd.Series, number: int, header: str, name: int) -> GridColumn:
    filled = cells[cells != ""]
    short, unit = _split(header)
    if number == name:
        return GridColumn(number, short, "", Holds.NAME)
    if _ORDINAL.search(header) or filled.empty:
        return GridColumn(number, header, "", Holds.ORDINAL)
    if (_share(filled, read_years) >= _MOST and _share(filled, read_figure) < 1) or unit == "年":
        return GridColumn(number, short, unit, Holds.PERIOD)
    if _share(filled, read_figure) >= _MOST:
        return GridColumn(number, short, unit, Holds.NUMBER)
    return GridColumn(number, header, "", _wordy(filled, header))


def _split(header: str) -> tuple[str, str]:
    """Return the header's words and its unit: 计划投资（亿元） is 计划投资 in 亿元, 占比% is 占比 in %."""
    note, percent = _NOTE.search(header), _PERCENT.search(header)
    if percent and percent.start():
        return header[: percent.start()], "%"
    if note and note.start() and _UNIT.fullmatch(note.group(1)):
        return header[: note.start()], note.group(1)
    return header, ""


def _wordy(filled: pd.Series, header: str) -> Holds:
    if _AGENCY.search(header) or _share(filled, _AGENCY_END.search) >= _MOST:
        return Holds.AGENCY
    few = 2 <= filled.nunique() <= max(2, len(filled) // 2) and filled.str.len().max() <= _LONG
    return Holds.CATEGORY if few else Holds.TEXT


def _share(cells: pd.Series, test: Callable[[str], object]) -> float:
    return float(cells.map(lambda text: test(text) is not None).mean()) if len(cells) else 0.0
