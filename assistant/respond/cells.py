"""A question on a table that is no list under one header in, the answer of the cells that explain all of it out.

Example: 五金的期初账面余额 over a header of two lines → “五金的期初数账面余额是15.70。[1]”

Such tables are pairs (品牌 | 青山), or stand under several lines of heads. An answer is given only where the heads of
the cells, the cells beside that the question names and the caption hold every word of content, attribute and
operation, and the model is sure of each cell. All pairs of a table speak of one thing, which any of them may name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, row_evidence, table_address
from assistant.respond.lookup import with_unit
from assistant.understand.attributes import Attributes
from assistant.understand.cells.link import normal
from assistant.understand.cells.score import ASKING
from assistant.understand.cells.tables import MOST_ROWS, CellFinder, FoundCell
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.folding import fold
from corpus.models import ParsedDocument, Span, Table

_MOST = 12
_OF_YEAR = re.compile(r"(?:19|20)\d\d年(?!末|初)[\u3400-\u9fff]{2}")
_TO_EXPLAIN = (MentionKind.ATTRIBUTE, MentionKind.OPERATION)
Place = tuple[ParsedDocument, Table]


class CellAnswers:
    """Answers from cells of tables whose headers were not understood."""

    def __init__(self, support: Support, attributes: Attributes) -> None:
        self._support, self._attributes, self._finder = support, attributes, CellFinder()
        self._texts: dict[str, tuple[str, str]] = {}

    def are_unusual(self, tables: Iterable[Table]) -> bool:
        """Return whether there are ``tables`` and the first line of none is all that heads its columns."""
        plain = [self._finder.has_plain_header(table) or self._names_columns(table) for table in tables]
        return bool(plain) and not any(plain)

    def _names_columns(self, table: Table) -> bool:
        """Return whether two neighbours of the first line head columns: 姓名 | 职务; of pairs every other cell does.

        So do 2024年水质类别 | 2025年目标, but not 2024年 | 2025年, which may head lines of heads.
        """
        known = [
            bool(column.header) and (self._attributes.names_column(column.name) or bool(_OF_YEAR.match(column.name)))
            for column in table.columns
        ]
        return any(first and second for first, second in pairwise(known))

    def answer(self, question: Question, asked: str, tables: Sequence[Place]) -> Answer | None:
        """Return the cells of the one unusual table that explain the whole question; None where none or several do."""
        short = (place for place in tables if len(place[1].rows) <= MOST_ROWS)
        # Reading the words is cheap, reading the layout of thousands of tables is not.
        named = [place for place in short if self._supports(question, *self._text(place))]
        named = [place for place in named if self.are_unusual(place[1:])]
        explaining = [(place, found) for place in named if (found := self._find(question, place))]
        if len(explaining) != 1:
            return None
        (document, table), found = explaining[0]
        evidence = [_evidence(document, table, cell) for cell in found]
        return Answer(
            question=asked,
            standalone=question.text,
            kind=AnswerKind.LOOKUP,
            answer=_word(table, found),
            citations=cite(evidence),
        )

    def _find(self, question: Question, place: Place) -> tuple[FoundCell, ...]:
        """Return the cells found where each holds something and they explain the question together."""
        found = self._finder.find(question.text, place[1])
        filled = all(cell.cell.text.strip() for cell in found)
        said = [text for cell in found for text in (*cell.row_heads, *cell.column_heads, *cell.named)]
        context = "\n".join((*said, *_called(place)))
        texts = self._text(place) if all(cell.is_pair for cell in found) else (fold(context), normal(context))
        return found if found and len(found) <= _MOST and filled and self._supports(question, *texts) else ()

    def _text(self, place: Place) -> tuple[str, str]:
        """Return all that a table says and is called, folded and normal; made once."""
        table = place[1]
        if table.id not in self._texts:
            cells = (cell.text for row in table.rows for cell in row.cells)
            text = "\n".join((*_called(place), *(column.name for column in table.columns), *cells))
            self._texts[table.id] = fold(text), normal(text)
        return self._texts[table.id]

    def _supports(self, question: Question, folded: str, same: str) -> bool:
        """Return whether a context, ``folded`` and normal, holds all that the question says."""
        key = question.key
        marked = (mention.span for mention in question.mentions if mention.kind in _TO_EXPLAIN)
        spans = (*question.words, *(span for span in marked if not ASKING.search(span.of(key))))
        words = (self._support.holds(key, span, folded) or normal(span.of(key)) in same for span in spans)
        return bool(spans) and all(words) and all(year in folded for year in question.years)


def _evidence(document: ParsedDocument, table: Table, found: FoundCell) -> Evidence:
    """Return the line up to the cell, addressed by the heads of the cell: its column may carry no header."""
    locator = table_address(document, table, found.row, _label(found))
    if found.row is None:
        start = min(span.start for column in table.columns for span in column.header)
        return Evidence(document, Span(start, found.cell.span.end), table.path, locator)
    return replace(row_evidence(document, table, found.row, (found.cell.column,)), locator=locator)


def _called(place: Place) -> tuple[str, ...]:
    document, table = place
    return (document.info.title, table.name, table.caption, *table.path)


def _word(table: Table, found: Sequence[FoundCell]) -> str:
    said = [f"{_label(cell)}是{with_unit(cell.cell.text, table, cell.cell)}" for cell in found]
    marks = "".join(f"[{number}]" for number in range(1, len(found) + 1))
    return f"{'；'.join(said)}。{marks}"


def _label(cell: FoundCell) -> str:
    """Return what a cell is called: 五金的期初数账面余额; a head that repeats another one is said once."""
    sides = [
        "".join(dict.fromkeys(text.strip("：: ") for text in heads)) for heads in (cell.row_heads, cell.column_heads)
    ]
    return "的".join(side for side in sides if side) or "、".join(cell.named)
