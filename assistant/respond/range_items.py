"""A question that states a figure and items of a clause that are ranges in, the answer of the one it falls in out.

Example: 92岁老人每月领多少高龄津贴, of （一）80至89周岁的…；（二）90至99周岁的… → the second item.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.models import Answer, AnswerKind
from assistant.understand.range_rows import Range, falls_in, range_of, states_figure
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.models import Clause, ParsedDocument, Span
from corpus.numerals import find_quantities
from index.search import FEW_DOCUMENTS

_NOW = re.compile(r"(?:今年|现在)(?:已经?|都|刚)?$")
_LEAST, _NEAR, _REMEMBERED = 2, 2, 64


@dataclass(frozen=True, slots=True)
class _Item:
    """An item and the range that it begins with."""

    clause: Clause
    range: Range


class RangeItems:
    """Answers from items of clauses that begin with ranges of one measure."""

    def __init__(self, units: Units, ask: Callable[[Understood, str], Answer]) -> None:
        """Take what answers a text, put to the documents that a question is put to."""
        self._units, self._ask = units, ask
        self._items = lru_cache(maxsize=_REMEMBERED)(_read_items)

    def answer(self, understood: Understood) -> Answer | None:
        """Return what the item tells whose range the figure falls in, asked by that range; None where none answers so.

        The item must be what answers: a range of another measure in the same unit is none.
        """
        text = understood.standalone
        stated = [(one, span) for one, span in find_quantities(text) if states_figure(one)]
        for document in understood.documents if stated and len(understood.documents) <= FEW_DOCUMENTS else ():
            for items in self._items(document):
                for quantity, span in stated:
                    fitting = [one for one in items if falls_in(quantity, one.range, self._units)]
                    if len(fitting) == 1 and (found := self._of_item(understood, document, fitting[0], span)):
                        return found
        return None

    def _of_item(self, understood: Understood, document: ParsedDocument, item: _Item, span: Span) -> Answer | None:
        said, text = item.range.name, understood.standalone
        if said in text:
            return None
        answer = self._ask(understood, _NOW.sub("", text[: span.start]) + said + text[span.end :])
        if answer.kind is not AnswerKind.PASSAGE or not answer.citations:
            return None
        first, place = answer.citations[0], item.clause.span
        if first.document_id != document.info.id or not place.start <= first.start < place.end:
            return None
        return replace(
            answer,
            question=understood.asked,
            standalone=text,
            answer=f"{answer.answer}\n\n“{span.of(text)}”按“{said}”理解。",
        )


def _read_items(document: ParsedDocument) -> tuple[tuple[_Item, ...], ...]:
    """Return the items that begin with ranges, of each clause that has two of them or more."""
    found: dict[str, list[_Item]] = defaultdict(list)
    for clause in document.clauses:
        for item in _begins_with_range(document, clause):
            found[clause.parent or ""].append(item)
    return tuple(tuple(items) for items in found.values() if len(items) >= _LEAST)


def _begins_with_range(document: ParsedDocument, clause: Clause) -> Iterator[_Item]:
    said = clause.span.of(document.text)
    first = next(find_quantities(said[len(clause.label) :]), None)
    if first is None or not clause.label or first[1].start > _NEAR:
        return
    words = first[1].of(said[len(clause.label) :])
    if (one := range_of(words, "")) is not None:
        yield _Item(clause, one)
