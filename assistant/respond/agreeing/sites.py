"""A question whether the text and a row name the same places in, the places that each of them names, compared, out.

Example: 超采区治理，正文和项目表列的地方一致吗 → 棋盘井 and three more in the clause, two more in the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.respond.agreeing.asked import Asked, Compared
from assistant.respond.sentences import split_sentences
from assistant.understand.places import Places
from corpus.agreement.models import Finding, StatedAt, Statement, Topic, Verdict
from corpus.folding import fold
from corpus.models import Cell, ParsedDocument, Row, Span, Table

_ASKS = re.compile(r"地方|地点|地区|区域|位置|范围|哪些(?:旗|县|区|乡|镇|街道|村)|旗区|区县")
_PARTS = re.compile(r"(?P<mark>^|[、，,；;]|和|及|与)(?P<part>(?:(?![、，,；;]|和|及|与).)+)")
_COMMAS = re.compile(r"[，,；;]")
_ENDS = re.compile(r"等.*$")
_LONGEST = 6
_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Site:
    """A place within a known one: 棋盘井 of 鄂托克旗; ``name`` may have words behind it where nothing ends it."""

    name: str
    within: str


def compare_sites(asked: Asked, places: Places) -> Compared | None:
    """Return the sites of the one row named and of the sentence that shares most of them, two at least; else None."""
    found = _row_of(asked)
    if found is None or not (_ASKS.search(asked.key) and asked.said.kinds & {"text", "table"}):
        return None
    table, row = found
    of_cells = ((cell, sites) for cell in row.cells if len(sites := list(_sites(fold(cell.text), places))) >= _SHARED)
    cell, listed = max(of_cells, key=lambda one: len(one[1]), default=(None, []))
    best = max(_sentences(asked, places), key=lambda one: len(_both(listed, one[2])), default=None)
    if cell is None or best is None or len(_both(listed, best[2])) < _SHARED:
        return None
    clause, sentence, stated = best
    if any(len(site.name) > _LONGEST for site in stated if not _is_in(site, listed)):
        return None  # where its name ends is not known
    return _compared(asked, (table, row, cell), (clause, sentence), listed, stated)


def _row_of(asked: Asked) -> tuple[Table, Row] | None:
    plan = asked.understood.plan
    rows = {
        (thing.table.id, thing.row.number): (thing.table, thing.row)
        for thing in (plan.things if plan is not None else ())
        if thing.table is not None and thing.row is not None
    }
    return next(iter(rows.values())) if len(rows) == 1 else None


def _sentences(asked: Asked, places: Places) -> Iterator[tuple[str, Span, list[_Site]]]:
    """Yield the sentences of clauses that list sites, each with its clause."""
    document: ParsedDocument = asked.document
    for clause in document.clauses:
        for sentence in split_sentences(document.text, clause.own):
            sites = list(_sites(fold(sentence.of(document.text)), places))
            if len(sites) >= _SHARED:
                yield clause.id, sentence, sites


def _sites(text: str, places: Places) -> Iterator[_Site]:
    """Yield the sites of a list: what stands behind a known place, and what is joined with it: 甲旗东湖、西湖."""
    within = ""
    for match in _PARTS.finditer(text):
        part = match["part"]
        known = places.last_in(part)
        if known is not None:
            within = known.of(part)
        elif _COMMAS.match(match["mark"]):
            within = ""  # a comma ends the list, unless another known place follows
        name = _ENDS.sub("", part[known.end :] if known is not None else part)
        if within and len(name) >= _SHARED:
            yield _Site(name, within)
        if len(name) > _LONGEST or _ENDS.search(part):
            within = ""


def _is_in(site: _Site, sites: Sequence[_Site]) -> bool:
    """Return whether one of ``sites`` is this one, whatever words stand behind either."""
    return any(site.name.startswith(other.name) or other.name.startswith(site.name) for other in sites)


def _both(first: Sequence[_Site], second: Sequence[_Site]) -> list[_Site]:
    """Return those of ``first`` that ``second`` has too."""
    return [site for site in first if _is_in(site, second)]


def _compared(
    asked: Asked,
    row: tuple[Table, Row, Cell],
    clause: tuple[str, Span],
    listed: Sequence[_Site],
    stated: Sequence[_Site],
) -> Compared:
    table, line, cell = row
    more = [site for site in listed if not _is_in(site, stated)]
    fewer = [site for site in stated if not _is_in(site, listed)]
    shown = [next((one.name for one in listed if site.name.startswith(one.name)), site.name) for site in stated]
    differs = bool(more or fewer)
    statements = (
        Statement(clause[1], StatedAt(clause=clause[0]), "", "、".join(shown), differs=differs),
        Statement(
            cell.span,
            StatedAt(table=table.id, row=line.number, column=cell.column),
            "",
            "、".join(s.name for s in listed),
            differs=differs,
        ),
    )
    name = (
        next((thing.name for thing in asked.understood.plan.things if thing.row is line), "")
        if asked.understood.plan
        else ""
    )
    verdict = Verdict.DIFFERS if differs else Verdict.AGREES
    finding = Finding(asked.document.info.id, Topic.TOTAL, name, (), "", "", verdict, statements)
    head = f"“{name}”所写的地方，两处{'不一致' if differs else '一致'}"
    note = _said("表中比正文多写了", more) + _said("正文比表中多写了", fewer)
    return Compared(finding, head, note)


def _said(head: str, sites: Sequence[_Site]) -> str:
    names = "、".join(f"{site.within}{site.name}" for site in sites)
    return f"{head}{names}（{len(sites)}处）。" if sites else ""
