"""A table in, what the note below it says of the rates in its rows out.

Example: 注：严重退化的标准上浮20% → a question about these is told the raise as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.models import Answer
from assistant.respond.evidence import Evidence, cite, clause_evidence
from corpus.folding import fold
from corpus.models import ParsedDocument, Row, Table
from corpus.raw import trim

_NOTE = re.compile(r"\s*(?P<note>(?:注|说明|备注)\s*[:：][^\n]*(?:\n+\s*\d{1,2}\s*[.．、][^\n]*)*)")
"""Stands below a table, with the lines that go on counting: 注：1.… 2.…"""
_RAISED = re.compile(
    r"(?P<who>[^。；;，,：:]{2,40})[，,]?[^，,。；;]{0,6}标准(?:可以?)?上浮(?P<percent>\d+(?:\.\d+)?)[%％]"
)
_BEFORE_WHO = re.compile(r"[\s\d.．、]*(?:属于|[在对凡的])?")
_NOT = re.compile("[不非没未无][^，,。；;]{0,6}$")
_NAMES_THOSE_RAISED = 4
"""A question that says so many of the first characters of who a note raises the rate for is about them."""
_LONGEST_NOTE = 600


def note_below(document: ParsedDocument, table: Table) -> Evidence | None:
    """Return the note that stands right below a table."""
    noted = _NOTE.match(document.text, table.span.end)
    if noted is None or noted.end() - noted.start("note") > _LONGEST_NOTE:
        return None
    clause = next(one for one in document.clauses if one.id == table.clause)
    return clause_evidence(document, clause, trim(document.text, noted.start("note"), noted.end()))


def raises(note: str, table: Table, row: Row, name: str, text: str) -> Iterator[str]:
    """Yield by how many percent a note raises a rate for those that a question says it is about.

    Neither the name of the row itself nor those that the question says not to be of show it.
    """
    own = {cell.text for cell in row.cells}
    others = {cell.text for one in table.data_rows for cell in one.cells} - own
    for match in _RAISED.finditer(note):
        who = match["who"].replace(name, "")
        first = who[matched.end() :] if (matched := _BEFORE_WHO.match(who)) else who
        key, said = fold(first)[:_NAMES_THOSE_RAISED], fold(text)
        is_of_others = any(one in who for one in others if len(one) > 1)
        at = said.find(key)
        if len(key) > 1 and at >= 0 and not is_of_others and not _NOT.search(said[:at]):
            yield match["percent"]


def with_note(answer: Answer, note: Evidence | None) -> Answer:
    """Return ``answer`` with the note below the table that it is from: it may say for whom something else holds."""
    if note is None:
        return answer
    cited = cite([note], first=len(answer.citations) + 1)
    said = " ".join(cited[0].quote.split())
    text = f"{answer.answer}\n\n表下有注：“{said}”[{cited[0].index}]"
    return replace(answer, answer=text, citations=(*answer.citations, *cited))
