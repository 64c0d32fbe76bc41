"""The documents of an index in, their clauses by number and by heading out.

Example: chapter 3, article 17, “（一）” 1 → that one clause; 总则 → 第一章 总则.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.understand.clause_steps import ARTICLE, PARAGRAPH, PART, Step, label_step
from corpus.folding import fold_once
from corpus.models import Clause, ClauseKind, ParsedDocument, Span

_KINDS = {
    ClauseKind.PART: "编",
    ClauseKind.CHAPTER: "章",
    ClauseKind.SECTION: "节",
    ClauseKind.ARTICLE: ARTICLE,
    ClauseKind.LEVEL1: "一、",
    ClauseKind.LEVEL2: "(一)",
    ClauseKind.LEVEL3: "1.",
    ClauseKind.LEVEL4: "(1)",
}
_PARTS = (ClauseKind.PART, ClauseKind.LEVEL1, ClauseKind.CHAPTER)
_ITEMS = ("(一)", "(1)", "1.")
_UNNUMBERED = frozenset({ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.SIGNATURE, ClauseKind.ANNEX_LIST})
_ENDED = re.compile(r"[。：:；;！!？?”）)]\s*$")
_JOINING = re.compile(r"[,、]|和|与|及其?")
_LEAST_NAME = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A clause, or where ``paragraph`` is set one paragraph (款) of it."""

    document: ParsedDocument
    clause: Clause
    paragraph: Span | None = None

    @property
    def span(self) -> Span:
        """Return all that stands there."""
        return self.paragraph or self.clause.span


class ClauseTree:
    """The clauses of one document by their numbers."""

    def __init__(self, document: ParsedDocument) -> None:
        self.document = document
        self._clauses = {clause.id: clause for clause in document.clauses}
        self._steps: dict[Step, list[Clause]] = defaultdict(list)
        for clause in document.clauses:
            if (step := self._step(clause)) is not None:
                self._steps[step].append(clause)

    def _step(self, clause: Clause) -> Step | None:
        unit = _KINDS.get(clause.kind)
        step = label_step(clause.label) if unit is not None else None
        if step is None or unit is None or self.ancestors(clause)[0].kind is ClauseKind.ANNEX_LIST:
            return None
        return Step("编" if step.unit == "篇" else unit, step.number, step.sub)

    def ancestors(self, clause: Clause) -> tuple[Clause, ...]:
        """Return the clauses from the root down to ``clause``, itself last."""
        chain = [clause]
        while (parent := chain[0].parent) is not None:
            chain.insert(0, self._clauses[parent])
        return tuple(chain)

    def children(self, clause: Clause | None) -> tuple[Clause, ...]:
        """Return the clauses right under one, or the document's own."""
        id_ = clause.id if clause is not None else None
        return tuple(c for c in self.document.clauses if c.parent == id_ and c.kind not in _UNNUMBERED)

    def of_unit(self, unit: str, within: Clause | None = None) -> tuple[Clause, ...]:
        """Return the clauses called so (条, 章; 部分 for whatever divides the document), in order."""
        kinds = {kind for kind, called in _KINDS.items() if called == ("编" if unit == "篇" else unit)}
        found = [c for c in self.document.clauses if within is None or (c.id != within.id and _holds(within, c))]
        if unit == PART:
            kinds = next(({kind} for kind in _PARTS if sum(c.kind is kind for c in found) > 1), set())
        return tuple(clause for clause in found if clause.kind in kinds)

    def resolve(self, steps: Sequence[Step]) -> tuple[Place, ...]:
        """Return what the steps lead to, none where a number does not exist."""
        places: list[Place | None] = [None]
        for step in steps:
            places = [found for place in places for found in self._under(place, step)]
        found = [place for place in places if place is not None]
        tops = [place for place in found if len(place.clause.path) == min(len(p.clause.path) for p in found)]
        return tuple(tops if len(tops) == 1 else found)

    def paragraphs(self, clause: Clause) -> tuple[Span, ...]:
        """Return the paragraphs (款) of an article: what a line begins that is neither an item nor a broken line."""
        found: list[Span] = []
        items = [c for c in self.document.clauses if c.id != clause.id and _holds(clause, c)]
        text, at = self.document.text, clause.span.start
        for line in clause.span.of(text).splitlines(keepends=True):
            start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            at += len(line)
            if start >= end:
                continue
            begins_item = any(item.span.start == start for item in items)
            if found and (begins_item or not _ENDED.search(found[-1].of(text))):
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
        return tuple(found)

    def _under(self, place: Place | None, step: Step) -> Iterator[Place]:
        if step.unit == PARAGRAPH:
            spans = self.paragraphs(place.clause) if place is not None else ()
            if place is not None and 0 < step.number <= len(spans):
                yield Place(self.document, place.clause, spans[step.number - 1])
            return
        within = place.span if place is not None else Span(0, len(self.document.text))
        for clause in self._numbered(step, place.clause if place is not None else None):
            if within.covers(clause.span) and (place is None or clause.id != place.clause.id):
                yield Place(self.document, clause)

    def _numbered(self, step: Step, within: Clause | None) -> Sequence[Clause]:
        if step.unit == PART or step.number < 0:
            listed = self.of_unit(step.unit, within)
            number = step.number - 1 if step.number > 0 else step.number
            return listed[number : number + 1 or None] if -len(listed) <= number < len(listed) else ()
        if step.unit in ("项", "目"):
            found = (self._steps[Step(style, step.number)] for style in _ITEMS if within is not None)
            return next(([c for c in listed if c.parent == within.id] for listed in found if within and listed), ())
        return self._steps.get(Step("编" if step.unit == "篇" else step.unit, step.number, step.sub), ())


class ClauseIndex:
    """Finds clauses of many documents."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._documents = tuple(documents)
        self._trees: dict[str, ClauseTree] = {}

    def tree(self, document: ParsedDocument) -> ClauseTree:
        """Return the clauses of one document by their numbers, read when first asked for."""
        if document.info.id not in self._trees:
            self._trees[document.info.id] = ClauseTree(document)
        return self._trees[document.info.id]

    def divides(self, unit: str) -> bool:
        """Return whether a document has clauses called so: 条, 章."""
        return unit in self._units

    @cached_property
    def _units(self) -> frozenset[str]:
        kinds = {clause.kind for document in self._documents for clause in document.clauses}
        units = {unit for kind, unit in _KINDS.items() if kind in kinds}
        return frozenset(units | ({PART} if kinds.intersection(_PARTS) else set()))

    def named(self, name: str) -> tuple[Place, ...]:
        """Return the clauses whose heading is ``name`` (folded), or one of the parts that its marks divide it into."""
        return self._headings.get(name, ())

    @cached_property
    def _headings(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for document in self._documents:
            for clause in document.clauses:
                for name in heading_names(clause):
                    found[name].append(Place(document, clause))
        return {name: tuple(places) for name, places in found.items()}


def heading_names(clause: Clause) -> tuple[str, ...]:
    """Return what a clause may be called: its heading, and the parts that commas and joining words divide it into."""
    if clause.kind in _UNNUMBERED or not clause.heading:
        return ()
    whole = fold_once(clause.heading).strip("。.: ")
    parts = (part.strip() for part in _JOINING.split(whole))
    return tuple(name for name in dict.fromkeys((whole, *parts)) if len(name) >= _LEAST_NAME)


def _holds(outer: Clause, inner: Clause) -> bool:
    return outer.span.covers(inner.span)
