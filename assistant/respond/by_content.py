"""A question about a row that it names by what a cell of it says in, the row and the question with its name out.

Example: 敖勒召其镇市政污水那个项目投多少钱 → the only row of which a cell says all these words, asked for by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.models import Answer, AnswerKind
from assistant.respond.quoting import in_quotes
from assistant.respond.sentences import split_sentences
from assistant.understand.attributes import Attributes
from assistant.understand.question import Mention, MentionKind, Question
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.folding import fold_once
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Cell, ParsedDocument, Row, Span, Table
from corpus.row_names import cell_text, name_column

_ASKED = frozenset({*AGENCY_ATTRIBUTES, "amount", "period", "place"})


@dataclass(frozen=True, slots=True)
class Saying:
    """A row of which ``cell``, not the one with its ``name``, has a sentence that says all the words of a question."""

    document: ParsedDocument
    table: Table
    row: Row
    cell: Cell
    name: str


class ByContent:
    """Finds rows by what their cells say."""

    def __init__(self, support: Support, attributes: Attributes) -> None:
        self._support, self._attributes = support, attributes

    def rows(self, question: Question, document: ParsedDocument, apart: Sequence[str] = ()) -> Iterator[Saying]:
        """Yield the rows that say every word of the question, in no column that fits an attribute of ``apart``."""
        words = question.words
        if not any(len(word.of(question.key)) > 1 for word in words) or not self._says(question, document.text):
            return
        for table in document.tables:
            names = name_column(table, self._attributes.header_words("name"))
            if names is None:
                continue
            out = {c.number for c in table.columns if any(self._attributes.fits(name, c.name) for name in apart)}
            for row in table.data_rows:
                cells = (cell for cell in row.cells if cell.column not in {names, *out})
                said = next((cell for cell in cells if self._cell_says(question, document, cell)), None)
                if said is not None:
                    yield Saying(document, table, row, said, cell_text(row, names))

    def _cell_says(self, question: Question, document: ParsedDocument, cell: Cell) -> bool:
        sentences = split_sentences(document.text, [cell.span])
        return any(self._says(question, one.of(document.text)) for one in sentences)

    def _says(self, question: Question, text: str) -> bool:
        said = fold_once(text)
        return all(self._support.states(question.key, span, said) for span in question.words)

    def answer(self, understood: Understood, ask: Callable[[str], Answer]) -> Answer | None:
        """Return what ``ask`` answers of the one row that says the words; None where there is not one.

        Only what a row states of itself is asked: who leads it, what it costs, when and where it is.
        """
        question = understood.question
        attributes = set(question.named(MentionKind.ATTRIBUTE))
        if not attributes or not attributes <= _ASKED or question.named(MentionKind.OPERATION) or question.years:
            return None
        found = [one for document in understood.documents for one in self.rows(question, document, sorted(_ASKED))]
        if len(found) != 1:
            return None
        region = Span(min(word.start for word in question.words), max(word.end for word in question.words))
        if any(mention.span.overlaps(region) for mention in _asking(question)):
            return None
        of_it = (m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.name not in AGENCY_ATTRIBUTES)
        if len(question.words) == 1 and any(mention.span.end == region.start for mention in of_it):
            return None  # 资金保障 is one thing, not the 资金 of what says 保障
        one, text = found[0], understood.standalone
        cells = fold_once("\n".join(cell.text for cell in one.row.cells))
        openings = [m.span.end for m in question.mentions if m.kind is MentionKind.FUNCTION]
        for start in (0, *(end for end in openings if end <= region.start)):
            if self._support.states(question.key, Span(start, region.start), cells):
                region = Span(start, region.end)  # the place before it is the row's own: 甲旗乙镇污水项目
                break
        answer = ask(text[: region.start] + one.name + text[region.end :])
        if answer.kind is not AnswerKind.LOOKUP:
            return None
        said = f"“{region.of(text)}”写在{one.table.name}第{one.row.number}行{in_quotes(one.name)}中。"
        return replace(answer, question=understood.asked, answer=f"{answer.answer}\n\n{said}")


def _asking(question: Question) -> Iterator[Mention]:
    return (m for m in question.mentions if m.kind in (MentionKind.ATTRIBUTE, MentionKind.ASK))
