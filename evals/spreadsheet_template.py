"""The columns of the question sheet in, an empty spreadsheet with drop-downs, examples and instructions out.

Example: ``policy-assistant eval --template 题目.xlsx`` 写出模板，在“题目”表里一行填一题。
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import describe_os_error
from evals.errors import OutputUnwritable
from evals.sheet_columns import COLUMNS, EXAMPLE_SHEET, HELP_SHEET, QUESTION_SHEET
from evals.sheet_file import MOST_ROWS, column_letter

EXAMPLES = Path(__file__).parent / "sheet_examples.toml"
_HEAD = "D9E6F2"
_NEEDED = "F6D9D5"
_INTRODUCTION = (
    ("怎样填写", "在“题目”表里一行填一题；红底的列必须填写，其余按题目需要填写，至少写明一种怎样才算答对。"),
    ("怎样评测", "policy-assistant eval --questions 这个文件；有错时会指出是第几行哪一列，全部改好后才开始评测。"),
    ("不要", "不要合并单元格，不要用公式，不要改列名。列的先后可以调整，用不到的列可以删去。"),
)


def load_examples(path: Path = EXAMPLES) -> tuple[Mapping[str, str], ...]:
    """Return one example question for each category, by header."""
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["example"])


def write_template(path: Path) -> None:
    """Write the template; a file that is already there is never overwritten, because it may hold questions.

    Raises:
        OutputUnwritable: The file exists, is not to be named .xlsx, or cannot be written.
    """
    from openpyxl import Workbook

    if path.suffix.lower() != ".xlsx":
        raise OutputUnwritable(f"模板要存为 .xlsx 文件，而不是“{path.name}”。")
    if path.exists():
        raise OutputUnwritable(f"{path} 已经存在，其中可能有填好的题目。请换一个文件名。")
    book = Workbook()
    questions = book.active
    questions.title = QUESTION_SHEET
    _write_head(questions)
    _add_choices(questions)
    examples = book.create_sheet(EXAMPLE_SHEET)
    _write_head(examples)
    for example in load_examples():
        examples.append([example.get(column.header, "") for column in COLUMNS])
    _wrap(examples)
    _write_help(book.create_sheet(HELP_SHEET))
    try:
        book.save(path)
    except OSError as error:
        raise OutputUnwritable(f"模板无法写到 {path}：{describe_os_error(error)}。") from error


def _write_head(sheet: Any) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    sheet.append([column.header for column in COLUMNS])
    sheet.freeze_panes = "C2"
    for number, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row=1, column=number)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color=_NEEDED if column.required else _HEAD)
        cell.comment = Comment(column.help, QUESTION_SHEET)
        dimension = sheet.column_dimensions[column_letter(number)]
        dimension.width = column.width
        # Text, so that Excel makes no date of 1-2 and no fraction of 35%.
        dimension.number_format = "@"


def _add_choices(sheet: Any) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(COLUMNS, start=1):
        if column.choices:
            choices = DataValidation(
                type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=not column.required
            )
            choices.errorTitle, choices.error = column.header, f"可选：{'、'.join(column.choices)}"
            choices.showErrorMessage = True
            choices.add(f"{column_letter(number)}2:{column_letter(number)}{MOST_ROWS}")
            sheet.add_data_validation(choices)


def _write_help(sheet: Any) -> None:
    from openpyxl.styles import Font

    rows: list[Sequence[str]] = [*_INTRODUCTION, (), ("列名", "怎样填写", "必填", "可选")]
    rows += [(c.header, c.help, "是" if c.required else "", "、".join(c.choices)) for c in COLUMNS]
    rows += [(), ("类别", "例题", "怎样才算答对", "依据")]
    for example in load_examples():
        right = [
            f"{name}：{words}" for name, words in example.items() if name.startswith(("应", "首", "不应", "缺", "是否"))
        ]
        proof = [f"{name}：{words}" for name, words in example.items() if name.startswith("依据")]
        asked = " → ".join(filter(None, (example.get("之前的问题", ""), example["问题"])))
        rows.append((example["类别"], asked, "\n".join(right), "\n".join(proof)))
    for row in rows:
        sheet.append(list(row))
        if row and row[0] in ("列名", "类别"):
            for cell in sheet[sheet.max_row]:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (14, 64, 40, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    _wrap(sheet)


def _wrap(sheet: Any) -> None:
    from openpyxl.styles import Alignment

    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
