"""A question and a table in, whether the question speaks of the table's rows out.

Example: 投资最大的项目 speaks of 项目表: its rows are called 项目, and it has a column for 投资.
"""

from __future__ import annotations

import re

from assistant.understand.attributes import GROUP, Attributes
from assistant.understand.columns import year_of
from assistant.understand.lexicon import Ask, Lexicon
from assistant.understand.measures import asked_by_unit
from assistant.understand.question import MentionKind, Question
from assistant.understand.question_reader import QuestionReader
from assistant.understand.support import Support
from assistant.understand.table_frame import annex_label, stem_of, without_brackets
from corpus.folding import fold
from corpus.models import ColumnKind, Span, Table
from corpus.row_names import name_column

_HOW_MANY_OF = re.compile(r"(?:多少|几)[个家项]$")
_PERSONS = "姓名"
_COUNTS_PERSONS = re.compile(r"(?<!第)(?:几|多少)[位名](?![次称单])")
"""Counts people whatever they are called: 有几位院士."""
_WHICH_OF = r"(?:哪些|哪几|几|多少|什么)[个项]?{}"
_LONG_HEADER = 3
_NOUN = 2
_ROWS_CALLED = r"(?:的|(?:哪|几|多少|每)一?[些个所家种项类座条]|[各每]|所有|全部)"
_SEVERAL = 2


class TableSubject:
    """Tells which tables a question speaks of."""

    def __init__(self, attributes: Attributes, reader: QuestionReader, support: Support, lexicon: Lexicon) -> None:
        self._attributes, self._reader, self._support, self._lexicon = attributes, reader, support, lexicon

    def speaks_of(self, question: Question, table: Table) -> bool:
        """Return whether the question speaks of this table's rows: its name, its caption or the header of its names."""
        column = name_column(table, self._attributes.header_words("name"))
        header = fold(table.columns[column].name) if column is not None else ""
        nouns = [noun.key for noun in self._lexicon.class_nouns if noun.key in question.key]
        if any(label in question.key for label in map(annex_label, table.path) if label):
            return True
        measures = [c for c in table.columns if c.kind is ColumnKind.NUMBER and not year_of(c)]
        named_attributes = question.named(MentionKind.ATTRIBUTE)
        if any(self._attributes.fits(name, column.name) for column in measures for name in named_attributes):
            return True
        if asked_by_unit(question, table):
            return True
        if header == _PERSONS and _COUNTS_PERSONS.search(question.key):
            return True
        stem = stem_of(table)
        words = self._reader.words(stem)
        said = [word for word in words if self._support.holds(stem, word, question.key)]
        if len(said) >= max(len(words) - 1, _SEVERAL):
            return True
        if len(stem) > 1 and stem in question.key:
            return True
        counted = [
            mention.name
            for mention in question.mentions
            if mention.kind is MentionKind.ATTRIBUTE and _HOW_MANY_OF.search(question.key[: mention.span.start])
        ]
        if any(self._attributes.fits(name, column.name) for name in counted for column in table.columns):
            return True
        levels = {f"{GROUP}{group.level}" for row in table.data_rows for group in row.groups}
        if levels & set(question.named(MentionKind.ATTRIBUTE)):
            return True
        named = [header.removesuffix("名称"), *(fold(column.name) for column in table.columns if not year_of(column))]
        if any(len(name) >= _LONG_HEADER and name in question.key for name in named):
            return True
        called = stem if header == _PERSONS else without_brackets(header)
        if _calls_rows(question.key, called) or any(stem.endswith(noun) for noun in nouns):
            return True
        if any(noun in header for noun in nouns):
            return True
        rows = [m.span for m in question.mentions if m.name in ("rows", Ask.WHO)]
        if any(header in self._support.substitutes(question.key, span) for span in rows):
            return True
        # 哪些工程 may ask for 项目; 培育工程的责任单位有哪些 names one work.
        asked = [noun for noun in nouns if re.search(_WHICH_OF.format(noun), question.key)]
        return any(self._support.holds(noun, Span(0, len(noun)), header) for noun in asked)


def _calls_rows(key: str, header: str) -> bool:
    """Return whether the question asks for rows by the noun that ends what they are called: 具体事项 are 事项."""
    noun = header.removesuffix("名称")[-_NOUN:]
    return len(noun) == _NOUN and re.search(_ROWS_CALLED + re.escape(noun), key) is not None
