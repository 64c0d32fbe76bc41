"""A document's clauses in, questions about them out: what one says, how many parts it has, who is named in it.

Example: “强化荒漠化防治提质增效行动包括几项？” has the gold 6; “第三条规定了什么？” the first words of that article.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from assistant.models import AnswerKind
from corpus.models import Clause, ClauseKind, ParsedDocument
from evals.cases import Category
from evals.clause_address import full_address
from evals.generator.proposal import Phrasing, Proposal
from evals.generator.set_questions import COUNTERS
from evals.metrics.folding import fold

_NUMBERED = (ClauseKind.LEVEL1, ClauseKind.LEVEL2, ClauseKind.LEVEL3, ClauseKind.ARTICLE, ClauseKind.CHAPTER)
_ENDS = re.compile(r"[。；;！？!?：:]")
_PARTS = (*COUNTERS, "方面", "部分", "章", "节", "点")
_SHORTEST, _LONGEST = 10, 40
_DIGITS = "〇一二三四五六七八九"


def clause_questions(document: ParsedDocument, phrasing: Phrasing, chance: random.Random) -> Iterator[Proposal]:
    """Yield questions on the clauses that can be told apart by their number or heading."""
    asker = _Asker(document, phrasing, chance)
    for clause in document.clauses:
        if clause.kind is ClauseKind.CHAPTER:
            yield from asker.chapter(clause)
        if clause.kind in _NUMBERED and asker.name(clause):
            yield from asker.about(clause)
    yield from asker.absent()


class _Asker:
    """The clauses of one document, by what they are called."""

    def __init__(self, document: ParsedDocument, phrasing: Phrasing, chance: random.Random) -> None:
        self.document, self.phrasing, self.chance = document, phrasing, chance
        self.by_id = {clause.id: clause for clause in document.clauses}
        self.children: Mapping[str, list[Clause]] = defaultdict(list)
        for clause in document.clauses:
            if clause.parent:
                self.children[clause.parent].append(clause)
        self.headings = Counter(fold(clause.heading) for clause in document.clauses if clause.heading)
        self.articles = Counter(clause.label for clause in document.clauses if clause.kind is ClauseKind.ARTICLE)
        self.chapters = Counter(clause.label for clause in document.clauses if clause.kind is ClauseKind.CHAPTER)
        self.rows = {fold(cell.text) for table in document.tables for row in table.data_rows for cell in row.cells}

    def name(self, clause: Clause) -> str:
        """Return what the clause is called; empty where that would not tell it from others."""
        if clause.kind is ClauseKind.ARTICLE:
            return clause.label if self.articles[clause.label] == 1 else ""
        alone = self.headings[fold(clause.heading)] == 1 and fold(clause.heading) not in self.rows
        return clause.heading if alone and 4 <= len(clause.heading) <= 30 and not _ENDS.search(clause.heading) else ""

    def about(self, clause: Clause) -> Iterator[Proposal]:
        """Yield the questions on one clause."""
        article = clause.kind is ClauseKind.ARTICLE
        first = self._first_words(clause)
        if first and not self.children[clause.id]:
            kind = "article_text" if article else "clause_text"
            yield self._make(kind, Category.TEXT, clause, {"phrases": [first]})
        yield from self._parts(clause)
        for field in clause.fields:
            values = [value.text for value in field.values]
            yield self._make("clause_field", Category.TEXT, clause, {"phrases": values}, column=field.name)
        above = self.by_id.get(clause.parent or "")
        if above is not None and above.heading and above.kind is not ClauseKind.TITLE:
            kind = "article_place" if article and above.kind is ClauseKind.CHAPTER else "clause_place"
            if not article or kind == "article_place":
                yield self._make(kind, Category.TEXT, clause, {"phrases": [above.heading]})

    def absent(self) -> Iterator[Proposal]:
        """Yield questions on articles beyond the last one."""
        count = len(self.articles)
        for beyond in (7, 12, 31, 58) if count >= 3 else ():
            label = f"第{_chinese(count + beyond)}条"
            if not self.articles[label]:
                expected = {"kind": [AnswerKind.REFUSAL], "missing": [[label, label[1:-1], str(count + beyond)]]}
                question = self.phrasing.say("clause_absent", self.chance, heading=label)
                yield Proposal("clause_absent", Category.PREMISE, question, expected)

    def _parts(self, clause: Clause) -> Iterator[Proposal]:
        parts = [part for part in self.children[clause.id] if part.kind is not ClauseKind.RUN]
        alike = len({part.kind for part in parts}) == 1 and all(len(part.heading) >= 4 for part in parts)
        if alike and 2 <= len(parts) <= 30:
            headings = [part.heading for part in parts]
            yield self._make("clause_children", Category.LIST, clause, {"phrases": headings}, parts=parts)
            expected = {"values": [{"number": str(len(parts)), "unit": list(_PARTS)}]}
            yield self._make("clause_count", Category.AGGREGATE, clause, expected, parts=parts)

    def chapter(self, clause: Clause) -> Iterator[Proposal]:
        """Yield the questions on a numbered chapter: what it is called, and how many articles it has."""
        if not clause.heading or self.chapters[clause.label] > 1:
            return
        articles = [one for one in self.document.clauses if self._stands_in(one, clause)]
        yield self._make("chapter_title", Category.TEXT, clause, {"phrases": [clause.heading]}, called=clause.label)
        if articles:
            expected = {"values": [{"number": str(len(articles)), "unit": ["条", "个"]}]}
            yield self._make("chapter_count", Category.AGGREGATE, clause, expected, articles, called=clause.label)

    def _stands_in(self, clause: Clause, chapter: Clause) -> bool:
        return clause.kind is ClauseKind.ARTICLE and chapter.span.covers(clause.span)

    def _first_words(self, clause: Clause) -> str:
        """Return the first stretch of the clause's own text behind its heading that says enough to be looked for."""
        text = "".join(span.of(self.document.text) for span in clause.own)
        mark = clause.heading or clause.label
        stretches = [part.strip("*#> \t　") for part in re.split(r"[。；;\n]", text[text.find(mark) + len(mark) :])]
        found = next((part for part in stretches if len(part) >= _SHORTEST), "")
        comma = found.find("，", _SHORTEST)
        return found[: comma if 0 < comma <= _LONGEST else _LONGEST]

    def _make(
        self,
        kind: str,
        category: Category,
        clause: Clause,
        expected: Mapping[str, object],
        parts: Sequence[Clause] = (),
        called: str = "",
        **words: str,
    ) -> Proposal:
        question = self.phrasing.say(kind, self.chance, heading=called or self.name(clause), **words)
        evidence = [self._place(one) for one in (clause, *parts)]
        return Proposal(kind, category, question, dict(expected), evidence, any_place=True)

    def _place(self, clause: Clause) -> dict[str, object]:
        return {"clause": full_address(clause, self.document), "document": self.document.info.id}


def _chinese(number: int) -> str:
    """Return a number under 1000 in Chinese figures: 105 is 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    middle = f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十" if tens else "零" if hundreds and ones else ""
    return head + middle + (_DIGITS[ones] if ones else "")
