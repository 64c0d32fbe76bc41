"""An answer in, what its card shows out: the text without what has a block of its own, table, figures, places.

Example: the paragraph “注意：…两处说法不一致…” leaves the text where the card shows the conflict as its own block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind, Citation
from assistant.viewing.figures import Figures, Period, column_figures, computed_figures, row_periods, year_figures
from assistant.viewing.nearest import nearest_places, without_places
from assistant.viewing.result_table import ShownTable, name_column, row_sources, shown_table
from corpus.models import ParsedDocument
from index.models import Hit


@dataclass(frozen=True, slots=True)
class Card:
    """One answer as it is shown.

    ``computed`` are numbers of a computation, ``figures`` those of a column, or of several years in charts by unit.
    """

    answer: Answer
    text: str
    table: ShownTable | None
    computed: Figures | None
    figures: tuple[Figures, ...]
    periods: tuple[Period, ...]
    nearest: tuple[Citation, ...]

    @property
    def is_refusal(self) -> bool:
        """Return whether the documents do not support an answer."""
        return self.answer.kind is AnswerKind.REFUSAL and not self.answer.citations

    @property
    def is_correction(self) -> bool:
        """Return whether the documents contradict the question: what they state instead is cited."""
        return self.answer.kind is AnswerKind.REFUSAL and bool(self.answer.citations)

    @property
    def style(self) -> str:
        """Return what the card looks like."""
        return "correction" if self.is_correction else self.answer.kind.value

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the documents lack; a correction has said already what does not agree with them."""
        said = self.answer.answer if self.is_correction else ""
        return tuple(part for part in self.answer.missing if f"“{part}”" not in said)

    def tells(self, figures: Figures) -> bool:
        """Return whether the answer's own words state every one of ``figures``: they are what was asked for."""
        return all(f"{one.value:f}" in self.answer.answer for one in figures.figures)

    @property
    def tells_periods(self) -> bool:
        """Return whether the answer's own words state every one of ``periods``."""
        return bool(self.periods) and all(one.written in self.answer.answer for one in self.periods)

    @property
    def row_sources(self) -> tuple[int, ...]:
        """Return the citation of each row of the table; empty where they are not one a row."""
        return row_sources(self.answer)

    @property
    def name_column(self) -> int:
        """Return which column of the table names its rows."""
        return name_column(self.answer.table) if self.answer.table is not None else 0

    @property
    def marks(self) -> set[int]:
        """Return the numbers of the citations."""
        return {citation.index for citation in self.answer.citations}

    @property
    def standalone(self) -> str:
        """Return the question as understood where it differs from what was asked, else nothing."""
        understood = self.answer.standalone.strip()
        return "" if understood == self.answer.question.strip() else understood


def make_card(answer: Answer, documents: Sequence[ParsedDocument], hits: Sequence[Hit] = ()) -> Card:
    """Return the card; ``hits`` are what a search for a refused question found."""
    nearest = nearest_places(answer, hits, documents) if answer.kind is AnswerKind.REFUSAL else ()
    text = without_places(answer.answer, nearest)
    table = shown_table(answer)
    computed = computed_figures(answer)
    column = column_figures(table)
    figures = () if computed else (column,) if column else year_figures(table)
    return Card(answer, _without_conflicts(text, answer), table, computed, figures, row_periods(table), nearest)


def _without_conflicts(text: str, answer: Answer) -> str:
    """Leave out the paragraphs that say what the block of conflicts says: each of its values, with their marks."""
    kept = []
    for number, paragraph in enumerate(text.split("\n\n")):
        told = number > 0 and any(
            all(f"[{one.citation}]" in paragraph and one.value in paragraph for one in conflict.statements)
            and conflict.quantity in paragraph
            for conflict in answer.conflicts
        )
        kept += [] if told else [paragraph]
    return "\n\n".join(kept)
