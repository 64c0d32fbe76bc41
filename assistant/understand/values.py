"""Tables in, the cell values that a question can use as a condition out.

Example: “市水利局牵头的” names the value 水利局 of 项目表 “牵头责任单位” and the value 市水利局 of 指标表 “责任单位”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from statistics import median

from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.lexicon import Word
from assistant.understand.months import Month, blank, caption_months, find_months, month_of
from assistant.understand.name_lengths import NameLengths
from corpus.cell_values import AGENCY, RANKS, is_of_others, own_places, own_ranks, split_column
from corpus.folding import fold
from corpus.models import ColumnKind, Group, ParsedDocument, Span, Table
from corpus.numerals import parse_chinese_integer
from corpus.row_names import name_column

_LONGEST_VALUE = 20
_LONG_CELL = 40
_REMEMBERED = 256
_FIGURE = re.compile(r"[\d.\-年月日至%]+")
_NUMBER = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)$")
_NUMERALS = re.compile(r"\d\d|[一二三四五六七八九十百][一二三四五六七八九十百]")
_KIND = re.compile(r"类[别型]?$")
_ONE_OF = re.compile(r"一(?:[共些样个起直定切批]|项(?!目))")
_AND_ABOVE = re.compile(r"(?P<level>[\u3400-\u9fff]{2,8})(?:及|或)?以[上下]")
_BODY = re.compile(r".{2}(?:[队院站所社]|中心|公司|集团|银行)$")
_CHINESE = ("〇", *"一二三四五六七八九十", *("十" + digit for digit in "一二三四五六七八九"), "二十")


TablePlace = tuple[str, str]
"""The ids of a document and of a table of it."""


@dataclass(frozen=True, slots=True)
class ValueRef:
    """A value of a column (or of a level of group rows, see ``GROUP_COLUMN``): ``text`` as the cells write it."""

    document_id: str
    table_id: str
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class ValueMention:
    """A stretch of the question that names a value, with every column that holds it."""

    span: Span
    refs: tuple[ValueRef, ...]


def chinese_numeral(value: int) -> str:
    """Return a small number in Chinese (五, 十二); empty beyond twenty."""
    return _CHINESE[value] if value < len(_CHINESE) else ""


def holds_prose(cells: Sequence[str]) -> bool:
    """Return whether a column's cells are sentences: their pieces are words, not values."""
    return any("。" in cell or "；" in cell for cell in cells) or median(map(len, cells or [""])) > _LONG_CELL


class Values:
    """All values of the columns that hold values rather than names or prose."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        name_words: Sequence[str],
        same: Iterable[Sequence[str]],
        class_nouns: Sequence[Word],
        meant: Iterable[tuple[str, ValueRef]] = (),
        titles: Callable[[str], tuple[Span, ...]] = lambda _: (),
    ) -> None:
        """Take groups of names of the ``same`` agency or place, and the nouns that a group's name may leave out.

        ``meant`` are names of values that cells mean without writing them, ``titles`` tells where tables are named.
        """
        self._titles = titles
        self._places = {document.info.id: own_places(document.info.title) for document in documents}
        self._ranks = {document.info.id: own_ranks(document.info.title) for document in documents}
        self._refs: dict[str, dict[TablePlace, set[ValueRef]]] = defaultdict(lambda: defaultdict(set))
        self._dates: dict[TablePlace, dict[Month, set[ValueRef]]] = defaultdict(lambda: defaultdict(set))
        self._nouns = tuple(noun.key for noun in class_nouns)
        for document in documents:
            for table in document.tables:
                self._add_table(document.info.id, table, name_words)
        for group in same:
            keys = [fold(name) for name in group]
            refs = [ref for key in keys for held in self._refs.get(key, {}).values() for ref in held]
            for key, ref in product(keys, refs):
                self._keep(key, ref)
        for name, ref in meant:
            self._keep(fold(name), ref)
        self._lengths = NameLengths(self._refs)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find)

    def find(self, key: str, tables: Sequence[TablePlace] | None = None) -> tuple[ValueMention, ...]:
        """Return the values of ``tables`` named in a folded question, the longest at each place, without overlaps.

        A number is never cut in two: 重点工程9 is not named by 重点工程99. Recent answers are remembered.
        """
        return self._known(key, None if tables is None else tuple(tables))

    def _find(self, key: str, tables: tuple[TablePlace, ...] | None) -> tuple[ValueMention, ...]:
        found = list(self._find_dates(key, self._dates if tables is None else tables))
        key = blank(key, [*(mention.span for mention in found), *self._titles(key)])
        start = 0
        while start < len(key) - 1:
            for end in (start + length for length in self._lengths.at(key, start)):
                refs = self._held(key[start:end], tables)
                if AGENCY.search(key[start:end]):
                    refs = {ref for ref in refs if not is_of_others(key[:start], self._ranks[ref.document_id])}
                if refs and not _NUMERALS.match(key[end - 1 : end + 1]) and not _ONE_OF.match(key, end - 1):
                    found.append(ValueMention(Span(start, end), _in_order(refs)))
                    start = end
                    break
            else:
                start += 1
        return tuple(sorted(found, key=lambda mention: mention.span))

    def _held(self, key: str, tables: Iterable[TablePlace] | None) -> set[ValueRef]:
        held = self._refs.get(key)
        if held is None:
            return set()
        return {ref for place in (held if tables is None else tables) for ref in held.get(place, ())}

    def _find_dates(self, key: str, tables: Iterable[TablePlace]) -> Iterator[ValueMention]:
        """Yield the months and years named that are the dates of cells: 2019年11月 names 2019-11-01 08:00:00."""
        for mention in find_months(key):
            refs = {
                ref
                for place in tables
                for stated, held in self._dates.get(place, {}).items()
                if any(stated.within(month) for month in mention.months)
                for ref in held
            }
            if refs:
                yield ValueMention(mention.span, _in_order(refs))

    def _add_table(self, document_id: str, table: Table, name_words: Sequence[str]) -> None:
        names = name_column(table, name_words)
        said = caption_months(table)
        for column in table.columns:
            cells = [cell.text for row in table.data_rows for cell in row.cells if cell.column == column.number]
            if column.kind is ColumnKind.TEXT and column.number != names and not holds_prose(cells):
                for cell, values in split_column(cells).items():
                    if (month := month_of(cell)) is None:
                        for value in values:
                            ref = ValueRef(document_id, table.id, column.number, value)
                            self._add(ref)
                            if _KIND.search(column.name) and not value.endswith("类"):
                                self._keep(f"{fold(value)}类", ref)
                    elif month not in said:
                        # What the caption says of all rows tells none of them apart.
                        self._dates[document_id, table.id][month].add(
                            ValueRef(document_id, table.id, column.number, cell)
                        )
        for row in table.data_rows:
            for group in row.groups:
                ref = ValueRef(document_id, table.id, GROUP_COLUMN - group.level, group.name)
                for name in self._group_names(group):
                    self._keep(fold(name), ref)

    def _group_names(self, group: Group) -> Iterator[str]:
        """Yield what a group may be called: its name, with and without its class noun, and its label in both numerals.

        重点行动一 may be called 行动一, 行动1 and 重点行动1.
        """
        yield group.name
        name, label = fold(group.name), fold(group.label)
        for noun in self._nouns:
            if name.endswith(noun):
                yield name.removesuffix(noun)
        number = _NUMBER.search(label)
        if number is None or not label[: number.start()]:
            yield label
            return
        value = parse_chinese_integer(number.group())
        written = {number.group(), str(value), chinese_numeral(value or 0)} - {""}
        for word in {label[: number.start()], *(n for n in self._nouns if label[: number.start()].endswith(n))}:
            for numeral in written:
                yield word + numeral

    def _add(self, ref: ValueRef) -> None:
        key = fold(ref.text)
        if not 2 <= len(key) <= _LONGEST_VALUE or _FIGURE.fullmatch(key):
            return
        self._keep(key, ref)
        for place in self._places[ref.document_id]:
            if key.startswith(place) and len(key) > len(place) + 1:
                self._keep(key.removeprefix(place), ref)
        if level := _AND_ABOVE.fullmatch(key):
            self._keep(level["level"], ref)
        if AGENCY.search(key):
            # 市水利局 and 水利局 are one agency within one office's documents.
            for rank in self._ranks[ref.document_id]:
                self._keep(rank + key, ref)
        if key[0] in RANKS and len(key) > 2 and (AGENCY.search(key) or _BODY.search(key)):
            self._keep(key[1:], ref)

    def _keep(self, key: str, ref: ValueRef) -> None:
        self._refs[key][ref.document_id, ref.table_id].add(ref)


def _in_order(refs: Iterable[ValueRef]) -> tuple[ValueRef, ...]:
    return tuple(sorted(refs, key=lambda ref: (ref.document_id, ref.table_id, ref.column, ref.text)))
