"""The answer to a question as a whole and those to its parts in, whether one tells what the other does not out.

Example: 共36项。每一类各有几项 → the parts tell of groups, where the whole lists their rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.parts import STATES_FACTS, figures_told, rests_on_all, words_told
from corpus.folding import fold

_LONG = 12
"""Cells of more characters are texts: names and figures are told by their row."""
_OF_ROW, _CELLS = re.compile(r"第\d+行"), re.compile(r"[\n\t]+| {2,}")
_ASKS_COUNT = re.compile(r"(?:几|多少)[个项位家]")
_COUNT = re.compile(r"共(?P<count>\d+)(?=[个项位家])")


def tells_each(whole: Answer, answers: Sequence[Answer]) -> bool:
    """Return whether as many cells of one row are told as parts are answered from it, which may have others alone."""
    if any(one.kind is not AnswerKind.LOOKUP for one in (whole, *answers)) or len(whole.claims) < len(answers):
        return False
    named = {claim.subject for one in (whole, *answers) for claim in one.claims}
    return len(named) == 1 and named != {""}


def quoted(answer: Answer) -> str:
    """Return the folded text of all that an answer cites."""
    return "".join(fold(citation.quote) for citation in answer.citations)


def says_more(joined: Answer, whole: Answer) -> bool:
    """Return whether one answer tells a text of a row that another one does not, which rests on the row as well."""
    one, other = (fold(words_told(answer)) for answer in (joined, whole))
    rows = (citation.quote for citation in joined.citations if _OF_ROW.search(citation.locator))
    cells = [fold(cell.strip()) for quote in rows for cell in _CELLS.split(quote)]
    return any(len(cell) > _LONG and cell in one and cell not in other for cell in cells)


def tells_other_cells(answers: Sequence[Answer], whole: Answer) -> bool:
    """Return whether each part is told from cells, and most figures of one are left out by a list of rows.

    A sum of what is listed is no other cell.
    """
    if any(answer.kind is not AnswerKind.LOOKUP or answer.missing for answer in answers):
        return False
    cells = [cell for row in (whole.table.rows if whole.table is not None else ()) for cell in row]
    shown = "\n".join((words_told(whole), *cells))
    counting = (answer for answer in answers if _ASKS_COUNT.search(answer.standalone))
    counts = {match["count"] for answer in counting for match in _COUNT.finditer(words_told(answer).split("\n")[0])}
    if any(f"共{count}" not in words_told(whole) for count in counts):
        return True  # 共36项, which a cell may hold by chance
    told = (figures_told(answer) for answer in answers)
    return any(2 * sum(figure not in shown for figure in figures) > len(figures) for figures in told)


def tells_groups(answers: Sequence[Answer], whole: Answer) -> bool:
    """Return whether one part is told of groups, where the whole lists their rows: 36项。每一类各有几项."""
    tables = [answer.table for answer in answers if answer.kind in STATES_FACTS and answer.table is not None]
    if whole.table is None:
        return False
    fewer = (table for table in tables if 1 < len(table.rows) < len(whole.table.rows))
    return any(set(table.columns).isdisjoint(whole.table.columns[1:]) for table in fewer)


def begins_with_text(answers: Sequence[Answer], whole: Answer) -> bool:
    """Return whether the first part is told by the text, which a list of rows does not hold, and no part is refused."""
    if any(answer.kind not in STATES_FACTS or answer.missing for answer in answers):
        return False
    of_text = not any(_OF_ROW.search(citation.locator) for citation in answers[0].citations)
    return of_text and not rests_on_all(whole, answers[0])


def lists_rows(answer: Answer) -> bool:
    """Return whether an answer lists rows: what it computes and tells of them is whole."""
    return answer.table is not None and len(answer.table.rows) > 1
