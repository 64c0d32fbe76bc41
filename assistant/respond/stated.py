"""A finding of the index in, its statements as evidence and as words out.

Example: 能耗, 2024 → “二、——能源经济体系全面推进为1.5吨标煤[1]；二、 指标表 第17行为1.82吨标煤/万元[2]”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.models import Citation, Claim, Conflict
from assistant.models import Statement as ShownStatement
from assistant.respond.evidence import Evidence, cite, clause_evidence, row_evidence, table_address
from corpus.agreement.models import Finding, Statement, Topic, Verdict
from corpus.agreement.show import called
from corpus.models import ParsedDocument

_SAID = {
    Verdict.AGREES: "各处说法一致",
    Verdict.LOOSE: "各处写法不同，但不相矛盾",
    Verdict.DIFFERS: "各处说法不一致",
}
_PAIR = 2


class Cited:
    """Citations of one answer that grow: what is cited already keeps its number."""

    def __init__(self, citations: Sequence[Citation], documents: Mapping[str, ParsedDocument]) -> None:
        self.citations, self._documents = list(citations), documents

    def number(self, finding: Finding, statement: Statement) -> int:
        """Return the number of the citation that covers a statement, a new one where none does."""
        for known in self.citations:
            inside = known.start <= statement.span.start and statement.span.end <= known.end
            if known.document_id == finding.document and inside:
                return known.index
        (made,) = cite([evidence_of(self._documents[finding.document], statement)], len(self.citations) + 1)
        self.citations.append(made)
        return made.index

    def conflict(self, finding: Finding) -> Conflict:
        """Return the contract's record of a finding that differs."""
        shown = tuple(ShownStatement(one.value, one.unit, self.number(finding, one)) for one in finding.statements)
        return Conflict(called(finding), shown)

    def words(self, finding: Finding) -> str:
        """Return each place with what it states and its mark; rows of one table that say the same are joined."""
        joined: dict[tuple[str, str], list[str]] = {}
        marks: dict[tuple[str, str], str] = {}
        for one in finding.statements:
            place = locator_of(self._documents[finding.document], one)
            if one.place.table and one.subject and finding.topic in (Topic.COUNT, Topic.TOTAL):
                place += one.subject
            same = (one.place.table, f"“{one.written}”" if finding.topic is Topic.NAME else one.written)
            joined.setdefault(same, []).append(place)
            marks[same] = marks.get(same, "") + f"[{self.number(finding, one)}]"
        return "；".join(f"{'、'.join(places)}为{same[1]}{marks[same]}" for same, places in joined.items())


def claims_of(finding: Finding, cited: Cited) -> tuple[Claim, ...]:
    """Return what the places of a figure say: one value where they agree, a cell's before a text's."""
    said = finding.statements
    if finding.verdict is Verdict.AGREES:
        said = (next((one for one in said if one.place.table), said[0]),)
    return tuple(
        Claim(called(finding), ShownStatement(one.value, one.unit, cited.number(finding, one)), finding.subject)
        for one in said
    )


def verdict_words(finding: Finding) -> str:
    """Return the verdict in words; two places are called two."""
    said = _SAID[finding.verdict]
    return said.replace("各处", "两处") if len(finding.statements) == _PAIR else said


def evidence_of(document: ParsedDocument, statement: Statement) -> Evidence:
    """Return the statement as evidence: of a cell the row from its name on, of a text the words that state it."""
    place = statement.place
    if place.clause:
        clause = next(clause for clause in document.clauses if clause.id == place.clause)
        return clause_evidence(document, clause, statement.span)
    table = next(table for table in document.tables if table.id == place.table)
    row = next((row for row in table.data_rows if row.number == place.row), None)
    if row is None:
        return Evidence(document, statement.span, table.path, f"{table.name} 合计行")
    if place.column < 0:
        return Evidence(document, statement.span, table.path, table_address(document, table, row))
    whole = row_evidence(document, table, row, [place.column])
    # Of a long cell only the words that state the figure are quoted.
    cell = next(cell for cell in row.cells if cell.column == place.column)
    return whole if cell.span == statement.span else Evidence(document, statement.span, whole.section, whole.locator)


def locator_of(document: ParsedDocument, statement: Statement) -> str:
    """Return the place in words: “正文三、（一）6.” or “附件5 项目表 第11行”."""
    locator = evidence_of(document, statement).locator.split(" “")[0]
    return f"正文（{locator.strip()}）" if statement.place.clause else locator
