"""A question that no header explains in, the answer of the cells whose row and column explain it out.

Example: 五金的期初账面余额 over a header of two lines → “五金的期初数账面余额是15.70。[1]”

The last route over tables: it answers only where the heads of the cells, the cells beside that the question names and
the caption hold every content word, and the model is sure of each cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, row_evidence, table_address
from assistant.respond.lookup import with_unit
from assistant.understand.cells.link import normal
from assistant.understand.cells.tables import CellFinder, FoundCell
from assistant.understand.question import Question
from assistant.understand.support import Support
from corpus.folding import fold
from corpus.models import ParsedDocument, Table

_SURE = 0.5
_MOST = 12
Place = tuple[ParsedDocument, Table]


class CellAnswers:
    """Answers from cells of tables whose headers were not understood."""

    def __init__(self, support: Support) -> None:
        self._support, self._finder = support, CellFinder()

    def answer(self, question: Question, asked: str, tables: Sequence[Place]) -> Answer | None:
        """Return the cells of the one table that explain the whole question, None where none or several do."""
        if not question.telling:
            return None
        explaining = [
            (place, found)
            for place in tables
            if self._supports(question, _whole(place)) and (found := self._find(question, place))
        ]
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
        """Return the cells found where each is sure, holds something, and they explain the question together."""
        found = self._finder.find(question.text, place[1])
        sure = all(cell.chance >= _SURE and cell.cell.text.strip() for cell in found)
        said = [text for cell in found for text in (*cell.row_heads, *cell.column_heads, *cell.named)]
        context = "\n".join((*said, *_called(place)))
        return found if found and len(found) <= _MOST and sure and self._supports(question, context) else ()

    def _supports(self, question: Question, context: str) -> bool:
        key, folded, same = question.key, fold(context), normal(context)
        words = (self._support.holds(key, span, folded) or normal(span.of(key)) in same for span in question.words)
        return all(year in context for year in question.years) and all(words)


def _evidence(document: ParsedDocument, table: Table, found: FoundCell) -> Evidence:
    """Return the row up to the cell, addressed by the heads of the cell: its column may carry no header."""
    evidence = row_evidence(document, table, found.row, (found.cell.column,))
    return replace(evidence, locator=table_address(document, table, found.row, _label(found)))


def _called(place: Place) -> tuple[str, ...]:
    document, table = place
    return (document.info.title, table.name, table.caption, *table.path)


def _whole(place: Place) -> str:
    cells = (cell.text for row in place[1].rows for cell in row.cells)
    return "\n".join((*_called(place), *(column.name for column in place[1].columns), *cells))


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
