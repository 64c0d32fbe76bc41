"""A question for an amount of something done in, the rows whose cells state that amount behind its very words out.

Example: 新建淤地坝多少座 → the row whose 建设内容 says 新建淤地坝147座, beside the row that is called 淤地坝建设项目.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.understand.entities import Entity
from assistant.understand.plan import LookupPlan
from assistant.understand.question import Question
from assistant.understand.row_details import Target
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Row, Table
from corpus.row_names import cell_text, name_column
from corpus.units import UNIT

_ASKED = re.compile(
    rf"(?P<what>[\u4e00-\u9fffa-z0-9“”（）()+-]{{4,20}}?)(?:一共|总共|合计|共|计划|要|将|会|有|是|达)*(?:多少|几)(?:万亿|亿|万)?(?P<unit>{UNIT})"
    r"[？?。呢呀啊]*"
)
_FIGURE = r"(?:面积|规模|总数|数量)?(?:一共|总共|合计|共|约|达到?|到)*\d[\d,.]*(?:万亿|亿|万)?"
_SENTENCE_END = re.compile(r"[。；;\n]|$")
_MOST = 6

Tables = Sequence[tuple[ParsedDocument, Table]]


def rows_that_state(question: Question, tables: Tables, name_words: Sequence[str]) -> tuple[Target, ...]:
    """Return the cells of ``tables`` that state the amount asked for, each from the words to their sentence's end.

    Empty where none is asked for, or where so many rows state one that no single thing can be meant.
    """
    asked = _ASKED.fullmatch(question.key)
    if asked is None:
        return ()
    said = re.compile(rf"{re.escape(asked['what'])}{_FIGURE}{re.escape(asked['unit'])}")
    found = tuple(
        Target(Entity(name, fold(name), document, table=table, row=row), (column,), (stated,))
        for document, table in tables
        for row in table.data_rows
        for name in (cell_text(row, name_column(table, name_words) or 0),)
        for column, stated in _stated(said, table, row)
    )
    return found if len(found) <= _MOST else ()


def beside_named(plan: LookupPlan, stating: Sequence[Target]) -> LookupPlan:
    """Return a plan that rests on words of cells with the rows that state the amount before it; else as it is."""
    known = {(target.entity.document.info.id, target.entity.span) for target in plan.targets}
    others = [target for target in stating if (target.entity.document.info.id, target.entity.span) not in known]
    if not others or not all(target.details for target in plan.targets):
        return plan
    return replace(plan, targets=(*others, *plan.targets))


def only_stated(question: Question, stating: Sequence[Target]) -> LookupPlan:
    """Return the plan of the rows that state the amount, where the question names none."""
    return LookupPlan(question, tuple(stating), question.text.rstrip("？?。"), (), tuple(t.entity for t in stating))


def _stated(said: re.Pattern[str], table: Table, row: Row) -> Iterator[tuple[int, str]]:
    """Yield the columns of text that state it, with the folded words from there to the end of the sentence."""
    for column in (column.number for column in table.columns if column.kind is ColumnKind.TEXT):
        key = fold(cell_text(row, column))
        if match := said.search(key):
            end = _SENTENCE_END.search(key, match.end())
            yield column, key[match.start() : end.start() if end else len(key)]
