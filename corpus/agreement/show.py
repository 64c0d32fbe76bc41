"""What a document states more than once in, readable Chinese lines for a person's judgement out.

Example: “！ 单位国内生产总值能耗（2024年）不一致：正文 二、……1.5吨标煤；指标表第17行……1.82吨标煤/万元”.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.agreement.models import Finding, Statement, Topic, Verdict
from corpus.models import ParsedDocument

_MARKS = {Verdict.DIFFERS: "！", Verdict.LOOSE: "·"}
_SAID = {Verdict.DIFFERS: "不一致", Verdict.LOOSE: "写法不同，但不相矛盾"}


def called(finding: Finding) -> str:
    """Return what a finding is about, with its year or the role of its agencies."""
    if finding.role:
        return f"{finding.subject}的{finding.role}"
    return finding.subject + (f"（{finding.year}年）" if finding.year.isdigit() else "")


def render_agreement(document: ParsedDocument, findings: Sequence[Finding]) -> str:
    """Return how many things the document states in several places, and a line for each that does not agree."""
    own = [finding for finding in findings if finding.document == document.info.id]
    odd = [finding for finding in own if finding.verdict is Verdict.DIFFERS]
    loose = [finding for finding in own if finding.verdict is Verdict.LOOSE]
    head = f"前后说法：{len(own)} 项写在两处以上，{len(odd)} 项不一致，{len(loose)} 项写法不同但不相矛盾"
    return "\n".join([head, *(_line(document, finding) for finding in (*odd, *loose))]) + "\n"


def _line(document: ParsedDocument, finding: Finding) -> str:
    stated = "；".join(f"{_place(document, finding, one)} {one.written}" for one in finding.statements)
    return f"{_MARKS[finding.verdict]} {called(finding)}{_SAID[finding.verdict]}：{stated}"


def _place(document: ParsedDocument, finding: Finding, statement: Statement) -> str:
    place = statement.place
    clause = next((clause for clause in document.clauses if clause.id == place.clause), None)
    if clause is not None:
        return f"正文 {clause.path[-1]}"
    table = next(table for table in document.tables if table.id == place.table)
    row = f"第{place.row}行" if place.row else "合计行"
    return f"{table.name}{row}" + (f"（{statement.subject}）" if finding.topic is Topic.TOTAL else "")
