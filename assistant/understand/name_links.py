"""A question in, the rows and clauses that it calls by name out.

Example: 十大孔兑项目由哪个局牵头 → two rows of 项目表; 库布齐沙漠治理的项目 → no indicator 库布齐沙漠治理率.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.attributes import Attributes
from assistant.understand.entities import Catalogue, Link
from assistant.understand.grants import GRANT_ASKED
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import total_length
from assistant.understand.table_choice import Shortlist
from corpus.folding import fold
from corpus.models import Span, Table
from corpus.row_names import name_column

_SPOKEN_FOR = (MentionKind.ATTRIBUTE, MentionKind.OPERATION, MentionKind.ASK, MentionKind.YEAR)
_WORKS = ("项目", "工程", "任务", "行动")
_BOUNDED = re.compile(r"(?<![\d上、，,足满于])\d[\d.]*[\u3400-\u9fff]{1,4}?以[上下]")
_IN_MONEY = re.compile(r"(?:多少|几)[十百千万亿]*元")


class NameLinks:
    """Finds what questions call by name in one set of documents."""

    def __init__(self, catalogue: Catalogue, attributes: Attributes) -> None:
        self._catalogue, self._attributes = catalogue, attributes

    def links(self, question: Question, shortlist: Shortlist | None) -> tuple[Link, ...]:
        """Return the best links of a question; rows of listed tables alone are named, None for those of all tables."""
        links = self._catalogue.link(question.key, self._spoken_for(question, shortlist), *_within(shortlist))
        return self._without_other_rows(question, self._of_whole_range(question, shortlist) or links)

    def all_links(self, question: Question, shortlist: Shortlist | None) -> tuple[Link, ...]:
        """Return every link of a question, the best or not."""
        found = self._catalogue.links(question.key, _spoken_for(question), *_within(shortlist))
        return self._without_other_rows(question, found)

    def _without_other_rows(self, question: Question, links: Sequence[Link]) -> tuple[Link, ...]:
        return tuple(link for link in links if not self._calls_other_rows(question, link))

    def _of_whole_range(self, question: Question, shortlist: Shortlist | None) -> tuple[Link, ...]:
        """Return the links of rows whose whole name is a figure with its bound that the question states.

        800平方米以上 is no part of 200平方米以上、不足800平方米.
        """
        if shortlist is None or (stated := _BOUNDED.search(question.key)) is None:
            return ()
        links = self._catalogue.links(question.key, self._spoken_for(question, shortlist), *_within(shortlist))
        return tuple(link for link in links if link.entity.key == stated.group())

    def _calls_other_rows(self, question: Question, link: Link) -> bool:
        """Return whether a part of a row's name is followed by what the rows of another table are called.

        库布齐沙漠治理的项目 are no indicator 库布齐沙漠治理率 where there is a table of 项目.
        """
        thing, end = link.entity, max((block.end for block in link.blocks), default=0)
        called = next(
            (m for m in question.mentions if m.kind is MentionKind.CLASS_NOUN and m.span.start == end + 1), None
        )
        if (
            thing.table is None
            or called is None
            or question.key[end] != "的"
            or total_length(link.blocks) >= len(thing.key)
        ):
            return False
        noun = called.span.of(question.key)
        if noun in _WORKS and any(work in self._rows_called(thing.table) for work in _WORKS):
            return False  # 工程 and 项目 are called by each other's names
        others = {
            one.table.id: one.table for one in self._catalogue.entities if one.document is thing.document and one.table
        }
        heads = {number: self._rows_called(table) for number, table in others.items()}
        return noun not in heads[thing.table.id] and any(noun in head for head in heads.values())

    def _rows_called(self, table: Table) -> str:
        """Return the header of the names of a table's rows."""
        column = name_column(table, self._attributes.header_words("name"))
        return fold(table.columns[column].name) if column is not None else ""

    def _spoken_for(self, question: Question, shortlist: Shortlist | None) -> list[Span]:
        """Return the stretches that ask; of two attributes one may be the whole name of a row (利润总额).

        What is granted for something is no column that counts it: of 双季稻补多少 双季稻 names 双季稻种植补贴.
        """
        if GRANT_ASKED.search(question.key):
            return [span for span in _spoken_for(question) if span not in _own_headers(question)]
        asked = [mention.span for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
        if len(asked) <= 1 or shortlist is None:
            return _spoken_for(question)
        names = [span for span in self._catalogue.whole_names(question.key, shortlist.places) if span in asked]
        return [span for span in _spoken_for(question) if span not in names[: len(asked) - 1]]


def _own_headers(question: Question) -> list[Span]:
    """Return where headers of columns stand that no general attribute is called by."""
    asked = (mention for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE)
    return [mention.span for mention in asked if mention.name == mention.span.of(question.key)]


def _spoken_for(question: Question) -> list[Span]:
    """Return the stretches that ask or name a table: of 多少亿元 no part names 亿元GDP事故死亡率.

    A whole title may be the name of a row as well, where a table lists others.
    """
    money = [Span(*match.span()) for match in _IN_MONEY.finditer(question.key)]
    titles = [span for one in question.titles for span in (Span(one.start, one.end - 1), Span(one.start + 1, one.end))]
    return [*(mention.span for mention in question.mentions if mention.kind in _SPOKEN_FOR), *money, *titles]


def _within(shortlist: Shortlist | None) -> tuple[Sequence[tuple[str, str]] | None, Sequence[str] | None]:
    return (None, None) if shortlist is None else (shortlist.places, shortlist.documents)
