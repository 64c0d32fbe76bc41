"""All tables and a question in, the few tables that it may be about out, best first.

Example: 2022年8月南京市秦淮区最便宜的五个小区 → 南京市秦淮区2022年08月商品房成交价格表, out of 4,932 tables.

A table is as good as what it explains of the question: words of its caption and its headers, the month that its
caption states, names and values of its rows. What many tables explain weighs little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from assistant.understand.attributes import Attributes
from assistant.understand.entities import common_blocks
from assistant.understand.months import Month, blank, caption_months, find_months, month_of
from assistant.understand.name_lengths import NameLengths
from assistant.understand.question import MentionKind, Question
from assistant.understand.table_names import named_in
from corpus.cell_values import split_values
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Span, Table

MOST = 8
"""So many tables are looked at in full; where there are no more, a choice is not needed."""

_SHORTEST_NAME, _LONGEST_NAME = 2, 40
_TELLING_NAME = 3
_LEAST_SHARE = 0.5
_OF_CAPTION = 0.5

K = TypeVar("K")
Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_NONE: Numbers = np.array([], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The tables that a question may be about, best first, within ``documents`` (ids; None for all).

    ``each`` says that it names all of them and is asked of each.
    """

    tables: tuple[tuple[ParsedDocument, Table], ...]
    documents: tuple[str, ...] | None = None
    each: bool = False

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Return the ids of the documents and their tables."""
        return tuple((document.info.id, table.id) for document, table in self.tables)

    def alone(self) -> tuple[Shortlist, ...]:
        """Return each table as a list of its own."""
        return tuple(Shortlist((table,), (table[0].info.id,)) for table in self.tables)


@dataclass(frozen=True, slots=True)
class _Clue:
    """Something of the question that tables explain: how much it weighs and which tables explain it."""

    weight: float
    tables: Numbers
    is_telling: bool = True


class TableChoice:
    """An inverted index from words of captions and headers, months and names of rows to tables."""

    def __init__(self, documents: Sequence[ParsedDocument], attributes: Attributes) -> None:
        self._tables = tuple((document, table) for document in documents for table in document.tables)
        self._attributes = attributes
        frames: dict[str, set[int]] = defaultdict(set)
        names: dict[str, set[int]] = defaultdict(set)
        captions: dict[Month, set[int]] = defaultdict(set)
        months: dict[Month, set[int]] = defaultdict(set)
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, (document, table) in enumerate(self._tables):
            key = _frame_key(document, table)
            stated = find_months(key)
            for month in (month for mention in stated for month in mention.months):
                captions[month].add(number)
            key = blank(key, (mention.span for mention in stated))
            for bigram in _bigrams(key):
                frames[bigram].add(number)
            for text in _texts(table):
                if dated := month_of(text):
                    months[dated].add(number)
                elif _SHORTEST_NAME <= len(text) <= _LONGEST_NAME:
                    names[fold(text)].add(number)
            alike[tuple(column.name for column in table.columns)].append(number)
        self._frames, self._names = _frozen(frames), _frozen(names)
        self._lengths = NameLengths(self._names)
        self._captions = _frozen(captions)
        for month, numbers in captions.items():
            months[month] |= numbers
        for month in [month for month in months if month.month]:
            months[Month(month.year)] |= months[month]
        self._months = _frozen(months)
        self._alike = [np.array(numbers) for numbers in alike.values()]
        self._kind = {number: kind for kind, numbers in enumerate(alike.values()) for number in numbers}
        self._headers = [tuple(map(fold, names)) for names in alike]
        self._dated = np.zeros(len(self._tables), dtype=np.bool_)
        self._dated[_union(self._captions.values())] = True
        self._of_document: dict[str, list[int]] = defaultdict(list)
        for number, (document, _) in enumerate(self._tables):
            self._of_document[document.info.id].append(number)

    def choose(self, question: Question, documents: Sequence[str] | None = None) -> Shortlist:
        """Return the tables of ``documents`` (ids; None for all) that explain most of the question."""
        ids = tuple(documents) if documents is not None else None
        within = self._within(ids)
        named = self._called(question, within)
        if question.titles and not named:
            return Shortlist((), ids)  # it names a table that is not here
        if within.sum() <= MOST:
            return Shortlist(tuple(self._tables[number] for number in named or np.flatnonzero(within)), ids)
        clues, months = self._clues(question), self._month_clues(question.key)
        scores = self._score(clues) + np.max([self._score(clues) for clues in months] or [self._score(())], axis=0)
        scores[~within] = -1.0
        best = [int(n) for n in np.argsort(-scores, kind="stable")[:MOST] if scores[n] > 0]
        if not best:
            return Shortlist((), ids)
        several = self._several(best[0], scores, [*clues, *(clue for found in months for clue in found)])
        several.sort(key=lambda number: self._order(number, question.key))
        chosen = several or named[:MOST] or best
        return Shortlist(tuple(self._tables[number] for number in chosen), ids, each=bool(several))

    def _called(self, question: Question, within: npt.NDArray[np.bool_]) -> list[int]:
        """Return the tables that the question calls by their whole names."""
        numbers = np.flatnonzero(within) if question.titles else ()
        return [int(n) for n in numbers if named_in(self._tables[n][1], question.key, question.titles)]

    def _order(self, number: int, key: str) -> tuple[tuple[Month, ...], int]:
        """Return what puts tables named side by side in order: the time of the caption, its place in the question."""
        frame = _frame_key(*self._tables[number])
        longest = max(common_blocks(key, frame), key=lambda block: block.end - block.start, default=Span(0, 0))
        return caption_months(self._tables[number][1]), longest.start

    def _within(self, ids: tuple[str, ...] | None) -> npt.NDArray[np.bool_]:
        if ids is None:
            return np.ones(len(self._tables), dtype=np.bool_)
        within = np.zeros(len(self._tables), dtype=np.bool_)
        within[[number for id_ in ids for number in self._of_document.get(id_, ())]] = True
        return within

    def _clues(self, question: Question) -> list[_Clue]:
        key = question.key
        clues = [self._clue(self._frames[bigram]) for bigram in _bigrams(key) if bigram in self._frames]
        for span, numbers in self._named(key):
            named = self._clue(numbers, span.end - span.start - 1)
            clues.append(replace(named, is_telling=span.end - span.start >= _TELLING_NAME))
        return clues + self._header_clues(question)

    def _month_clues(self, key: str) -> list[list[_Clue]]:
        """Return for each month named the tables whose caption or cells state it.

        A caption with another month makes a table unlikely, unless it is the year of the month that is named.
        """
        asked = sorted({month for mention in find_months(key) for month in mention.months})
        if not asked:
            return []
        others = self._dated.copy()
        for stated, tables in self._captions.items():
            if any(stated.within(m) or m.within(stated) for m in asked):
                others[tables] = False
        unlikely = _Clue(-_idf(len(self._tables), 1), np.flatnonzero(others), is_telling=False)
        found = []
        for month in asked:
            clues = [self._clue(self._months[month])] if month in self._months else []
            # A caption that states the month itself is about it as a whole.
            clues += [self._clue(self._captions[month], _OF_CAPTION)] if month in self._captions else []
            found.append([*clues, unlikely])
        return found

    def _clue(self, tables: Numbers, times: float = 1.0) -> _Clue:
        return _Clue(times * _idf(len(self._tables), len(tables)), tables)

    def _score(self, clues: Iterable[_Clue]) -> Scores:
        scores = np.zeros(len(self._tables))
        for clue in clues:
            scores[clue.tables] += clue.weight
        return scores

    def _named(self, key: str) -> Iterable[tuple[Span, Numbers]]:
        """Yield the names of rows that stand whole in the question, the longest at each place."""
        start = 0
        while start < len(key) - 1:
            for end in (start + length for length in self._lengths.at(key, start)):
                if key[start:end] in self._names:
                    yield Span(start, end), self._names[key[start:end]]
                    start = end
                    break
            else:
                start += 1

    def _header_clues(self, question: Question) -> list[_Clue]:
        """Return a clue for each attribute or header word of the question, with the tables that have such a column."""
        clues = []
        for name in question.named(MentionKind.ATTRIBUTE):
            kinds = [n for n, heads in enumerate(self._headers) if any(self._attributes.fits(name, h) for h in heads)]
            if kinds:
                clues.append(self._clue(_union(self._alike[kind] for kind in kinds), len(name)))
        return clues

    def _several(self, best: int, scores: Scores, clues: Sequence[_Clue]) -> list[int]:
        """Return the tables of the same columns as ``best`` that the question names beside it; empty where none.

        Each of them explains something telling that those before it do not: another place, month or name.
        """
        kind = self._alike[self._kind[best]]
        alike = np.zeros(len(self._tables), dtype=bool)
        alike[kind] = True
        telling = [clue for clue in clues if clue.is_telling and 0 < np.count_nonzero(alike[clue.tables]) < len(kind)]
        likely = kind[scores[kind] >= _LEAST_SHARE * scores[best]]
        found, open_clues = [best], _without(best, telling)
        while open_clues:
            gain = self._score(open_clues)
            more = likely[gain[likely] > 0]
            if not len(more):
                break
            chosen = int(more[np.lexsort((more, -scores[more], -gain[more]))[0]])
            found.append(chosen)
            open_clues = _without(chosen, open_clues)
        return found if len(found) > 1 else []


def _frame_key(document: ParsedDocument, table: Table) -> str:
    headers = (column.name for column in table.columns)
    return fold("\n".join(dict.fromkeys((document.info.title, table.caption, table.name, *table.path, *headers))))


def _texts(table: Table) -> set[str]:
    texts = {column.number for column in table.columns if column.kind is ColumnKind.TEXT}
    cells = (cell for row in table.data_rows for cell in row.cells if cell.column in texts)
    return {text for cell in cells for text in (cell.text, *split_values(cell.text))}


def _bigrams(key: str) -> set[str]:
    return {pair for start in range(len(key) - 1) if (pair := key[start : start + 2]).isalnum()}


def _idf(tables: int, holding: int) -> float:
    return float(np.log(1 + tables / holding) - np.log(2))


def _without(table: int, clues: Iterable[_Clue]) -> list[_Clue]:
    """Return the clues that ``table`` does not explain; the tables of a clue are in order."""
    held = ((clue, int(np.searchsorted(clue.tables, table))) for clue in clues)
    return [clue for clue, at in held if at == len(clue.tables) or clue.tables[at] != table]


def _union(postings: Iterable[Numbers]) -> Numbers:
    found = [*postings]
    return np.unique(np.concatenate(found)) if found else _NONE


def _frozen(postings: Mapping[K, set[int]]) -> dict[K, Numbers]:
    return {key: np.array(sorted(numbers), dtype=np.int64) for key, numbers in postings.items()}
