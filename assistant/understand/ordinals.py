"""A question in, what it names by number out: a group or heading spelt out by its name, or a row of a table.

Example: 第三个行动有哪些项目 → 重点行动三有哪些项目; 第25项指标 → 指标表 row 25; 第40个项目 → none of 39.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.understand.lexicon import Word
from assistant.understand.question import Question
from assistant.understand.table_choice import Shortlist
from corpus.models import ColumnKind, ParsedDocument, Row, Span, Table
from corpus.numerals import parse_chinese_integer
from index.chunks import group_word

_COUNT = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"
NTH = rf"(?P<back>倒数)?第[（(]?(?P<number>{_COUNT})[）)]?|(?P<last>最后(?:[那这]?一|[那这])|末)"
_ORDINAL = re.compile(
    rf"序号(?:为|是)?(?P<written>{_COUNT})|(?:{NTH})(?:个|项|行|号|位|名|条)|(?P<named>{_COUNT})号(?=项目|指标)"
)
_OF_LIST = re.compile(rf"(?:的|中的?|里的?|里面的?)?(?:{NTH})(?:个|项|位|名|条|家)(?P<noun>项目|指标|工程)?的?")
_BELONGING = r"(?:属于|归于|归入|归到|列入|列在|放在|在|是)(?:第几|哪一?)[个项条大类]?"
_NUMBER_AT_END = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)$")
_OF_DOCUMENT = "部分"
_COUNTERS = r"[个项条大类点]|方面"


@dataclass(frozen=True, slots=True)
class RowReference:
    """A row named by its number."""

    document: ParsedDocument
    table: Table
    number: int
    row: Row
    span: Span


@dataclass(frozen=True, slots=True)
class Beyond:
    """A number that nothing has: ``asked`` as said, of ``size`` things that are called ``of``."""

    asked: str
    of: str
    size: int


def position(match: re.Match[str], size: int) -> int | None:
    """Return which of ``size`` things an ordinal means, counted from 1; None beyond them."""
    if match["last"]:
        return size or None
    number = parse_chinese_integer(match["number"]) or 0
    if not 1 <= number <= size:
        return None
    return size + 1 - number if match["back"] else number


def of_list(text: str) -> re.Match[str] | None:
    """Return the ordinal in ``text`` that counts what stands before it: 能源局牵头的第二个项目."""
    match = _OF_LIST.search(text)
    return match if match is not None and match.start() > 0 else None


class Numbered:
    """Knows what documents number: groups of rows by their labels (重点行动三), headings under a heading."""

    def __init__(self, documents: Sequence[ParsedDocument], nouns: Sequence[Word]) -> None:
        """Take the class ``nouns``, by which a group may be called for short (行动)."""
        self._groups: dict[str, dict[int, str]] = {}
        for table in (table for document in documents for table in document.tables):
            for group in (group for row in table.data_rows for group in row.groups):
                if found := _NUMBER_AT_END.search(group.label):
                    labels = self._groups.setdefault(group_word(group), {})
                    labels.setdefault(parse_chinese_integer(found.group()) or 0, group.label)
        short = {noun.key: word for noun in nouns for word in self._groups if word.endswith(noun.key)}
        self._words = {**short, **{word: word for word in self._groups}}
        self._headings = _headings(documents)
        self._labels: dict[str, set[int]] = defaultdict(set)
        for clause in (clause for document in documents for clause in document.clauses):
            if label := re.search(_COUNT, clause.label):
                self._labels[clause.heading].add(parse_chinese_integer(label.group()) or 0)

    def spell_out(self, text: str) -> str | Beyond:
        """Return ``text`` with the groups and headings that it names by number called by name."""
        for word, labels in self._groups.items():
            labelled = re.search(rf"{word}(?P<number>{_COUNT})(?![\d个项条大类])", text)
            if labelled and parse_chinese_integer(labelled["number"]) not in labels:
                return Beyond(labelled.group(), word, len(labels))
        if self._words:
            for noun in sorted(self._words, key=lambda word: -len(word)):
                word = self._words[noun]
                text = re.sub(rf"({_BELONGING})(?<!{word}){noun}(?!表)", rf"属于哪个{word}", text)
                if (named := self._groups_named(text, noun, word)) != text:
                    return named
        return self._heading(text)

    def _groups_named(self, text: str, noun: str, word: str) -> str | Beyond:
        """Return ``text`` with every 第三个行动 in it called by its label."""
        while match := re.search(rf"(?:{NTH})(?:{_COUNTERS}){noun}(?!表)", text):
            named = self._group(text, match, word)
            if isinstance(named, Beyond):
                return named
            text = named
        return text

    def _group(self, text: str, match: re.Match[str], word: str) -> str | Beyond:
        labels = self._groups[word]
        number = position(match, max(labels))
        if number not in labels:
            return Beyond(match.group(), word, len(labels))
        return text[: match.start()] + labels[number] + text[match.end() :]

    def _heading(self, text: str) -> str | Beyond:
        """Return ``text`` with 保障措施部分, 第二条保障措施 or 保障措施的第二条 called by its heading."""
        for heading in self._headings:
            text = text.replace(heading + _OF_DOCUMENT, heading)
        ordinal = re.search(rf"(?:{NTH})(?:{_COUNTERS})", text)
        if ordinal is None:
            return text
        before, after = text[: ordinal.start()], text[ordinal.end() :]
        for heading, children in self._headings.items():
            around = before.rstrip("的中里").endswith(heading) or after.startswith(heading)
            if not around:
                continue
            number = position(ordinal, len(children))
            own = parse_chinese_integer(ordinal["number"] or "") in self._labels.get(heading, ())
            if number is None and own and after.startswith(heading):
                return before + after  # 第22项甲工程 has fewer parts, and is 22.甲工程 itself
            if number is None:
                return Beyond(ordinal.group(), heading, len(children))
            if after.startswith(heading):
                return before + children[number - 1] + after.removeprefix(heading)
            return before.rstrip("的中里").removesuffix(heading) + children[number - 1] + after
        return text


def _headings(documents: Sequence[ParsedDocument]) -> Mapping[str, tuple[str, ...]]:
    """Return the headings under each heading that has several."""
    found: dict[str, tuple[str, ...]] = {}
    for document in documents:
        names = {clause.id: clause.heading for clause in document.clauses}
        children: dict[str, list[str]] = {}
        for clause in document.clauses:
            if clause.parent is not None and clause.heading and names.get(clause.parent):
                children.setdefault(clause.parent, []).append(clause.heading)
        found |= {names[parent]: tuple(listed) for parent, listed in children.items() if len(listed) > 1}
    return found


_IN_ORDER = re.compile(
    r"[从由][大高多小低少长短早晚]到|排[名序列]|(?:投资|资金|金额|收入|费用|额|率|值|数|量|规模|占比|比重)的?(?:排在?|位居|居)第"
)
"""按投资从大到小排，第四名 and 投资排在第五位 are no rows of the table with this number; 排在第30项 is."""


def find_row_reference(
    question: Question,
    shortlist: Shortlist,
    speaks_of: Callable[[Question, Table], bool],
) -> RowReference | Beyond | None:
    """Return the row that the question names by number in a table it speaks of; None where it names none.

    The number is compared with the table's own 序号 column, or counts its rows where it has none; so do 最后一个 and
    倒数第二个.
    """
    match = _ORDINAL.search(question.key)
    if match is None or _IN_ORDER.search(question.key):
        return None
    for document, table in shortlist.tables:
        if speaks_of(question, table):
            span = Span(*match.span())
            row = _find_row(table, match)
            if row is None:
                return Beyond(span.of(question.text), table.name, len(table.data_rows))
            return RowReference(document, table, row.number, row, span)
    return None


def _find_row(table: Table, match: re.Match[str]) -> Row | None:
    rows = table.data_rows
    stated = match["written"] or match["named"]
    if not stated and (match["last"] or match["back"]):
        number = position(match, len(rows))
        return rows[number - 1] if number is not None else None
    wanted = str(parse_chinese_integer(stated or match["number"]))
    ordinals = [column.number for column in table.columns if column.kind is ColumnKind.ORDINAL]
    for row in rows:
        written = [cell.text for cell in row.cells if cell.column in ordinals]
        if wanted in written or (not ordinals and str(row.number) == wanted):
            return row
    return None
