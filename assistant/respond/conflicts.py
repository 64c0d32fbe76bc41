"""An answer in, the same answer with every place that states the asked thing out, and whether they agree.

Example: 林草固碳能力监测项目由谁牵头 → 生态环境局; 注意：两处说法不一致：正文（三、（一）6.）为市林草局；….
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.models import Answer, AnswerKind, Citation
from assistant.respond.quoting import in_quotes
from assistant.respond.stated import Cited, verdict_words
from assistant.understand.entities import common_blocks
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from corpus.agreement.models import Finding, Statement, Topic, Verdict
from corpus.agreement.show import called
from corpus.agreement.subjects import Subjects
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import ParsedDocument

_MOST_CITED = 4
_NAMED = 0.6
_FIGURES = frozenset({"target", "base_value", "amount", "unit"})
_COMPARED = "compare"


class BothSides:
    """What the documents state more than once, for the answers that touch it."""

    def __init__(
        self,
        findings: Callable[[], Sequence[Finding]],
        documents: Sequence[ParsedDocument],
        agencies: Iterable[Sequence[str]],
        subjects: Callable[[], Subjects],
    ) -> None:
        """Take the names of each agency, and what reads the findings and makes keys when they are first needed."""
        self._read, self._make = findings, subjects
        self.documents = {document.info.id: document for document in documents}
        self._agencies = tuple(fold(name) for names in agencies for name in names)
        self._asked = ("", "")

    @cached_property
    def by_document(self) -> dict[str, list[Finding]]:
        """Return the findings of each document."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self._read():
            found[finding.document].append(finding)
        return found

    @cached_property
    def _subjects(self) -> Subjects:
        return self._make()

    def beside(self, answer: Answer, question: Question) -> Answer:
        """Return ``answer`` with the other places that state what was asked and is stated there."""
        if not answer.citations or len(answer.citations) > _MOST_CITED or answer.conflicts:
            return answer
        touched = [
            finding
            for name in dict.fromkeys(citation.document_id for citation in answer.citations)
            for finding in self.by_document.get(name, ())
            if self._is_asked(finding, question, answer.kind) and self._is_touched(finding, question, answer.citations)
        ]
        for finding in touched:
            answer = self._with(answer, finding)
        return answer

    def names(self, question: Question, finding: Finding) -> float:
        """Return how much (0 to 1) of the finding's name stands in the question, synonyms counted."""
        known = self._asked  # read once: another thread may put its own question there
        if known[0] != question.key:
            known = self._asked = (question.key, self._subjects.alike(question.key))
        asked = known[1]
        return max((_share(key, asked) for key in finding.keys), default=0.0)

    def is_named(self, word: str, finding: Finding) -> bool:
        """Return whether a folded word is a part of the finding's name under any of its names."""
        return any(self._subjects.alike(word) in key for key in finding.keys)

    def is_called(self, name: str, finding: Finding) -> bool:
        """Return whether ``name`` as written is one of the finding's names."""
        return self._subjects.key(name) in finding.keys

    def _with(self, answer: Answer, finding: Finding) -> Answer:
        cited = Cited(answer.citations, self.documents)
        words = cited.words(finding)
        if finding.verdict is Verdict.DIFFERS:
            text = f"注意：{in_quotes(called(finding))}{verdict_words(finding)}：{words}。"
            conflicts = (*answer.conflicts, cited.conflict(finding))
        else:
            text = f"{in_quotes(called(finding))}{verdict_words(finding)}：{words}。"
            conflicts = answer.conflicts
        if len(cited.citations) == len(answer.citations) and finding.verdict is Verdict.AGREES:
            return answer
        return replace(
            answer, answer=f"{answer.answer}\n\n{text}", citations=tuple(cited.citations), conflicts=conflicts
        )

    def _is_asked(self, finding: Finding, question: Question, kind: AnswerKind) -> bool:
        """Return whether the question asks for what the finding is about: a figure, an agency, a number of things."""
        named = set(question.named(MentionKind.ATTRIBUTE))
        operations = set(question.named(MentionKind.OPERATION))
        if finding.topic is Topic.AGENCY:
            asked = named & set(AGENCY_ATTRIBUTES) if named else Ask.WHO in question.asks
            return bool(asked) and not operations and not self._is_condition(question, kind)
        if finding.topic is Topic.FIGURE:
            wanted = not named or Ask.HOW_MANY in question.asks or bool(_FIGURES & named)
            return wanted and operations <= {_COMPARED} and (not question.years or finding.year in question.years)
        return finding.verdict is Verdict.DIFFERS and bool(
            {"count", "sum"} & operations or Ask.HOW_MANY in question.asks
        )

    def _is_condition(self, question: Question, kind: AnswerKind) -> bool:
        """Return whether the question gives an agency (水利局牵头的项目) instead of asking for one."""
        asks = {Ask.WHO, Ask.YES_NO} & question.asks
        return kind is AnswerKind.LOOKUP and not asks and any(name in question.key for name in self._agencies)

    def _is_touched(self, finding: Finding, question: Question, citations: Sequence[Citation]) -> bool:
        """Return whether the answer cites a statement that belongs to the matter.

        A row whose agency is that of the text is no part of what other rows say otherwise. A citation of running text
        holds many figures: the one that the question names is meant.
        """
        apart = self._has_agreeing_rows(finding) and self.names(question, finding) < _NAMED
        for one in finding.statements:
            inside = [
                citation
                for citation in citations
                if citation.document_id == finding.document
                and citation.start <= one.span.start
                and one.span.end <= citation.end
            ]
            if finding.topic is Topic.AGENCY:
                if (
                    inside
                    and not apart
                    and finding.verdict is not Verdict.AGREES
                    and one.differs == (finding.verdict is Verdict.DIFFERS)
                ):
                    return True
            elif inside and (self._is_cell(one, finding) or self.names(question, finding) >= _NAMED):
                return True
        return False

    def _has_agreeing_rows(self, finding: Finding) -> bool:
        """Return whether a row of what is led agrees with the text: another row may have a leader of its own."""
        rows = [one for one in finding.statements if one.place.table]
        return len(rows) > 1 and any(not one.differs for one in rows)

    def _is_cell(self, statement: Statement, finding: Finding) -> bool:
        """Return whether a statement is a cell of its own, not a phrase in a long one."""
        place = statement.place
        if not place.table or finding.topic is not Topic.FIGURE:
            return False
        table = next(table for table in self.documents[finding.document].tables if table.id == place.table)
        cells = [cell for row in table.data_rows if row.number == place.row for cell in row.cells]
        return any(cell.column == place.column and cell.span == statement.span for cell in cells)


def _share(key: str, asked: str) -> float:
    blocks = common_blocks(key, asked)
    return sum(block.end - block.start for block in blocks) / len(key) if key else 0.0
