"""A question that describes a clause instead of naming it in, the answer to the same question of that clause out.

Example: 收拾村容村貌的那项工程由谁牵头 → 农村牧区人居环境整治工程由谁牵头, with a line that says so.

The headings that may be meant are few: all that are called as the question says (工程), or stand under one that is
(保障措施). The clauses found for the description are read together with it, and one is taken only where it stands out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.models import Answer
from assistant.respond.parts import STATES_FACTS
from assistant.respond.reading.reader import PassageReader
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold, fold_once
from corpus.models import Clause, ParsedDocument, Span

_DESCRIBED = re.compile(
    r"^(?:请问)?(?:关于|有关|针对|涉及|讲到?|说到?|谈到?)?(?P<what>[^。；;？?\d]{2,30}?)[，,]?的?"
    r"[那这]一?[项个类条](?:重点|主要|具体)?(?P<kind>工程|行动|保障措施|措施|保障|任务|目标|原则)"
    r"(?P<rest>[^\u3400-\u9fff]?[\u3400-\u9fff][^。；;？?]*)[？?。]*$"
)
_ASKED_AS = {"保障": "措施", "保障措施": "措施"}
_READ = 8
"""How many clauses are read together with the description, those found first."""
_TEXT = 110
_LEAST, _AHEAD = 0.7, 1.2
"""Log odds from which the first is taken, and how far it must be ahead of the second; docs/experiments.md."""


@dataclass(frozen=True, slots=True)
class _Meant:
    document: ParsedDocument
    clause: Clause
    odds: float


class Described:
    """Answers questions about clauses that are described."""

    def __init__(
        self, reader: PassageReader, understanding: Understanding, ask: Callable[[Understood, str], Answer]
    ) -> None:
        """Take what answers a text, put to the documents that a question is put to."""
        self._reader, self._understanding, self._ask = reader, understanding, ask

    def answer(self, understood: Understood) -> Answer | None:
        """Return the answer about the clause meant, whole; None where none is described, stands out, or answers."""
        match = _DESCRIBED.match(understood.standalone)
        meant = self._meant(understood.documents, match["what"], match["kind"]) if match is not None else None
        if match is None or meant is None:
            return None
        heading = meant.clause.heading
        answer = self._ask(replace(understood, documents=(meant.document,)), f"{heading}{match['rest']}")
        if answer.missing or answer.kind not in STATES_FACTS:
            return None
        said = f"“{match['what'].strip('，,的')}”按“{heading}”理解。"
        return replace(answer, question=understood.asked, answer=f"{answer.answer}\n\n{said}")

    def _meant(self, documents: Sequence[ParsedDocument], what: str, kind: str) -> _Meant | None:
        """Return the clause that stands out among those that may be meant; None where none does, or one is named."""
        named = fold(what).removesuffix(kind)
        if any(clause.heading and named in fold_once(clause.heading) for one in documents for clause in one.clauses):
            return None
        found = sorted(self._read(documents, what, kind), key=lambda one: -one.odds)
        if not found:
            return None
        above = _above(found[0].document, found[0].clause)
        others = [one.odds for one in found[1:] if one.clause not in above]
        ahead = found[0].odds - others[0] if others else _AHEAD
        return found[0] if found[0].odds >= _LEAST and ahead >= _AHEAD else None

    def _read(self, documents: Sequence[ParsedDocument], what: str, kind: str) -> Iterator[_Meant]:
        """Yield the clauses that may be meant, each read together with the description."""
        asked = f"{what}归哪项{_ASKED_AS.get(kind, kind)}？"
        hits = self._reader.search(self._understanding.read(f"{what}{kind}"), documents)
        by_id = {(one.info.id, clause.id): (one, clause) for one in documents for clause in one.clauses}
        found: dict[tuple[str, str], tuple[ParsedDocument, Clause]] = {}
        for hit in hits:
            place = (hit.chunk.document_id, hit.chunk.clause_id)
            while place in by_id:
                found.setdefault(place, by_id[place])
                place = (place[0], by_id[place][1].parent or "")
        for document, clause in _called(list(found.values()), kind)[:_READ]:
            own = Span(clause.own[0].start, min(len(document.text), clause.own[0].start + _TEXT))
            read = self._reader.matcher.read_together(asked, "", own.of(document.text).replace("\n", " "))
            if read is None:
                return
            yield _Meant(document, clause, read.answers)


def _called(found: Sequence[tuple[ParsedDocument, Clause]], kind: str) -> list[tuple[ParsedDocument, Clause]]:
    """Return the clauses with a heading that are called ``kind``: by themselves, or by a heading above them."""
    headed = [(document, clause) for document, clause in found if clause.heading]
    named = [one for one in headed if one[1].heading.endswith(kind)]
    # One heading called so may be that over all of them (四、保障措施); several are each one of them.
    under = [one for one in headed if any(kind in over.heading for over in _above(*one))]
    return named if len(named) > 1 or not under else under


def _above(document: ParsedDocument, clause: Clause) -> list[Clause]:
    """Return the clauses that a clause stands under, the nearest first."""
    by_id = {one.id: one for one in document.clauses}
    found: list[Clause] = []
    while (over := by_id.get(clause.parent or "")) is not None:
        found.append(over)
        clause = over
    return found
