"""A parsed document in, readable Chinese text for a person's judgement out: tree, grids, check.

Example: the tree shows “　（一）强化荒漠化防治提质增效行动　349 字” under “三、主要任务”.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from corpus.models import Cell, Clause, ParsedDocument, Quantity, QuantityForm, Row, RowKind, Severity, Table
from corpus.parse import Failure

_MARKS = {Severity.OK: "✓", Severity.NOTE: "·", Severity.WARNING: "！"}
_WIDEST = 36


def render_tree(document: ParsedDocument) -> str:
    """Return the clause tree, a line a clause: address, size of its own text, fields and tables."""
    lines = [_title_line(document)]
    tables: dict[str, list[Table]] = {}
    for table in document.tables:
        tables.setdefault(table.clause, []).append(table)
    for clause in document.clauses:
        indent = "　" * (len(clause.path) - 1)
        lines.append(f"{indent}{_clause_line(document, clause)}")
        for one in tables.get(clause.id, []):
            lines.append(f"{indent}　　〔{one.name}〕{len(one.data_rows)} 行 × {len(one.columns)} 列")
    return "\n".join(lines) + "\n"


def render_tables(document: ParsedDocument) -> str:
    """Return every table as a grid with its columns' units and kinds."""
    if not document.tables:
        return f"{_title_line(document)}\n没有表格。\n"
    return "\n".join([_title_line(document), *(_table_text(table) for table in document.tables)])


def render_check(document: ParsedDocument) -> str:
    """Return counts and remarks: what was found, what agrees, what a person should look at."""
    values = Counter(
        cell.quantity.form for table in document.tables for row in table.rows for cell in row.cells if cell.quantity
    )
    fields = sum(len(clause.fields) for clause in document.clauses)
    lines = [
        _title_line(document),
        f"文字 {len(document.text)} 字；条款 {len(document.clauses)} 个；"
        f"表格 {len(document.tables)} 个；条款字段 {fields} 个",
    ]
    for table in document.tables:
        groups = sum(1 for row in table.rows if row.kind is RowKind.GROUP)
        lines.append(f"{table.name}：{len(table.data_rows)} 行、{len(table.columns)} 列、{groups} 个分组行")
    if values:
        names = {"number": "数值", "range": "区间", "ratio": "比值", "period": "时间", "words": "文字"}
        counts = [f"{names[form.value]} {values[form]}" for form in QuantityForm if values[form]]
        lines.append("表中取值：" + "，".join(counts))
    lines += [f"{_MARKS[remark.severity]} {remark.message}" for remark in document.remarks]
    if not document.remarks:
        lines.append("没有需要留意的地方。")
    return "\n".join(lines) + "\n"


def render_failures(failures: Iterable[Failure]) -> str:
    """Return a line for each file that could not be read: which, why, and what to do; empty if there is none."""
    return "".join(f"{_MARKS[Severity.WARNING]} 未读取：{one.message}\n" for one in failures)


def _title_line(document: ParsedDocument) -> str:
    info = document.info
    known = [info.status, info.number, info.issuer, info.date]
    notes = "；".join(note for note in known if note)
    return f"《{info.title}》{f'（{notes}）' if notes else ''}  [{info.id}]"


def _clause_line(document: ParsedDocument, clause: Clause) -> str:
    size = sum(len(re.sub(r"\s", "", span.of(document.text))) for span in clause.own)
    address = clause.path[-1]
    if clause.heading and clause.heading not in address:
        address = f"{address} {clause.heading}"
    fields = "；".join(f"{field.name}＝{'、'.join(value.text for value in field.values)}" for field in clause.fields)
    return f"{address}　{size} 字" + (f"　〔{fields}〕" if fields else "")


def _table_text(table: Table) -> str:
    place = " ".join(table.path)
    head = [f"\n〔{table.name}〕{table.caption}", f"位置：{place}；{len(table.data_rows)} 行"]
    names = ["行", *(f"{column.name}（{column.unit}）" if column.unit else column.name for column in table.columns)]
    body = [_row_texts(table, row) for row in table.rows if row.kind is not RowKind.GROUP]
    widths = [max(_width(row[n]) for row in [names, *body]) for n in range(len(names))]
    lines = [*head, _joined(names, widths), "-" * (sum(widths) + 3 * (len(widths) - 1))]
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            group = row.groups[-1]
            lines.append(f"{'　' * group.level}【{group.label}】{group.name}")
        else:
            lines.append(_joined(_row_texts(table, row), widths))
    return "\n".join(lines) + "\n"


def _row_texts(table: Table, row: Row) -> list[str]:
    texts = [""] * len(table.columns)
    for cell in row.cells:
        if cell.column < len(texts):
            texts[cell.column] = _cell_text(cell)
    return [str(row.number) if row.kind is RowKind.DATA else "Σ", *texts]


def _cell_text(cell: Cell) -> str:
    words = f"〃{cell.text}" if cell.carried else cell.text
    value = _value_text(cell.quantity) if cell.quantity else ""
    return _cut(words) + (f" {value}" if value else "")


def _value_text(quantity: Quantity) -> str:
    """Return how a value was typed where its cell does not say so itself: sign, scale, unit."""
    if quantity.form is QuantityForm.WORDS:
        return "〈文字〉"
    unit = quantity.scale + quantity.unit
    return "" if not unit or unit in quantity.text or quantity.form is QuantityForm.PERIOD else f"〈{unit}〉"


def _cut(words: str) -> str:
    if _width(words) <= _WIDEST:
        return words
    while _width(words) > _WIDEST - 1:
        words = words[:-1]
    return words + "…"


def _width(words: str) -> int:
    """Return the columns that words take on a terminal, two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in words)


def _joined(texts: list[str], widths: list[int]) -> str:
    padded = [text + " " * (width - _width(text)) for text, width in zip(texts, widths, strict=True)]
    return " | ".join(padded).rstrip()
