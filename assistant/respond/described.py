"""A question that describes a clause or row instead of naming it in, the same question of what is meant answered out.

Example: 让路好走的那项工程由谁牵头 → 乡村道路提升工程由谁牵头, with a line that says so.

What may be meant is little: the headings and rows that are called as the question says (工程), or stand under a heading
that is (保障措施). Those found for the description are read together with it; one is taken only where it stands out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.models import Answer, AnswerKind
from assistant.respond.parts import STATES_FACTS
from assistant.respond.reading.reader import PassageReader
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold, fold_once
from corpus.models import Clause, ParsedDocument
from corpus.row_names import cell_text, name_column
from index.models import ChunkKind, Hit
from index.search import FEW_DOCUMENTS

_POINT = r"[那这]一?[项个类条](?:重点|主要|具体)?(?P<kind>工程|行动|保障措施|措施|保障|任务|项目)"
_POINTED = re.compile(_POINT)
_DESCRIBED = re.compile(
    r"^(?:请问)?(?:关于|有关|针对|涉及|讲到?|说到?|谈到?)?(?P<what>[^。；;？?\d]{2,30}?)[，,]?的?"
    rf"{_POINT}(?P<rest>[^\u3400-\u9fff]{{0,6}}[\u3400-\u9fff].*)$"
)
_LIMITED = re.compile("[除不未没非无]|以外|之外|别的|其[他它]|另外")
"""What is described by what it is not is none that the description fits."""
_LATER = re.compile(r"[。；;？?](?P<said>.+)$")
_ROW = "项目"
_MEASURE = "措施"
_MEASURES = frozenset({"保障措施", _MEASURE, "保障"})
_READ = 8
"""How many clauses or rows are read together with the description, those found first."""
_TEXT = 110
"""How many characters of a clause or row are read: its name and how it begins."""
_OF_CLAUSES, _OF_ROWS, _OF_MEASURES = (0.25, 0.5), (0.7, 1.06), (-1.0, 1.5)
"""Log odds from which the first is taken, and how far it must be ahead of the second; docs/experiments.md.

Measures are few and unlike each other, rows many and alike.
"""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clause or row that may be meant, by its name: its text, the headings it stands ``under``, and how likely."""

    document: ParsedDocument
    name: str
    text: str
    under: tuple[str, ...] = ()
    odds: float = 0.0


class Described:
    """Answers questions about clauses and rows that are described."""

    def __init__(
        self, reader: PassageReader, understanding: Understanding, ask: Callable[[Understood, str], Answer]
    ) -> None:
        """Take what answers a text, put to the documents that a question is put to."""
        self._reader, self._understanding, self._ask = reader, understanding, ask

    def answer(self, understood: Understood) -> Answer | None:
        """Return the answer about what is meant, whole; None where nothing is described, stands out, or answers.

        A later sentence may ask more of the same, and speak of nothing else.
        """
        if len(understood.documents) > FEW_DOCUMENTS:
            return None  # how far one must stand out was measured among few
        match = _DESCRIBED.match(understood.standalone)
        if match is None or _LIMITED.search(match["what"]) or _POINTED.search(match["rest"]):
            return None
        later = _LATER.search(match["rest"])
        if later is not None and self._understanding.read(later["said"]).telling:
            return None
        meant = self._meant(understood.documents, match["what"], match["kind"])
        if meant is None:
            return None
        answer = self._ask(replace(understood, documents=(meant.document,)), f"{meant.name}{match['rest']}")
        of_it = answer.citations and all(any(meant.name in part for part in one.section) for one in answer.citations)
        if answer.missing or answer.kind not in STATES_FACTS or not (answer.kind is AnswerKind.LOOKUP or of_it):
            return None
        what = match["what"].strip("，,的")
        said = f"“{what}”按“{meant.name}”理解。" if what in understood.asked else f"按“{meant.name}”理解。"
        return replace(answer, question=understood.asked, answer=f"{answer.answer}\n\n{said}")

    def _meant(self, documents: Sequence[ParsedDocument], what: str, kind: str) -> _Candidate | None:
        """Return what stands out among all that may be meant; None where nothing does, or something is named."""
        hits = self._reader.search(self._understanding.read(f"{what}{kind}"), documents)
        by_id = {one.info.id: one for one in documents}
        named = list(islice(self._rows(hits, by_id) if kind == _ROW else _clauses(kind, hits, by_id), _READ))
        said = fold(what).removesuffix(kind)
        if any(said in fold_once(one.name) or fold_once(one.name).removesuffix(kind) in said for one in named):
            return None
        asked = f"{what}归哪项{_MEASURE if kind in _MEASURES else kind}？"
        found = sorted(self._read(asked, named), key=lambda one: -one.odds)
        others = [one.odds for one in found[1:] if one.name not in found[0].under]
        if not others:
            return None  # one alone stands out among none
        ahead = found[0].odds - others[0]
        least, far = _OF_ROWS if kind == _ROW else _OF_MEASURES if kind in _MEASURES else _OF_CLAUSES
        return found[0] if found[0].odds >= least and ahead >= far else None

    def _read(self, asked: str, named: Sequence[_Candidate]) -> Iterator[_Candidate]:
        """Yield what may be meant with its odds, each read together with the description."""
        for one in named:
            read = self._reader.matcher.read_together(asked, "", one.text)
            if read is not None:
                yield replace(one, odds=read.answers)

    def _rows(self, hits: Sequence[Hit], by_id: Mapping[str, ParsedDocument]) -> Iterator[_Candidate]:
        """Yield the rows with names that were found, the nearest first."""
        for chunk in [hit.chunk for hit in hits if hit.chunk.kind is ChunkKind.ROW]:
            document = by_id[chunk.document_id]
            table = next(one for one in document.tables if one.id == chunk.table_id)
            column = name_column(table, self._understanding.attributes.header_words("name"))
            row = next(one for one in table.data_rows if one.number == chunk.row)
            if column is not None:
                yield _Candidate(document, cell_text(row, column), chunk.search_text[:_TEXT])


def _clauses(kind: str, hits: Sequence[Hit], by_id: Mapping[str, ParsedDocument]) -> list[_Candidate]:
    """Return the clauses that are called ``kind``, by themselves or by a heading above them, the nearest first."""
    clauses = {(id_, clause.id): clause for id_, one in by_id.items() for clause in one.clauses}
    found: dict[tuple[str, str], Clause] = {}
    for hit in hits:
        place = (hit.chunk.document_id, hit.chunk.clause_id)
        while place in clauses:
            found.setdefault(place, clauses[place])
            place = (place[0], clauses[place].parent or "")
    headed = [_candidate(by_id[id_], clause) for (id_, _), clause in found.items() if clause.heading]
    named = [one for one in headed if one.name.endswith(kind)]
    # One heading called so may be that over all of them (四、保障措施); several are each one of them.
    under = [one for one in headed if any(kind in heading for heading in one.under)]
    return named if len(named) > 1 or not under else under


def _candidate(document: ParsedDocument, clause: Clause) -> _Candidate:
    start = clause.own[0].start
    text = document.text[start : start + _TEXT].replace("\n", " ")
    return _Candidate(document, clause.heading, text, _above(document, clause))


def _above(document: ParsedDocument, clause: Clause) -> tuple[str, ...]:
    """Return the headings that a clause stands under, the nearest first."""
    by_id = {one.id: one for one in document.clauses}
    found: list[str] = []
    while (over := by_id.get(clause.parent or "")) is not None:
        found.append(over.heading)
        clause = over
    return tuple(found)
