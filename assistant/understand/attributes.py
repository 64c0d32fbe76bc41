"""What can be asked of a row in, the words that ask for it and the headers that hold it out.

Example: “lead_agency” is asked by 谁牵头 and stands below 牵头责任单位.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.understand.lexicon import Word, load_lexicon
from corpus.columns import LEVELS
from corpus.folding import fold
from corpus.knowledge import Attribute
from corpus.models import Table
from index.chunks import group_word

UNIT_COLUMN = -1
"""Stands for the unit that a row's figures are in."""

GROUP_COLUMN = -2
"""Stands for the group rows above a row (重点行动, 重点工程): -2 for the outermost, -3 for the next, …"""

GROUP = "group:"
"""Begins the attribute names of group rows: “group:0” for the outermost level."""

SUMS = {"小计", "合计", "总计"}
"""What a column of sums is called."""
PART_OF = re.compile(r"^其中[:：]?")
"""Begins the header of a column that is a part of another."""
YEAR = re.compile(r"(?:19|20)\d\d")
"""A year in a header."""

_BELONGING = (
    "属于哪个{}",
    "属于哪项{}",
    "属于哪一个{}",
    "属于哪一项{}",
    "归哪个{}",
    "算哪个{}",
    "是哪个{}的",
    "是哪个{}里的",
)
_REMEMBERED = 8192
_UNIT_SIGN = re.compile(r"[\s（(]*[%％‰][）)]*$")
_OF_SOURCE = re.compile(r"来源$|渠道$|性质$|方式$")
_BUILT = re.compile(r"(?P<of>砖混|砖木|框架|轻钢|钢|木|混凝土|钢筋混凝土)结构")
"""How something is built is called without the noun: 砖混."""


class Attributes:
    """Attribute names (“lead_agency”) with the words that ask for them and the header words that identify columns."""

    def __init__(self, asked: Mapping[str, Sequence[str]], headers: Mapping[str, Sequence[str]]) -> None:
        self._headers = {name: tuple(fold(word) for word in words) for name, words in headers.items()}
        self._fits = lru_cache(maxsize=_REMEMBERED)(self._hold)
        self.words = tuple(
            sorted(
                (Word(fold(word), name) for name, words in asked.items() for word in words),
                key=lambda word: -len(word.key),
            )
        )

    @classmethod
    def of_lexicon(cls, lexicon: Mapping[str, Attribute]) -> Attributes:
        """Return the attributes of the office's lexicon, by name."""
        return cls(
            {name: o.words for name, o in lexicon.items()}, {name: o.header_words for name, o in lexicon.items()}
        )

    def header_words(self, attribute: str) -> tuple[str, ...]:
        """Return the words that identify a column or field of ``attribute``; a column's own name stands for itself."""
        return self._headers.get(attribute, (attribute,))

    def all_words(self, attribute: str) -> tuple[str, ...]:
        """Return the folded words by which a text may speak of ``attribute``."""
        return (*self.header_words(attribute), *(word.key for word in self.words if word.name == attribute))

    def names_column(self, header: str) -> bool:
        """Return whether a text is what columns are headed by (姓名, 职务), or ends so (工作单位, 联系电话)."""
        key = fold(header)
        endings = tuple(word.key for word in load_lexicon().aspects if word.name == "endings")
        return key.endswith(endings) or any(key in words for words in self._headers.values())

    def fits(self, attribute: str, header: str) -> bool:
        """Return whether a column or field headed ``header`` holds ``attribute``; recent answers are remembered."""
        return self._fits(attribute, header)

    def _hold(self, attribute: str, header: str) -> bool:
        key = fold(header)
        if attribute == "amount" and _OF_SOURCE.search(key):
            return False  # 资金来源 says where money is from, and is no sum
        return any(word in key for word in self.header_words(attribute))

    def with_columns(self, tables: Sequence[Table]) -> Attributes:
        """Return the attributes plus the column names and group words of ``tables``, so any table can be asked."""
        known = {word.key for word in self.words}
        headers = {fold(column.name) for table in tables for column in table.columns}
        # 变动比例% is asked for as 变动比例, 其中:财政资金 as 财政资金.
        levels = {level for header in headers if LEVELS in header for level in header.split(LEVELS)}
        plain = {PART_OF.sub("", _UNIT_SIGN.sub("", header)) for header in headers | levels} - SUMS
        plain |= {match["of"] for header in headers if (match := _BUILT.fullmatch(header)) is not None}
        named = {name for name in headers | plain if len(name) > 1} - SUMS
        own = [Word(name, name) for name in named - known if not YEAR.fullmatch(name.rstrip("年"))]
        groups = {(fold(group_word(group)), group.level) for t in tables for row in t.data_rows for group in row.groups}
        own += [Word(word, f"{GROUP}{level}") for word, level in groups if word and word not in known]
        # 哪个行动 asks for the 重点行动 a row belongs to; by itself it may ask for a row.
        asked = [(form.format(word[-2:]), level) for word, level in groups if len(word) > 2 for form in _BELONGING]
        own += [Word(word, f"{GROUP}{level}") for word, level in asked if word not in known]
        grown = Attributes({}, self._headers)
        grown.words = tuple(sorted((*self.words, *own), key=lambda word: (-len(word.key), word.key)))
        return grown
