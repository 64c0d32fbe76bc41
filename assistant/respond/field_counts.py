"""A question about who holds most clauses, or which clause names most agencies, in, the counts of the text out.

Example: 哪个单位牵头的重点工程最多 → 正文中作为牵头部门最多的是市水利局，共6项：2.水土流失综合治理工程；8.….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.evidence import cite, clause_evidence
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Clause, Field, ParsedDocument

LEAD, RESPONSIBLE = AGENCY_ATTRIBUTES
_UNIT = r"(?:市)?(?:单位|部门|局|委办局|机构)"
_WORK = r"(?:重点工程|工程|工作|任务|措施)"
_PART = r"(?P<part>牵头|主办|负责|配合|参与|承担)"
_WHO = re.compile(
    rf"(?:哪[个家些]?{_UNIT}|谁){_PART}的?(?:几项|几个|多少项|多少个)?{_WORK}(?:数量|个数|项数)?最(?P<order>[多少])"
    rf"|{_PART.replace('part', 'part2')}{_WORK}最(?P<order2>[多少])的(?:是)?(?:哪[个家些]?)?{_UNIT}"
)
_WHICH = re.compile(
    rf"(?P<part>牵头|责任|配合)(?:责任)?{_UNIT}最(?P<order>[多少])的(?:是)?(?:哪[个项些]?|什么)?{_WORK}"
    rf"|(?:哪[个项些]?){_WORK}的?(?P<part2>牵头|责任|配合)(?:责任)?{_UNIT}最(?P<order2>[多少])"
)
_HELPING = ("配合", "参与", "责任")


class FieldCounts:
    """Counts the agencies that the labelled fields of clauses name."""

    def __init__(
        self, documents: Sequence[ParsedDocument], called: Mapping[str, str], is_kind: Callable[[str, str], bool]
    ) -> None:
        """Take the folded names of agencies with the one each stands for, and what tells a field's kind."""
        self._documents, self._called, self._is_kind = tuple(documents), called, is_kind

    def answer(self, question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
        """Return who holds most (or fewest) clauses, or which clauses name most agencies; None for other questions."""
        who, which = _WHO.search(question.key), _WHICH.search(question.key)
        match = who or which
        if match is None or any(not _covers(match, span.start, span.end) for span in question.telling):
            return None
        part, most = match["part"] or match["part2"], (match["order"] or match["order2"]) == "多"
        kind = RESPONSIBLE if part in _HELPING else LEAD
        ending = "工程" if "工程" in match.group() else ""
        held = [
            (document, clause, item)
            for document in documents
            for clause in document.clauses
            for item in clause.fields
            if self._is_kind(kind, item.name) and clause.heading.endswith(ending)
        ]
        return (self._who if who else self._which)(question, asked, held, most) if held else None

    def _who(
        self, question: Question, asked: str, held: Sequence[tuple[ParsedDocument, Clause, Field]], most: bool
    ) -> Answer:
        by_agency: dict[str, list[tuple[ParsedDocument, Clause, Field]]] = {}
        names: dict[str, str] = {}
        for place in held:
            for value in place[2].values:
                agency = self._called.get(fold(value.text), fold(value.text))
                names.setdefault(agency, value.text)
                by_agency.setdefault(agency, []).append(place)
        best = (max if most else min)(map(len, by_agency.values()))
        first = [agency for agency, places in by_agency.items() if len(places) == best]
        shown = [place for agency in first for place in by_agency[agency]]
        listed = "；".join(f"{clause.label}{clause.heading}[{n}]" for n, (_, clause, _) in enumerate(shown, 1))
        called = "、".join(names[agency] for agency in first)
        each, order = "各" if len(first) > 1 else "共", "多" if most else "少"
        text = f"正文中作为{held[0][2].name}最{order}的是{called}，{each}{best}项：{listed}。"
        expression = "；".join(f"{names[agency]}：{len(places)}项" for agency, places in by_agency.items())
        return _answer(question, asked, shown, text, expression)

    def _which(
        self, question: Question, asked: str, held: Sequence[tuple[ParsedDocument, Clause, Field]], most: bool
    ) -> Answer:
        best = (max if most else min)(len(item.values) for _, _, item in held)
        shown = [place for place in held if len(place[2].values) == best]
        listed = "；".join(
            f"{clause.label}{clause.heading}（{'、'.join(value.text for value in item.values)}）[{number}]"
            for number, (_, clause, item) in enumerate(shown, 1)
        )
        text = f"正文中{held[0][2].name}最{'多' if most else '少'}的有{len(shown)}项，各{best}个：{listed}。"
        return _answer(question, asked, shown, text, f"最{'多' if most else '少'} {best} 个")


def _covers(match: re.Match[str], start: int, end: int) -> bool:
    return match.start() <= start and end <= match.end()


def _answer(
    question: Question, asked: str, shown: Sequence[tuple[ParsedDocument, Clause, Field]], text: str, expression: str
) -> Answer:
    evidence = [clause_evidence(document, clause, item.span) for document, clause, item in shown]
    calculation = Calculation(expression, "")
    return Answer(asked, question.text, AnswerKind.LOOKUP, text, citations=cite(evidence), calculation=calculation)
