"""An office's spreadsheet of questions in, validated cases out; every fault is named by sheet row and column.

Example: “表格 题目.xlsx 第 5 行 D 列“类别”：“指标类”不在可选之列（项目属性、指标、…）”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evals.case_files import describe, join_faults
from evals.case_names import USUAL_KINDS
from evals.cases import Case, Category, Source
from evals.errors import QuestionsInvalid
from evals.sheet_cells import CellInvalid
from evals.sheet_columns import BY_HEADER, COLUMNS, QUESTION_SHEET, SheetColumn
from evals.sheet_file import Sheet, SheetCell, column_letter, read_sheet

Headers = Mapping[int, SheetColumn]
"""The sheet's columns by number from 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands in its file, so that a later fault can be named by row and column."""

    file: str
    row: int
    letters: Mapping[str, str]

    def name(self, header: str) -> str:
        """Return “表格 题目.xlsx 第 5 行 C 列“类别””."""
        return f"表格 {self.file} 第 {self.row} 行 {self.letters.get(header, '?')} 列“{header}”"


@dataclass(frozen=True, slots=True)
class SheetQuestions:
    """The cases of a sheet, and the place of each by its id."""

    cases: tuple[Case, ...]
    places: Mapping[str, Place]


def read_spreadsheet(path: Path, name: str = QUESTION_SHEET) -> SheetQuestions:
    """Return the questions of one sheet.

    Raises:
        SheetUnreadable: The file is no spreadsheet that may be read.
        QuestionsInvalid: Rows are wrong; the message names all of them.
    """
    sheet = read_sheet(path, name)
    if not sheet.rows:
        raise QuestionsInvalid(f"表格 {path.name} 的工作表“{name}”是空的。请用 --template 生成模板填写。")
    headers = _read_headers(path.name, sheet.rows[0])
    faults = _merged_faults(path.name, sheet)
    cases: list[Case] = []
    places: dict[str, Place] = {}
    letters = {column.header: column_letter(number) for number, column in headers.items()}
    for cells in sheet.rows[1:]:
        place = Place(path.name, cells[0].row, letters)
        case, wrong = _read_case(cells, headers, place)
        if case is not None and case.id in places:
            wrong.append(f"{place.name('题号')}：题号 {case.id} 重复，第 {places[case.id].row} 行已用。")
        faults += wrong
        if case is not None:
            places.setdefault(case.id, place)
            cases.append(case)
    if not faults and not cases:
        raise QuestionsInvalid(f"表格 {path.name} 的工作表“{name}”没有题目，只有列名。")
    if faults:
        raise QuestionsInvalid(join_faults(faults))
    return SheetQuestions(tuple(cases), places)


def _read_headers(file: str, cells: Sequence[SheetCell]) -> Headers:
    """Return the columns of the first row.

    Raises:
        QuestionsInvalid: A header is unknown, stands twice, or a required one is missing.
    """
    faults: list[str] = []
    found: dict[int, SheetColumn] = {}
    for cell in cells:
        header = str(cell.value).strip()
        where = f"表格 {file} 第 {cell.row} 行 {column_letter(cell.column)} 列"
        if header not in BY_HEADER:
            faults.append(f"{where}：不认识的列名“{header[:20]}”。可用：{'、'.join(BY_HEADER)}。")
        elif BY_HEADER[header] in found.values():
            faults.append(f"{where}：列名“{header}”重复。")
        else:
            found[cell.column] = BY_HEADER[header]
    missing = [column.header for column in COLUMNS if column.required and column not in found.values()]
    if missing:
        faults.append(f"表格 {file} 第 {cells[0].row} 行：缺少列名“{'”“'.join(missing)}”。")
    if faults:
        raise QuestionsInvalid(join_faults(faults))
    return found


def _merged_faults(file: str, sheet: Sheet) -> list[str]:
    return [f"表格 {file} {ref}：是合并单元格。请取消合并，并在每一格里填写。" for ref in sheet.merged]


def _read_case(cells: Sequence[SheetCell], headers: Headers, place: Place) -> tuple[Case | None, list[str]]:
    """Return the case of one row, or None, and what is wrong with it."""
    faults: list[str] = []
    row: dict[str, Any] = {"source": Source.OFFICE.value, "expected": {}, "evidence": []}
    for cell in cells:
        column = headers.get(cell.column)
        if column is None:
            letter = column_letter(cell.column)
            faults.append(f"表格 {place.file} 第 {cell.row} 行 {letter} 列：这一列没有列名。请在第一行写上，或清空。")
            continue
        try:
            _put(row, column.path, column.read(_text(cell)))
        except CellInvalid as error:
            faults.append(f"{place.name(column.header)}：{error}。")
    _complete(row)
    try:
        return Case.model_validate(row), faults
    except ValidationError as error:
        faults += [] if faults else [f"{place.name(h)}{words}。" for h, words in _problems(error)]
        return None, faults


def _text(cell: SheetCell) -> str:
    """Return what a person reads in the cell.

    Raises:
        CellInvalid: Excel holds something else than was typed: a formula, an error, a date, a percentage.
    """
    value = cell.value
    if cell.formula:
        raise CellInvalid("是公式。请改为文字（复制后选择性粘贴为“值”）")
    if cell.broken:
        raise CellInvalid(f"是错误值 {value}")
    if isinstance(value, (date, datetime, time, timedelta)):
        raise CellInvalid(f"被 Excel 存成了日期或时间（{value}）。请把单元格格式改为“文本”后重新输入")
    if isinstance(value, bool):
        return "是" if value else "否"
    if cell.percent and isinstance(value, (int, float)):
        raise CellInvalid("是百分比格式的数。请把单元格格式改为“文本”后写成 35% 这样的文字")
    if isinstance(value, float):
        return format(value, ".15g") if value.is_integer() or abs(value) < 1e15 else str(value)
    return str(value)


def _put(row: dict[str, Any], path: tuple[str, ...], part: Any) -> None:
    if path[0] == "evidence":
        row["evidence"].append((path[1], part))
        return
    for key in path[:-1]:
        row = row.setdefault(key, {})
    row[path[-1]] = part


def _complete(row: dict[str, Any]) -> None:
    """Give the row the usual kind of its category, and its evidence as the schema takes it."""
    category = row.get("category")
    if category and "kind" not in row["expected"]:
        row["expected"]["kind"] = [kind.value for kind in USUAL_KINDS.get(Category(category), ())]
    parts = dict(row["evidence"])
    document = {"document": parts["document"]} if "document" in parts else {}
    quotes = [{"quote": quote} for quote in parts.get("quote", ())]
    clauses = [{"clause": clause} for clause in parts.get("clause", ())]
    row["evidence"] = [place | document for place in (*quotes, *clauses, *parts.get("table", ()))]


def _problems(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield the header and the words of each pydantic problem."""
    for problem in error.errors():
        path = tuple(part for part in problem["loc"] if isinstance(part, str))
        header = next((one.header for one in COLUMNS if one.path == path[: len(one.path)]), "")
        if not header:
            header = next((one.header for one in COLUMNS if one.path[: len(path)] == path), COLUMNS[0].header)
        if problem["type"] == "missing":
            yield next((one.header for one in COLUMNS if one.path == path), header), "：没有填写"
        else:
            yield header, describe(problem)
