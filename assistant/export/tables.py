"""An answer with a table in, a spreadsheet of it with its sources out.

Example: 水利局牵头的项目有哪些 → nine rows and a total on “结果”, nine quotes with their places on “来源”.
Of sums by agency “结果” holds the sums and their total, “明细” the rows that were summed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.models import Answer
from assistant.viewing.figures import Figures, computed_figures
from assistant.viewing.result_table import ShownTable, plain_number, shown_table

SOURCE_HEADER = ("序号", "文件", "文件状态", "位置", "引文")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60


def answer_xlsx(answer: Answer) -> bytes:
    """Return a workbook: result, sources, the rows behind sums where there are sums, and the question."""
    book = Workbook()
    results = book.active
    assert results is not None
    results.title = "结果"
    table, sums = shown_table(answer), computed_figures(answer)
    rows, has_total = _table_rows(table) if table else [], bool(table and table.has_total)
    if sums:
        _fill(results, _sum_rows(sums), bold_last=sums.total is not None)
    else:
        _fill(results, rows, bold_last=has_total)
    _fill(book.create_sheet("来源"), [SOURCE_HEADER, *_source_rows(answer)])
    if sums and rows:
        _fill(book.create_sheet("明细"), rows, bold_last=has_total)
    _fill(book.create_sheet("问题"), list(_question_rows(answer)))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answer_csv(answer: Answer) -> bytes:
    """Return sums and rows as comma-separated text that spreadsheets read as UTF-8, the sources below them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    table, sums = shown_table(answer), computed_figures(answer)
    rows: list[Sequence[str]] = [*_sum_rows(sums), ()] if sums else []
    rows += [*(_table_rows(table) if table else []), (), SOURCE_HEADER, *_source_rows(answer)]
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _sum_rows(sums: Figures) -> list[Sequence[str]]:
    head = ("名称", f"数值（{sums.unit}）" if sums.unit else "数值")
    rows: list[Sequence[str]] = [head, *((one.label, f"{one.value:f}") for one in sums.figures)]
    return rows if sums.total is None else [*rows, ("合计", f"{sums.total:f}")]


def _table_rows(table: ShownTable) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [[column.title for column in table.columns], *table.rows]
    if table.has_total:
        totals = [column.total for column in table.columns]
        rows.append(["合计" if number == 0 and not one else one for number, one in enumerate(totals)])
    return rows


def _source_rows(answer: Answer) -> list[Sequence[str]]:
    return [(str(c.index), f"《{c.document}》", c.status, c.locator, c.quote) for c in answer.citations]


def _question_rows(answer: Answer) -> Iterator[Sequence[str]]:
    yield "问题", answer.question
    yield "理解为", answer.standalone
    yield "答案", answer.answer
    if answer.calculation:
        yield "计算式", answer.calculation.expression
        yield "查询语句", answer.calculation.sql


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]], bold_last: bool = False) -> None:
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            value = plain_number(text)
            cell.value = _UNPRINTABLE.sub("", text) if value is None else value
            if value is None:
                cell.data_type = "s"  # a text that begins with “=” is no formula
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=number == 1 or (bold_last and number == len(rows)))
    for column in range(1, max((len(row) for row in rows), default=0) + 1):
        longest = max((len(row[column - 1]) for row in rows if len(row) >= column), default=8)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest * 2 + 2, 8), WIDEST)
    sheet.freeze_panes = "A2"


def _harmless(text: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and plain_number(text) is None else text
