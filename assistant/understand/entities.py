"""Parsed documents in, everything a question can name with attributes of its own out: table rows and headed clauses.

Example: “十大孔兑项目” names two rows, 黄河内蒙古段十大孔兑综合治理项目 and 晋陕蒙砒砂岩区十大孔兑沙棘生态减沙工程.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from assistant.understand.bases import names_only_the_basis
from assistant.understand.lexicon import Word
from corpus.folding import fold
from corpus.models import Clause, ParsedDocument, Row, Span, Table
from corpus.numerals import is_range, is_unit
from corpus.row_names import cell_text, name_column

_CANDIDATES = 200
_LETTERS = re.compile("[a-z]{2}")
_SHORTEST_BLOCK = 2
_LONG_BLOCK = 3
_LEAST_COVERAGE = 0.15
_ROUNDING = 1e-6
_REMEMBERED = 4096
_FIGURES = re.compile(r"\d[\d.]*")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_CLAUSES = ("", "")


@dataclass(frozen=True, slots=True)
class Entity:
    """A table row (``table`` and ``row`` set) or a clause with labelled fields (``clause`` set) and its name.

    It may key what is remembered of entities: its hash leaves out what stands in the row.
    """

    name: str
    key: str
    document: ParsedDocument
    table: Table | None = None
    row: Row | None = None
    clause: Clause | None = None

    def __hash__(self) -> int:
        return hash((self.key, self.span))

    @property
    def span(self) -> Span | None:
        """Return where the row or the clause's heading stands."""
        if self.row is not None:
            return self.row.span
        return self.clause.heading_span if self.clause is not None else None


@dataclass(frozen=True, slots=True)
class Link:
    """An entity that a question names: ``blocks`` are the stretches of the question found in its name."""

    entity: Entity
    blocks: tuple[Span, ...]
    score: float


def find_entities(documents: Sequence[ParsedDocument], name_words: Sequence[str]) -> tuple[Entity, ...]:
    """Return every data row with a name and every clause with labelled fields, in document order.

    A clause that a table's group rows name can be called by their label too (重点工程2).
    """
    found: list[Entity] = []
    for document in documents:
        for table in document.tables:
            column = name_column(table, name_words)
            if column is None:
                continue
            for row in table.data_rows:
                if name := cell_text(row, column):
                    found.append(Entity(name, fold(name), document, table=table, row=row))
        labels = {g.name: g.label for table in document.tables for row in table.data_rows for g in row.groups}
        for clause in document.clauses:
            if clause.heading and clause.fields:
                found.append(Entity(clause.heading, fold(clause.heading), document, clause=clause))
                if label := labels.get(clause.heading):
                    found.append(Entity(clause.heading, fold(label), document, clause=clause))
    return tuple(found)


def common_blocks(question: str, name: str, blocked: frozenset[int] = frozenset()) -> tuple[Span, ...]:
    """Return the stretches of ``question`` (two characters or more, greedy from the left) that occur in ``name``."""
    blocks: list[Span] = []
    start = 0
    while start < len(question) - 1:
        if start and question[start - 1 : start + 1].isdigit() and not (blocks and blocks[-1].end == start):
            start += 1  # 400万吨 does not share 0万吨 with 50万吨
            continue
        end = start
        while end < len(question) and end not in blocked and question[start : end + 1] in name:
            end += 1
        while end < len(question) and end > start and question[end - 1].isdigit() and question[end].isdigit():
            end -= 1  # 重点工程2 is not named by 重点工程25
        if end - start >= _SHORTEST_BLOCK:
            blocks.append(Span(start, end))
            start = end
        else:
            start += 1
    return tuple(blocks)


def _bigrams(text: str) -> Iterable[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))


class Catalogue:
    """All entities of the documents with an inverted index over the bigrams of their names."""

    def __init__(self, entities: Sequence[Entity], class_nouns: Sequence[Word]) -> None:
        self.entities = tuple(entities)
        self._class_nouns = tuple(noun.key for noun in class_nouns)
        self._holding: Counter[str] = Counter()
        self._members: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._postings: dict[tuple[str, str], dict[str, list[int]]] = {}
        for number, entity in enumerate(self.entities):
            self._holding.update(set(_bigrams(entity.key)))
            self._members[(entity.document.info.id, entity.table.id) if entity.table else _CLAUSES].append(number)
        self._block_weight = lru_cache(maxsize=_REMEMBERED)(self._weigh)
        self._weights = {bigram: log(1 + len(self.entities) / df) for bigram, df in self._holding.items()}
        # A class noun weighs nothing in a block: what a link may score most leaves it out.
        nouns = frozenset(self._class_nouns)
        self._most = {bigram: 0.0 if bigram in nouns else weight for bigram, weight in self._weights.items()}
        # A noun is blanked out with a line break: where names hold one, more may weigh than what is shared.
        self._is_bounded = not any("\n" in bigram for bigram in self._holding)

    def weight(self, bigram: str) -> float:
        """Return how telling a bigram is: ``log(1 + N / df)``, the usual inverse document frequency over names."""
        return self._weights.get(bigram, 0.0)

    def link(
        self,
        key: str,
        spoken_for: Sequence[Span],
        tables: Iterable[tuple[str, str]] | None = None,
        documents: Sequence[str] | None = None,
    ) -> tuple[Link, ...]:
        """Return what of ``tables`` and of the clauses of ``documents`` the question names best, equals all.

        ``spoken_for`` are attribute and question words: a block inside one of them names nothing, and neither do two
        characters that are a small part of a long name. A name that stands
        whole in the question beats names that share a part with it; class nouns (项目, 工程) weigh nothing.
        """
        shared = self._shared(key, tables, documents)
        found: dict[int, Link] = {}
        top = 0.0
        for number, most in sorted(shared.items(), key=lambda one: -one[1]):
            if self._is_bounded and most < top - _ROUNDING:
                break
            if (link := self._link(key, self.entities[number], spoken_for)) is not None:
                found[number], top = link, max(top, link.score)
        best = _best(key, [found[number] for number in shared if number in found])
        return best if any(self._is_enough(link) or self._calls_kind(key, link) for link in best) else ()

    def links(
        self,
        key: str,
        spoken_for: Sequence[Span],
        tables: Iterable[tuple[str, str]] | None = None,
        documents: Sequence[str] | None = None,
    ) -> list[Link]:
        """Return everything that the question names in part, as ``link`` takes it, in the order of the documents."""
        shared = self._shared(key, tables, documents)
        links = (self._link(key, self.entities[number], spoken_for) for number in shared)
        return [link for link in links if link is not None]

    def _shared(
        self, key: str, tables: Iterable[tuple[str, str]] | None, documents: Sequence[str] | None
    ) -> dict[int, float]:
        """Return the entities that share most pairs with the question, with the most that a link to one may score."""
        pairs = Counter(_bigrams(key))
        counts: Counter[int] = Counter()
        most: dict[int, float] = defaultdict(float)
        for place in self._members if tables is None else (*tables, _CLAUSES):
            postings = self._postings_of(place)
            for pair, times in pairs.items():
                if numbers := postings.get(pair):
                    counts.update(numbers)
                    weight = times * self._most[pair]
                    for number in numbers:
                        most[number] += weight
        first = sorted(counts, key=lambda number: (-counts[number], number))[:_CANDIDATES]
        ids = None if documents is None else frozenset(documents)
        return {n: most[n] for n in first if ids is None or self.entities[n].document.info.id in ids}

    def whole_names(self, key: str, tables: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
        """Return where a name of three characters or more of a row of ``tables`` stands whole, the longest first."""
        names = {self.entities[number].key for place in tables for number in self._members.get(place, ())}
        found = sorted((name for name in names if len(name) >= _LONG_BLOCK and name in key), key=lambda n: (-len(n), n))
        return tuple(Span(start, start + len(name)) for name in found if (start := key.find(name)) >= 0)

    def _postings_of(self, place: tuple[str, str]) -> dict[str, list[int]]:
        """Return which entities of a table hold a bigram; made when the table is first asked."""
        if place not in self._postings:
            postings: dict[str, list[int]] = defaultdict(list)
            for number in self._members.get(place, ()):
                for bigram in set(_bigrams(self.entities[number].key)):
                    postings[bigram].append(number)
            self._postings[place] = dict(postings)
        return self._postings[place]

    def _link(self, key: str, entity: Entity, spoken_for: Sequence[Span]) -> Link | None:
        blocks = tuple(
            block
            for block in common_blocks(key, entity.key)
            if not any(span.covers(block) for span in spoken_for)
            and not block.of(key).isdigit()
            and not _cuts_letters(key, block)
        )
        if (
            all(block.of(key) in _header(entity) and block.of(key) != entity.key for block in blocks)
            or names_only_the_basis(key, entity.key, blocks)
            or all(is_unit(block.of(key)) for block in blocks)
        ):
            return None  # 周岁 names no row of ages
        if is_range(entity.key) and not all(figure in key for figure in _FIGURES.findall(entity.key)):
            return None  # nor does 周岁以上 name 100周岁以上
        score = sum(self._block_weight(block.of(key)) for block in blocks)
        return Link(entity, blocks, score) if score > 0 else None

    def _is_enough(self, link: Link) -> bool:
        """Return whether a block of three characters or a fair part of the name is named; less is chance."""
        longest = max(block.end - block.start for block in link.blocks)
        return longest >= _LONG_BLOCK or link.score >= _LEAST_COVERAGE * self._block_weight(link.entity.key)

    def _calls_kind(self, key: str, link: Link) -> bool:
        """Return whether the question begins with what the name holds and a noun of its table: 光伏项目 of projects.

        What stands in a column before the names is a kind of rows: 生态指标 are those of 生态环境.
        """
        table = link.entity.table
        headers = "" if table is None else fold("\n".join(column.name for column in table.columns))
        called = tuple(noun for noun in self._class_nouns if noun in headers or link.entity.key.endswith(noun))
        starts = [block for block in link.blocks if not block.start]
        words = [b.of(key) for b in starts if key[b.end :].removeprefix("的").startswith(called)]
        return bool(words) and not any(word in kind for word in words for kind in _kinds(link.entity))

    def _weigh(self, block: str) -> float:
        core = block
        for noun in self._class_nouns:
            core = core.replace(noun, "\n")
        return sum(self.weight(bigram) for bigram in _bigrams(core))


def _header(entity: Entity) -> str:
    """Return the folded header over the row's name: 产品 of 产品名称 names no 水产品."""
    own = next((c.column for c in entity.row.cells if c.text == entity.name), None) if entity.row else None
    columns = entity.table.columns if entity.table is not None else ()
    return fold(_IN_BRACKETS.sub("", columns[own].name)) if own is not None and own < len(columns) else ""


def _kinds(entity: Entity) -> set[str]:
    """Return the folded values of the columns before the one with the row's name."""
    own = next((cell.column for cell in entity.row.cells if cell.text == entity.name), 0) if entity.row else 0
    rows = entity.table.data_rows if entity.table is not None else ()
    return {fold(cell.text) for row in rows for cell in row.cells if cell.column < own}


def _cuts_letters(key: str, block: Span) -> bool:
    """Return whether ``block`` begins or ends within a word of letters: the “gd” of shidakongdui is not of GDP."""
    return any(_LETTERS.match(key, edge - 1) for edge in (block.start, block.end) if edge)


def _best(key: str, links: list[Link]) -> tuple[Link, ...]:
    if not links:
        return ()
    top = max(link.score for link in links)
    best = [link for link in links if link.score >= top - 1e-9]
    whole = [link for link in best if link.entity.key in key]
    return tuple(whole or best)
