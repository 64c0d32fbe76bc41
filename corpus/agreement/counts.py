"""A document in, the numbers of works and rows that its text states beside those that are there out.

Example: “24项重点工程” in 三、, 24 group rows 重点工程1 … 重点工程24 in 项目表: they agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.agreement.models import Finding, StatedAt, Statement, Topic, Verdict
from corpus.agreement.subjects import Subjects
from corpus.folding import fold
from corpus.knowledge import Knowledge
from corpus.models import Clause, ClauseKind, Group, ParsedDocument, RowKind, Span, Table
from corpus.numerals import parse_chinese_integer
from corpus.row_names import name_column

_COUNT = re.compile(r"(\d{1,4}|[二三四五六七八九十百]{1,5})(大|项|个|条|类|方面)([㐀-鿿]{2,6})")
_NUMBERED = (ClauseKind.LEVEL1, ClauseKind.LEVEL2, ClauseKind.LEVEL3, ClauseKind.LEVEL4)
_GENERAL = (ClauseKind.PREAMBLE, ClauseKind.LEVEL1, ClauseKind.LEVEL2, ClauseKind.BULLET, ClauseKind.HEADING)
_IN_ALL = re.compile(r"(?:共|合计|总计)[^，。；、：:\n]{0,6}$")
_LABEL_NUMBER = re.compile(r"[\d一二三四五六七八九十百]+$")
_SENTENCE = re.compile(r"[^。；\n]+")
_NOUN = 2
_LEAST = 2
_SHARED = 4
"""Characters of a heading that have to stand in the sentence for the heading to be named there."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """Things that are there: their noun (工程), what they are called, how many, and the last as the evidence."""

    noun: str
    names: tuple[str, ...]
    last: Statement
    inside: str = ""
    """The clause whose descendants they are; empty for groups and rows of a table."""


def compare_counts(document: ParsedDocument, knowledge: Knowledge, subjects: Subjects) -> Iterator[Finding]:
    """Yield a finding for each number of works or rows that the text states and that can be counted."""
    counted = (*_groups(document), *_descendants(document), *_rows(document, knowledge))
    found: dict[_Counted, list[Statement]] = defaultdict(list)
    for clause in document.clauses:
        for match, sentence in _stated(document, clause):
            listed = {things.last.place.table for things in counted if _lists(things, sentence)}
            for things in counted:
                if _speaks_of(things, clause, match, sentence, listed):
                    span = Span(match.start(), match.start(3) + match.group(3).find(things.noun) + len(things.noun))
                    unit = match.group(2) if match.group(2) != "大" else "个"
                    found[things].append(Statement(span, StatedAt(clause=clause.id), things.noun, match.group(1), unit))
    # What is counted in the text and in a table is one thing where the same words state its number.
    together: dict[tuple[Statement, ...], list[_Counted]] = defaultdict(list)
    for things, statements in found.items():
        together[tuple(replace(one, subject="") for one in statements)].append(things)
    for said, things_counted in together.items():
        yield _count_finding(document, said, things_counted, subjects)


def _count_finding(
    document: ParsedDocument, said: Sequence[Statement], counted: Sequence[_Counted], subjects: Subjects
) -> Finding:
    numbers = {str(len(things.names)) for things in counted}
    stated = [str(parse_chinese_integer(one.value)) for one in said]
    lasts = [replace(things.last, value=str(len(things.names))) for things in counted]
    differs = len({*numbers, *stated}) > 1
    odd = [replace(one, differs={value} != numbers) for one, value in zip(said, stated, strict=True)]
    odd += [replace(one, differs=differs) for one in lasts]
    nouns = sorted({things.noun for things in counted}, key=len, reverse=True)
    keys = tuple(subjects.alike(fold(noun)) for noun in nouns)
    verdict = Verdict.DIFFERS if differs else Verdict.AGREES
    return Finding(document.info.id, Topic.COUNT, f"{nouns[0]}的数量", keys, "", "", verdict, tuple(odd))


def compare_totals(document: ParsedDocument) -> Iterator[Finding]:
    """Yield a finding for each total that the reader checked against the rows above it."""
    for table in document.tables:
        checks = list(table.checks)
        cells = [cell for row in table.rows if row.kind is RowKind.TOTAL for cell in row.cells]
        for cell in cells:
            if not checks or cell.column != checks[0].column or cell.quantity is None:
                continue
            check, column = checks.pop(0), table.columns[cell.column]
            rows = [row for row in table.data_rows if row.span.end <= cell.span.start]
            own = [one for row in rows[-1:] for one in row.cells if one.column == cell.column]
            if not own:
                continue
            differs = not check.agrees
            place = StatedAt(table=table.id, row=0, column=cell.column)
            stated = Statement(cell.span, place, "合计", str(check.stated), column.unit, differs=differs)
            summed = f"{check.rows}行之和"
            last = Statement(
                own[0].span,
                replace(place, row=rows[-1].number),
                summed,
                str(check.computed),
                column.unit,
                differs=differs,
            )
            verdict = Verdict.DIFFERS if differs else Verdict.AGREES
            name = f"{table.name}“{column.name}”合计"
            yield Finding(document.info.id, Topic.TOTAL, name, ("合计", column.name), "", "", verdict, (stated, last))


def _stated(document: ParsedDocument, clause: Clause) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the counts that a clause states, each with its sentence."""
    for span in clause.own:
        for sentence in _SENTENCE.finditer(document.text, span.start, span.end):
            for match in _COUNT.finditer(document.text, sentence.start(), sentence.end()):
                yield match, sentence.group()


def _speaks_of(things: _Counted, clause: Clause, match: re.Match[str], sentence: str, listed: set[str]) -> bool:
    """Return whether a count is of ``things``: it stands over them, or its sentence names half of them or the label.

    One that gives another number is of them only where it stands over them and names some, or gives the label of a
    table's groups beside a list of that table's groups (``listed``: the tables of which a sentence lists groups).
    Rows are counted where a general clause says how many there are in all (共实施39个项目).
    """
    if not match.group(3).startswith(things.noun) and not match.group(3)[_NOUN:].startswith(things.noun):
        return False
    if _lists(things, sentence):
        return True
    agrees = parse_chinese_integer(match.group(1)) == len(things.names)
    if things.inside:
        return things.inside == clause.id and (agrees or _named(things, sentence) >= _LEAST)
    if not match.group(3).startswith(things.noun):
        return False
    if things.last.place.column >= 0:
        in_all = _IN_ALL.search(match.string[max(match.start() - 8, 0) : match.start()]) is not None
        return in_all and clause.kind in _GENERAL and "其中" not in sentence
    return len(things.noun) > _NOUN and (agrees or things.last.place.table in listed - {""})


def _lists(things: _Counted, sentence: str) -> bool:
    return 2 * _named(things, sentence) >= len(things.names)


def _named(things: _Counted, sentence: str) -> int:
    return sum(_is_named(name, things.noun, sentence) for name in things.names)


def _is_named(name: str, noun: str, sentence: str) -> bool:
    core = name.removesuffix(noun)
    return len(core) >= _SHARED - 1 and core[:_SHARED] in sentence


def _groups(document: ParsedDocument) -> Iterator[_Counted]:
    """Yield each level of group rows of each table: 重点工程1 to 重点工程24."""
    for table in document.tables:
        levels: dict[int, dict[Group, int]] = defaultdict(dict)
        for row in table.data_rows:
            for group in row.groups:
                levels[group.level][group] = row.number
        for groups in levels.values():
            labels = {_LABEL_NUMBER.sub("", group.label) for group in groups}
            if len(groups) < _LEAST or len(labels) > 1 or len(label := labels.pop()) < _NOUN:
                continue
            group, row_number = list(groups.items())[-1]
            last = Statement(
                group.span, StatedAt(table=table.id, row=row_number, column=-1), f"{label}（分组行）", "", "个"
            )
            names = tuple(group.name for group in groups)
            yield _Counted(label, names, last)
            if len(label) > _NOUN:
                yield _Counted(label[-_NOUN:], names, last)


def _descendants(document: ParsedDocument) -> Iterator[_Counted]:
    """Yield, for each clause, its descendants of one level whose headings end alike: （一） with six 工程."""
    parents = {clause.id: clause.parent for clause in document.clauses}
    below: dict[tuple[str, ClauseKind], list[Clause]] = defaultdict(list)
    for clause in document.clauses:
        above = clause.parent if clause.kind in _NUMBERED else None
        while above is not None:
            below[above, clause.kind].append(clause)
            above = parents[above]
    for (inside, _), clauses in below.items():
        nouns = {clause.heading[-_NOUN:] for clause in clauses}
        if len(clauses) >= _LEAST and len(nouns) == 1 and len(noun := nouns.pop()) == _NOUN:
            last = Statement(clauses[-1].heading_span, StatedAt(clause=clauses[-1].id), f"{noun}（条款标题）", "", "个")
            yield _Counted(noun, tuple(clause.heading for clause in clauses), last, inside)


def _rows(document: ParsedDocument, knowledge: Knowledge) -> Iterator[_Counted]:
    """Yield the rows of each table whose name column says what they are (项目名称); no two tables of one noun."""
    attribute = knowledge.lexicon.get("name")
    found: dict[str, list[tuple[Table, int]]] = defaultdict(list)
    for table in document.tables:
        number = name_column(table, attribute.header_words if attribute else ())
        if number is not None and len(table.data_rows) >= _LEAST:
            found[table.columns[number].name.removesuffix("名称")].append((table, number))
    for noun, tables in found.items():
        if len(tables) != 1 or len(noun) < _NOUN:
            continue
        table, number = tables[0]
        row = table.data_rows[-1]
        names = [cell.text for one in table.data_rows for cell in one.cells if cell.column == number]
        span = next(cell.span for cell in row.cells if cell.column == number)
        last = Statement(span, StatedAt(table=table.id, row=row.number, column=number), f"{noun}（数据行）", "", "个")
        yield _Counted(noun, tuple(names), last)
