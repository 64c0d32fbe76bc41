"""The columns of an office's question sheet: a header in, where its cells go and how they are read out.

Example: the column “应含数值” fills ``expected.values``; its cell “8.9亿元” becomes ``{"number": "8.9", …}``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evals import sheet_cells as cells
from evals.case_names import ALL, ANY, CATEGORY_NAMES, KIND_NAMES, NO, YES

QUESTION_SHEET = "题目"
EXAMPLE_SHEET = "示例"
HELP_SHEET = "填写说明"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column.

    Attributes:
        header: Its name in the first row.
        path: Where its cells go; parts of ``evidence`` are collected.
        read: How a cell's text is read.
        help: What to write there, for the person who fills it in.
        choices: What the drop-down offers; empty: anything.
        required: Whether each question needs it.
        width: How wide the template shows it, in characters.
    """

    header: str
    path: tuple[str, ...]
    read: Callable[[str], cells.Part]
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False
    width: int = 16


_CATEGORIES = tuple(CATEGORY_NAMES.values())
_LIST = "多项用分号或换行隔开"
COLUMNS = (
    SheetColumn("题号", ("id",), cells.read_text, "每题不同，例如 办-001。", required=True, width=10),
    SheetColumn("问题", ("question",), cells.read_text, "照用户会问的话写。", required=True, width=40),
    SheetColumn("之前的问题", ("history",), cells.read_lines, "追问之前问过的话，一行一句，先问的在上。", width=28),
    SheetColumn("类别", ("category",), cells.read_category, "这道题考什么。", _CATEGORIES, True, 10),
    SheetColumn(
        "应答方式",
        ("expected", "kind"),
        cells.read_kinds,
        "不写：无依据、错误前提应拒答，其余应回答。",
        tuple(KIND_NAMES),
        width=10,
    ),
    SheetColumn(
        "应含词语",
        ("expected", "phrases"),
        cells.read_phrases,
        f"答案里必须有的词语；{_LIST}；一项的几种写法用 | 隔开。",
        width=26,
    ),
    SheetColumn("首句应含", ("expected", "first"), cells.read_phrases, "答案第一句里必须有的词语；写法同上。"),
    SheetColumn("不应出现", ("expected", "forbidden"), cells.read_items, f"答案里不能有的词语；{_LIST}。"),
    SheetColumn(
        "应含数值",
        ("expected", "values"),
        cells.read_values,
        f"数和单位，例如 8.9亿元；{_LIST}；四舍五入的几种写法用 | 隔开。",
    ),
    SheetColumn(
        "应列名称", ("expected", "set"), cells.read_items, f"清单题应列出的全部名称，不多不少；{_LIST}。", width=30
    ),
    SheetColumn(
        "名称所在表", ("expected", "set_of", "table"), cells.read_text, "这些名称出自哪张表；写了才能查出多列的名称。"
    ),
    SheetColumn(
        "名称所在列", ("expected", "set_of", "column"), cells.read_text, "出自那张表的哪一列；与上一列同时写。"
    ),
    SheetColumn("应列数目", ("expected", "count"), cells.read_whole, "答案应说的“共 N 项”。", width=10),
    SheetColumn("缺少的内容", ("expected", "missing"), cells.read_phrases, "拒答时应指明缺什么；写法同“应含词语”。"),
    SheetColumn(
        "是否不一致",
        ("expected", "conflict"),
        cells.read_yes,
        "是：应指出几处说法不一致；否：不应误报。",
        (YES, NO),
        width=11,
    ),
    SheetColumn("依据引文", ("evidence", "quote"), cells.read_lines, "文件中的原话，一行一处，一字不差。", width=34),
    SheetColumn(
        "依据条款", ("evidence", "clause"), cells.read_items, f"条款编号，例如 三、（一）2. 或 第三条；{_LIST}。"
    ),
    SheetColumn(
        "依据表格",
        ("evidence", "table"),
        cells.read_places,
        f"表名 第3行 列名；列名可不写；行号可写 第3、5行；{_LIST}。",
        width=26,
    ),
    SheetColumn(
        "依据文件", ("evidence", "document"), cells.read_text, "依据在哪个文件：编号或标题；只有一个文件时不写。"
    ),
    SheetColumn(
        "依据要求",
        ("evidence_mode",),
        cells.read_mode,
        "几处依据要全部引用，还是任一处即可；不写为全部。",
        (ALL, ANY),
        width=10,
    ),
    SheetColumn("必答", ("must",), cells.read_yes, "是：这道题一旦答错，评测不通过。", (YES, NO), width=8),
    SheetColumn("备注", ("note",), cells.read_text, "给自己看的话。", width=24),
)
BY_HEADER = {column.header: column for column in COLUMNS}
