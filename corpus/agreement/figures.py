"""The figures of one document in, those of one thing brought together and compared out.

Example: 非常规水资源（中水）利用率 85%以上, 非常规水（中水）利用率 88%, 非常规水源（中水）比率 85: they differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.agreement.cells import read_table
from corpus.agreement.compare import verdict_of
from corpus.agreement.models import Finding, StatedAt, Statement, Topic
from corpus.agreement.prose import Prose, read_prose
from corpus.agreement.subjects import Subjects, bare_ratio_of, is_indicator, is_rate_of
from corpus.conversion import Units
from corpus.knowledge import Knowledge
from corpus.models import Clause, ClauseKind, ParsedDocument

_LISTED = (ClauseKind.BULLET, ClauseKind.RUN, ClauseKind.LEVEL4)
_ASIDE = (ClauseKind.TITLE, ClauseKind.ANNEX_LIST, ClauseKind.SIGNATURE)
_ITEMS = (ClauseKind.LEVEL4, ClauseKind.RUN)
_OWN_SCOPE = (ClauseKind.LEVEL3, ClauseKind.ARTICLE)
_CHINESE = re.compile(r"[㐀-鿿]{2}")
_A_YEAR = re.compile(r"\d{4}")


def read_figures(document: ParsedDocument, knowledge: Knowledge) -> tuple[Statement, ...]:
    """Return every figure that the document states, in its text first, then in its tables."""
    found: list[Statement] = []
    rows = [row for table in document.tables for row in table.data_rows]
    works = {name for row in rows for name in (*(g.name for g in row.groups), *(c.text for c in row.cells))}
    ends: dict[str, str] = {}
    scopes: dict[str, str] = {}
    for clause in document.clauses:
        above = clause.parent or ""
        owns = clause.kind in _OWN_SCOPE or (clause.heading and clause.heading in works)
        scopes[clause.id] = _name(clause) if owns else scopes.get(above, "")
        # “到2024年，……：” governs the items listed below it.
        year = ends.get(above, "") if clause.kind in _LISTED else ""
        if clause.kind not in _ASIDE:
            for span in clause.own:
                prose = Prose(document.text, span, StatedAt(clause=clause.id), scopes[clause.id], year)
                statements, year = read_prose(prose)
                found += statements
        ends[clause.id] = year
    for table in document.tables:
        found += read_table(document.text, table, knowledge)
    return tuple(found)


def compare_figures(
    document: ParsedDocument, statements: Sequence[Statement], subjects: Subjects, units: Units
) -> Iterator[Finding]:
    """Yield a finding for each thing that is stated in two or more places for one year."""
    if len({one.place.clause or one.place.table for one in statements}) < 2:
        return  # a lone table states nothing twice: its keys need not be made
    for together in _by_subject(statements, subjects).values():
        for year, group in by_year(together):
            places = {one.place for one in group}
            if len(places) > 1 and _is_one_thing(group) and not _are_items(places, document):
                verdict, differs = verdict_of(group, units)
                marked = tuple(replace(one, differs=odd) for one, odd in zip(group, differs, strict=True))
                keys = tuple(dict.fromkeys(subjects.key(one.subject) for one in group))
                name = min((one.subject for one in group), key=len)
                yield Finding(document.info.id, Topic.FIGURE, name, keys, year, "", verdict, marked)


def _by_subject(statements: Sequence[Statement], subjects: Subjects) -> dict[str, list[Statement]]:
    """Return the statements by what they are of; what is not of the whole area only with its own work.

    A plain thing outside of any work (在校学生数) may be another's in the next clause: only a table's total is one.
    """
    keys = [subjects.key(statement.subject) for statement in statements]
    general = {key for key, one in zip(keys, statements, strict=True) if is_indicator(key) or is_indicator(one.subject)}
    totals = {key for key, one in zip(keys, statements, strict=True) if one.place.table and not one.scope}
    found: dict[str, list[Statement]] = defaultdict(list)
    for key, one in zip(keys, statements, strict=True):
        if _CHINESE.search(key) and (key in general or one.scope or key in totals):
            found[key if key in general else f"{key}|{subjects.key(one.scope)}"].append(one)
    for key in [key for key in found if bare_ratio_of(key)]:
        # A bare share of a thing is its only rate: 非常规水源比率 is 非常规水利用率 where no other rate of it is given.
        rates = [other for other in found if other != key and is_rate_of(other, bare_ratio_of(key))]
        if len(rates) == 1:
            found[rates[0]] += found.pop(key)
    return found


def by_year(statements: Sequence[Statement]) -> Iterator[tuple[str, list[Statement]]]:
    """Yield (year, statements); what no year governs belongs to the latest, the target."""
    years = {one.year for one in statements if _A_YEAR.fullmatch(one.year)}
    latest = max(years, default="")
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.year if one.year in years or one.year == "base_value" else latest].append(one)
    yield from found.items()


def _is_one_thing(statements: Sequence[Statement]) -> bool:
    """Return whether no place states the thing twice over: two rows, cells of a row or figures are two things."""
    columns = Counter((one.place.table, one.place.column) for one in statements if one.place.table)
    rows = Counter((one.place.table, one.place.row) for one in statements if one.place.table)
    clauses = Counter(one.place for one in statements if one.place.clause)
    return max([*columns.values(), *rows.values(), *clauses.values()]) == 1


def _are_items(places: Iterable[StatedAt], document: ParsedDocument) -> bool:
    """Return whether all places are items of one list (（1）华北：…（2）东北：…), each of which speaks of its own.

    What stands below an article is such a list, whatever it is numbered with: 第九条 …：（一）检测服务，…30%；（二）….
    """
    clauses = {clause.id: clause for clause in document.clauses}
    items = [one for place in places if (one := clauses.get(place.clause))]
    if len(items) < len(set(places)) or len({one.parent for one in items}) != 1:
        return False
    above = clauses.get(items[0].parent or "")
    of_article = above is not None and above.kind is ClauseKind.ARTICLE
    return of_article or all(one.kind in _ITEMS for one in items)


def _name(clause: Clause) -> str:
    return clause.heading or clause.label
