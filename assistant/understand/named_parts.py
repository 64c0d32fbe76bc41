"""A question and a table in, the conditions that parts of its rows' names set out, and rows taken out by name.

Example: of the words 盐碱化治理 two names hold → rows whose name holds it; 除甲工程外 → all rows but 甲工程.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.understand.attributes import Attributes
from assistant.understand.group_words import calls_group
from assistant.understand.negations import excluding_span, limiting_words
from assistant.understand.query import Condition
from assistant.understand.question import Question
from assistant.understand.table_frame import stem_of, without_brackets
from corpus.folding import fold
from corpus.models import Span, Table
from corpus.row_names import cell_text, name_column

_LESS = re.compile(r"扣|剔除|去掉|刨去|排除")
_EACH_ROW = r"(?:每一?[个项家]?|各[个项]?|所有的?|全部的?)"
_SHORTEST_NAME = 3
_SEVERAL = 2
_NOUN = 2


def excepted_rows(question: Question, table: Table, attributes: Attributes) -> tuple[Condition, tuple[Span, ...]]:
    """Return the condition that leaves out rows named behind 除 or 不算, with where they stand (none: no span)."""
    column = name_column(table, attributes.header_words("name")) or 0
    numbers, spans = [], []
    for row in table.data_rows if limiting_words(question.key) or _LESS.search(question.key) else ():
        name = fold(cell_text(row, column))
        for called in dict.fromkeys((name, name.replace("“", "").replace("”", ""))):
            at = question.key.find(called) if len(called) >= _SHORTEST_NAME else -1
            if at >= 0 and (span := excluding_span(question.key, Span(at, at + len(called)))) is not None:
                numbers.append(row.number)
                spans.append(span)
                break
    return Condition(column, rows=tuple(numbers), negated=True), tuple(spans)


def row_names(table: Table, attributes: Attributes) -> tuple[str, ...]:
    """Return the folded names of a table's rows."""
    column = name_column(table, attributes.header_words("name"))
    return tuple(fold(cell_text(row, column)) for row in table.data_rows) if column is not None else ()


def row_noun(table: Table, attributes: Attributes) -> str:
    """Return what the header of the rows' names calls a row, folded: 项目 of 项目名称, 县区 of 县（区）."""
    column = name_column(table, attributes.header_words("name"))
    header = fold(table.columns[column].name) if column is not None else ""
    return without_brackets(header).removesuffix("名称")


def each_row(key: str, table: Table, attributes: Attributes) -> Span | None:
    """Return where a folded question speaks of every row by what rows are called: 各项任务, 所有项目; None for none."""
    called = [noun for noun in (row_noun(table, attributes), stem_of(table)[-_NOUN:]) if len(noun) >= _NOUN]
    match = re.search(f"{_EACH_ROW}(?:{'|'.join(map(re.escape, called))})", key) if called else None
    return Span(*match.span()) if match is not None else None


def rows_by_words(
    question: Question, table: Table, left: Sequence[Span], attributes: Attributes
) -> tuple[tuple[Condition, ...], tuple[Span, ...]]:
    """Return conditions on the rows' names for words that stand in several, with the words.

    What stands in the name of a single row names that row, and is the lookup's to answer.
    """
    # A single character is a part of too many names by chance, unless it is asked for: 名称含水的.
    telling = [s for s in left if s.end - s.start > 1 or question.key[: s.start].endswith(("含", "带", "有"))]
    telling = [s for s in telling if not calls_group(question.key, s, table, attributes)]
    column = name_column(table, attributes.header_words("name")) if telling else None
    if column is None:
        return (), ()
    texts = [cell.text for row in table.data_rows for cell in row.cells if cell.column == column]
    names = {text: fold(text) for text in texts}
    found = tuple(span for span in telling if any(span.of(question.key) in name for name in names.values()))
    if sum(all(span.of(question.key) in names[text] for span in found) for text in texts) < _SEVERAL:
        return (), ()
    return tuple(Condition(column, _as_written(span.of(question.key), names)) for span in found), found


def _as_written(key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return how the names (text → folded) write the folded stretch: ccus → CCUS."""
    starts = {text: name.find(key) for text, name in names.items() if key in name}
    return tuple(dict.fromkeys(text[start : start + len(key)] for text, start in starts.items()))
