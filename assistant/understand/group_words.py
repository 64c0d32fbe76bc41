"""A table and a place in a question in, whether the words before it call a group of rows out.

Example: 能源 before 行动 or 方面 calls the group 现代能源经济高质量发展提速行动, and no rows whose names hold 能源.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.understand.attributes import GROUP_COLUMN, Attributes
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Group, Row, Span, Table
from corpus.numerals import parse_chinese_integer
from corpus.row_names import cell_text, name_column
from index.chunks import group_word

AREA = r"(?:方面|领域|板块|这一?块|这一?方面)"
"""Stands for the noun of an outermost group: 能源方面."""
_AREA = re.compile(AREA)
_POINTING = re.compile(r"的?[这那]一?[个项大]?(?:重点|大)?")
_JOINT = re.compile(r"[和与及、]")
_NUMBER = re.compile(r"([一二两三四五六七八九十\d]+)[个大项类]+")
_NOUN = 2
_MOSTLY = 0.6
_REMEMBERED = 1024


@lru_cache(maxsize=_REMEMBERED)
def group_nouns(table: Table, attributes: Attributes) -> tuple[tuple[int, str], ...]:
    """Return the levels of group rows by the noun that ends their word (重点行动 → 行动), unless rows are called so."""
    rows = table.data_rows
    words = {(group.level, group_word(group)) for row in rows for group in row.groups}
    levels = sorted({(level, fold(word)) for level, word in words if len(word) > _NOUN} | _shared_ends(rows))
    names = name_column(table, attributes.header_words("name")) if levels else None
    called = [fold(cell_text(row, names)) for row in rows] if names is not None else []
    if names is not None:
        called.append(fold(table.columns[names].name).removesuffix("名称"))
    return tuple(
        (GROUP_COLUMN - level, word[-_NOUN:])
        for level, word in levels
        if not any(name.endswith(word[-_NOUN:]) for name in called)
    )


def _shared_ends(rows: Sequence[Row]) -> set[tuple[int, str]]:
    """Return the levels with the noun in which most names of their groups end: 产业 of 食品加工产业."""
    names: dict[int, set[str]] = defaultdict(set)
    for group in {group for row in rows for group in row.groups}:
        names[group.level].add(fold(group.name))
    ends = {level: Counter(name[-_NOUN:] for name in held).most_common(1)[0] for level, held in names.items()}
    return {(level, end) for level, (end, count) in ends.items() if count > 1 and count >= _MOSTLY * len(names[level])}


def noun_at(key: str, end: int, table: Table, attributes: Attributes) -> str:
    """Return the noun of a group of ``table`` at ``end`` of a folded question, with 的那个 before it; else nothing."""
    joint = _POINTING.match(key, end)
    place = joint.end() if joint is not None else end
    return next(
        (key[end:place] + noun for _, noun in group_nouns(table, attributes) if key.startswith(noun, place)), ""
    )


def outer_group(called: str, groups: Iterable[Group]) -> str:
    """Return the folded name of the one outermost group that holds ``called`` and joins nothing; empty for none."""
    outer = dict.fromkeys(fold(group.name) for group in groups if group.level == 0)
    held = [name for name in outer if called in name]
    return held[0] if len(held) == 1 and not _JOINT.search(held[0]) else ""


def calls_group(key: str, word: Span, table: Table, attributes: Attributes) -> bool:
    """Return whether the word of a folded question calls a group of the table's rows: 能源 of 能源行动."""
    if noun_at(key, word.end, table, attributes):
        return True
    groups = [group for row in table.data_rows for group in row.groups]
    return _AREA.match(key, word.end) is not None and bool(outer_group(word.of(key), groups))


def unheard_groups(
    question: Question, table: Table, attributes: Attributes, held: Sequence[str], around: str
) -> tuple[list[Span], list[Span]]:
    """Return the words of a question that say again which group is meant, and those that call one that is not ``held``.

    ``held`` are the folded names of the groups that conditions are on: 能源行动（重点行动三）; what stands ``around``
    the rows calls none: 三年行动方案.
    """
    key = question.key
    words = [span for span in question.words if not _says_all(span.of(key), table)]
    nouns = {span: noun_at(key, span.end, table, attributes) for span in words}
    again = [span for span, noun in nouns.items() if noun and any(span.of(key) in name for name in held)]
    called = [Span(span.start, span.end + len(noun)) for span, noun in nouns.items() if noun]
    return again, [] if held else [span for span in called if span.of(key) not in around]


def _says_all(word: str, table: Table) -> bool:
    """Return whether a word before a group's noun is the number of all groups of a level: 五大 of five 行动."""
    number = _NUMBER.fullmatch(word)
    groups = {group for row in table.data_rows for group in row.groups}
    sizes = Counter(group.level for group in groups).values()
    return number is not None and parse_chinese_integer(number[1]) in sizes


def parts_calling_groups(
    key: str, name: str, blocks: Sequence[Span], table: Table, attributes: Attributes
) -> list[Span]:
    """Return the ``blocks`` of a row's folded ``name`` before a group's noun that it has not: 节水 of 节水行动."""
    nouns = ((block, noun_at(key, block.end, table, attributes)) for block in blocks)
    plain = name.replace("“", "").replace("”", "")
    return [block for block, noun in nouns if noun and block.of(key) + noun not in plain]
