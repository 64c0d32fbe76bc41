"""The answers to one question asked of several tables in, one answer that says them all by table out.

Example: 北京岭秀2020年11月与2021年7月的均价 → “…2020年11月商品房成交价格表：…21246.76。[1]”, then July 2021 with [2].
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind, Calculation, Citation, ResultTable
from assistant.understand.understood import Understood

TABLE_COLUMN = "表"
"""Heads the column that says which table a row is from."""

_MARK = re.compile(r"\[(\d+)\]")


def join_tables(understood: Understood, answers: Sequence[Answer]) -> Answer:
    """Return the answers of each table as one; citations are numbered through."""
    names = [part.tables[0][1].name for part in understood.by_table]
    lines: list[str] = []
    citations: list[Citation] = []
    for name, answer in zip(names, answers, strict=True):
        lines.append(f"- {name}：{_shift(answer.answer, len(citations))}")
        citations += [replace(c, index=c.index + len(citations)) for c in answer.citations]
    head = f"分别见{len(answers)}张表。" + "".join(f"[{citation.index}]" for citation in citations)
    return Answer(
        question=understood.asked,
        standalone=understood.standalone,
        kind=AnswerKind.LOOKUP,
        answer="\n".join((head, "", *lines)),
        citations=tuple(citations),
        table=join_grids(TABLE_COLUMN, names, [answer.table for answer in answers]),
        calculation=join_calculations(names, [answer.calculation for answer in answers]),
    )


def _shift(text: str, by: int) -> str:
    return _MARK.sub(lambda mark: f"[{int(mark[1]) + by}]", text)


def join_grids(head: str, names: Sequence[str], tables: Sequence[ResultTable | None]) -> ResultTable | None:
    """Return the columns that all tables share, each row behind its table's name; None where one is lacking."""
    shown = [(name, table) for name, table in zip(names, tables, strict=True) if table is not None]
    shared = [c for c in (shown[0][1].columns if shown else ()) if all(c in table.columns for _, table in shown)]
    if not shared or len(shown) < len(names):
        return None
    rows = [
        (name, *(row[table.columns.index(column)] for column in shared)) for name, table in shown for row in table.rows
    ]
    return ResultTable((head, *shared), tuple(rows))


def join_calculations(names: Sequence[str], calculations: Sequence[Calculation | None]) -> Calculation | None:
    """Return the calculations as one, each expression behind its name; None where there is none."""
    made = [(name, one) for name, one in zip(names, calculations, strict=True) if one is not None]
    expression = "；".join(f"{name}：{one.expression}" for name, one in made)
    return Calculation(expression, ";\n".join(one.sql for _, one in made)) if made else None
