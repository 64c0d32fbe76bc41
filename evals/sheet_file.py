"""A spreadsheet file from outside in, the filled cells of one sheet out; nothing in the file is run or trusted.

Example: ``read_sheet(Path("题目.xlsx"), "题目").rows[0]`` holds the headers 题号、问题、类别…; an .xls, macros or a
million rows are refused in Chinese.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from corpus.errors import describe_os_error
from evals.errors import SheetUnreadable

MOST_ROWS = 10_000
MOST_COLUMNS = 100
_LARGEST_BYTES = 32 * 2**20
_LARGEST_UNPACKED = 128 * 2**20
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"')
_DAMAGED = (zipfile.BadZipFile, zlib.error, ParseError, LookupError, ValueError, TypeError, AttributeError, EOFError)

Value = str | int | float | bool | date | time | timedelta


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One filled cell; ``percent`` says that Excel shows the number as a percentage."""

    row: int
    column: int
    value: Value
    formula: bool = False
    broken: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that hold anything, and its merged ranges as Excel names them (“C5:C7”)."""

    rows: tuple[tuple[SheetCell, ...], ...]
    merged: tuple[str, ...]


def column_letter(column: int) -> str:
    """Return how Excel names a column counted from 1: 1 → A, 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_sheet(path: Path, name: str) -> Sheet:
    """Return the sheet ``name`` of the file.

    Raises:
        SheetUnreadable: The file cannot be read, is no .xlsx, holds macros or XML entities, has no such sheet, or is
            larger than 32 MB, 10,000 rows or 100 columns.
    """
    _check_file(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on extensions that are not read anyway
            return _read(path, name)
    except (*_DAMAGED, OSError) as error:
        raise SheetUnreadable(f"表格 {path.name} 已损坏，无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx。") from error


def _check_file(path: Path) -> None:
    """Refuse what must not be opened, from the archive's own table of contents."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SheetUnreadable(f"表格 {path.name} 超过 32 MB，请分成几个文件。")
        with path.open("rb") as file:
            head = file.read(4)
        if head == _OLD_FORMAT:
            raise SheetUnreadable(f"表格 {path.name} 是旧的 .xls 格式或加了密码。请另存为不加密码的 .xlsx。")
        with zipfile.ZipFile(path) as archive:
            _check_members(path.name, archive)
    except OSError as error:
        raise SheetUnreadable(f"表格 {path} 无法读取：{describe_os_error(error)}。请检查路径。") from error
    except zipfile.BadZipFile as error:
        raise SheetUnreadable(f"表格 {path.name} 不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx。") from error
    except (*_DAMAGED, RuntimeError, NotImplementedError) as error:
        raise SheetUnreadable(f"表格 {path.name} 已损坏或加了密码，无法读取。请另存为不加密码的 .xlsx。") from error


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sum(member.file_size for member in members) > _LARGEST_UNPACKED:
        raise SheetUnreadable(f"表格 {name} 展开后超过 128 MB。请删去多余的行、图片和工作表后重试。")
    if any("vbaproject" in member.filename.lower() for member in members):
        raise SheetUnreadable(f"表格 {name} 含有宏。请另存为不含宏的 .xlsx。")
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            with archive.open(member) as file:
                # Excel never writes a document type; entities in one could swell to any size.
                if b"<!DOCTYPE" in file.read(4096).replace(b"\x00", b"").upper():
                    raise SheetUnreadable(f"表格 {name} 含有不允许的 XML 声明。请用 Excel 或 WPS 另存为 .xlsx。")


def _read(path: Path, name: str) -> Sheet:
    from openpyxl import load_workbook

    file = path.open("rb")
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        if name not in book.sheetnames:
            known = "、".join(book.sheetnames) or "无"
            raise SheetUnreadable(
                f"表格 {path.name} 没有工作表“{name}”，现有：{known}。"
                "请用 policy-assistant eval --template 文件.xlsx 生成模板填写。"
            )
        sheet = book[name]
        rows = tuple(_filled(path.name, sheet.iter_rows(max_col=MOST_COLUMNS + 1)))
        # openpyxl keeps merged ranges only where it holds the whole sheet in memory.
        source = sheet._worksheet_path
    finally:
        file.close()
    with zipfile.ZipFile(path) as archive:
        merged = tuple(ref.decode() for ref in _MERGED.findall(archive.read(source)))
    return Sheet(rows, merged)


def _filled(file: str, rows: Iterable[Any]) -> Iterable[tuple[SheetCell, ...]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise SheetUnreadable(f"表格 {file} 超过 {MOST_ROWS} 行（空行也算）。请删去多余的行，或分成几个文件。")
        cells = tuple(_cell(number, at, cell) for at, cell in enumerate(row, start=1) if _is_filled(cell.value))
        if cells and cells[-1].column > MOST_COLUMNS:
            raise SheetUnreadable(f"表格 {file} 第 {number} 行超过 {MOST_COLUMNS} 列。请删去多余的列。")
        if cells:
            yield cells


def _is_filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _cell(row: int, column: int, cell: Any) -> SheetCell:
    value = cell.value
    known = isinstance(value, (str, int, float, date, datetime, time, timedelta))
    return SheetCell(
        row=row,
        column=column,
        value=value if known else str(value),
        formula=cell.data_type == "f",
        broken=cell.data_type == "e",
        percent="%" in str(cell.number_format),
    )
