"""A question that counts things otherwise than the documents do in, what they write out.

Example: “六大行动”分别是什么, where the file writes “五大行动” → 文件写的是“五大行动”，没有“六大行动”。[1]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import cite, clause_evidence
from assistant.understand.understood import Understood
from corpus.folding import fold_once
from corpus.models import Clause, Group, ParsedDocument, Span
from corpus.numerals import parse_chinese_integer
from index.chunks import group_word

_NUMBER = r"[二两三四五六七八九十百\d]+"
_COUNTED = re.compile(rf"(?<!第)(?P<number>{_NUMBER})(?P<counter>[大个项条类])(?P<noun>[\u3400-\u9fff]{{2,8}})")
_SHORTEST, _LONGEST = 2, 8


def deny_count(understood: Understood) -> Answer | None:
    """Return the refusal that says how many the documents write; None where none counts these things otherwise."""
    for match in _COUNTED.finditer(understood.question.key):
        number = parse_chinese_integer(match["number"])
        for length in range(len(match["noun"]), _SHORTEST - 1, -1):
            noun = match["noun"][:length]
            for document in understood.documents:
                written = list(_written(document, match["counter"], noun))
                if any(count == number for count, _ in written):
                    return None
                if written:
                    if number in _in_groups(document, noun):
                        return None  # one action has five of the 24 works
                    return _say(understood, document, written[0][1], match["number"] + match["counter"] + noun)
    return None


def _in_groups(document: ParsedDocument, noun: str) -> frozenset[int]:
    """Return how many groups called ``noun`` stand under the outer groups of the document's tables."""
    held: dict[Group, set[Group]] = {}
    for row in (row for table in document.tables for row in table.data_rows):
        for outer, inner in pairwise(sorted(row.groups, key=lambda group: group.level)):
            if fold_once(group_word(inner)) == noun:
                held.setdefault(outer, set()).add(inner)
    return frozenset(map(len, held.values()))


def _written(document: ParsedDocument, counter: str, noun: str) -> Iterator[tuple[int | None, Span]]:
    """Yield each number that the document writes of the things, with where it stands."""
    for match in re.finditer(rf"({_NUMBER}){counter}{re.escape(noun)}", fold_once(document.text)):
        yield parse_chinese_integer(match[1]), Span(*match.span())


def _say(understood: Understood, document: ParsedDocument, place: Span, asked: str) -> Answer | None:
    clause = _clause_at(document, place)
    if clause is None:
        return None
    text = f"文件写的是“{place.of(document.text)}”[1]，没有“{asked}”。"
    citations = cite([clause_evidence(document, clause, place)])
    return Answer(
        understood.asked, understood.standalone, AnswerKind.REFUSAL, text, citations=citations, missing=(asked,)
    )


def _clause_at(document: ParsedDocument, place: Span) -> Clause | None:
    """Return the innermost clause that holds ``place``."""
    holding = [c for c in document.clauses if c.span.covers(place)]
    return min(holding, key=lambda clause: clause.span.end - clause.span.start, default=None)
