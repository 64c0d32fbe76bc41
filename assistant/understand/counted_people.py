"""A question about a table of places and the people counted there in, the same in the words of its headers out.

Example: 小学生最多的区县, of 县（区） and 小学在校 → 小学在校最多的地方; 一个教师带几个学生 → 学生是教师的几倍.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.models import ColumnKind, Table

_RANKS = r"(?:县市区|市县区|区市县|旗县区|区县|县区|旗县|旗区|县旗|县市|市县)"
_OF_RANKS = re.compile(r"(?:[县区市旗][()（）、/]*){2,}")
"""Heads rows that are places of several ranks: 县（区）, 旗区."""
_SCHOOL = re.compile(
    r"(?P<school>小学|初中|普通高中|高中|中职|职高|幼儿园|大学|高校)(?:在[校园](?:生|学生|幼儿|人数|数)?)"
)
_OF_ALL = re.compile("(?<=占)(?:(?:该|全|本)[县区旗](?:的)?)?在校(?:学生|生)(?:人数|数)?")
_NUMBER = re.compile(r"(?:人数|数量)(?=[排最占比超低高多少合共是为有达到]|一共|总共|分别|各|[，,。？?]|$)")
_PER = re.compile(
    r"平均[，,]?(?:一|每一?)[个名位](?P<one>[\u3400-\u9fff]{2,6}?)(?:要|得|能|可以)?(?:带|教|管|负责|服务|照顾|有|对应)"
    r"(?:着|了)?(?:几|多少)[个名位]?(?P<many>[\u3400-\u9fff]{2,6})(?=[，,。？?]|$)"
)


class CountedPeople:
    """Knows the columns that count people, and whether rows are places of several ranks."""

    def __init__(self, tables: Sequence[Table]) -> None:
        columns = [column for table in tables for column in table.columns]
        self._of_ranks = any(_OF_RANKS.fullmatch(fold(column.name)) for column in columns)
        self._counts = tuple(dict.fromkeys(fold(one.name) for one in columns if one.kind is ColumnKind.NUMBER))

    def as_headed(self, text: str) -> str:
        """Return ``text`` with places, pupils and numbers of people called as headers have them; empty for none."""
        made = re.sub(_RANKS, "地方", text) if self._of_ranks else text
        for header in self._counts:
            if (match := _SCHOOL.fullmatch(header)) is not None:
                made = re.sub(rf"{match['school']}(?:在[校园])?(?:的?学生|生)(?:人数|数量?)?", header, made)
                made = _OF_ALL.sub("在校学生", made)
            made = re.sub(rf"(?<={re.escape(header)}){_NUMBER.pattern}", "", made)
        made = _PER.sub(self._times, made)
        return made if made != text else ""

    def _times(self, match: re.Match[str]) -> str:
        """Return the question for how many times the one column that counts so is of the other."""
        ones, many = ([header for header in self._counts if header.endswith(match[name])] for name in ("one", "many"))
        return f"{many[0]}是{ones[0]}的几倍" if len(ones) == len(many) == 1 else match.group()
