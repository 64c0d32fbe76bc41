"""A question for the rows that speak of something in, all rows whose names or prose hold its words out.

Example: 哪些项目涉及光伏 → 提到“光伏”的项目共3个：“项目名称”提到的2个：…；仅“建设内容”提到的1个：….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.compute import Computation
from assistant.respond.computed import row_table
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.query_words import counter, described, name_of, noun
from assistant.respond.sentences import split_sentences
from assistant.respond.shown_sql import shown_sql
from assistant.understand.attributes import Attributes
from assistant.understand.conditions import find_conditions
from assistant.understand.lexicon import Ask
from assistant.understand.negations import limits_of
from assistant.understand.query import Condition, Measure, Operation, Query
from assistant.understand.question import Mention, MentionKind, Question
from assistant.understand.support import join
from assistant.understand.table_frame import frame, sizes, stated_size
from assistant.understand.values import ValueMention, holds_prose
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, Row, Span, Table
from corpus.row_names import cell_text, name_column
from index.facts import Facts

_VERB = "提到|提及|涉及|写到|写了|讲到|说到|谈到|包含|包括|含有|里有|中有|有关|相关|关于|关系到"
_SPEAKS = re.compile(_VERB)
_WHICH = (
    r"(?:哪些|哪几|哪一?|什么|啥|几|多少)[个项类条]?{noun}|{noun}(?:中|里)?(?:都|共|一共|总共)?(?:有|是|包括)(?:哪|几|多少|什么)"
    rf"|{{noun}}(?:当中|里面|之中|中|里)[，,]?(?=[^，,。]{{{{0,60}}}}?(?:{_VERB})[^，,。]{{{{0,60}}}}的(?:都|共|一共)?(?:有|是)(?:哪|几|多少)[些几个项]*[？?。]*$)"
    r"|{noun}(?:中|里|当中|里面)?(?:哪[些几]|谁)|{noun}[吗么]?[？?。]*$|名单|是谁|哪[几些]?[位个人]|(?:有|是)(?:哪些|谁|几[个位名])(?:{noun})?|(?<!第)(?:几|多少)[位名]"
)
_ALL = ("都", "分别", "各")
_WORKS = re.compile(r"工作|任职|供职|上班")
"""What people do wherever their row says they are."""
_HEAD = re.compile(r"(?:“[^”]+”含(?P<value>[^、“”]+?)的[^“”]+?中，)?(?P<rows>提到“[^\n]+?”的[^“”\n]+?)共\d+")
"""How ``_word`` begins."""
_CALLED = re.compile(r"表(?![示现述明态达彰])|名单|清单")
"""What makes of a class noun the name of a table: 项目表里."""
_OF_ROWS = frozenset({"content", "name"})
_COUNTED = frozenset({"count", "sum"})
_QUOTED_ROWS = 3

Tables = Sequence[tuple[ParsedDocument, Table]]


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for in one table: ``phrases`` that must stand in one of ``columns``, and the ``words`` of them.

    The phrases are what stands together in the question (新建淤地坝147座); where no row holds them, their words are
    looked for. ``others`` are the columns that the question does not mean.
    """

    query: Query
    phrases: tuple[str, ...]
    words: tuple[str, ...]
    columns: tuple[int, ...]
    others: tuple[int, ...]


class RowSearch:
    """Finds rows by words of their names and prose."""

    def __init__(
        self, attributes: Attributes, facts: Facts, speaks_of: Callable[[Question, Table], bool], nouns: Sequence[str]
    ) -> None:
        """Take what tells that a question speaks of a table's rows, and the class nouns."""
        self._attributes, self.facts, self._speaks_of, self._nouns = attributes, facts, speaks_of, tuple(nouns)
        noun = "|".join(map(re.escape, nouns))
        self._which = re.compile(_WHICH.format(noun=f"(?:{noun})"))

    def mentioning(
        self, question: Question, asked: str, tables: Tables, values: Sequence[ValueMention]
    ) -> Answer | None:
        """Return the rows that the question says speak of something; a denial where none does. None if it says not."""
        verb = _SPEAKS.search(question.key)
        if verb is None or not self.asks_rows(question, values):
            return None
        searches = self.searches(question, tables, values)
        answers = (self._answer(search, question, asked) for search in searches)
        found = next((answer for answer in answers if answer is not None), None)
        return found or (_deny(searches[0], question, asked) if searches else None)

    def holding(self, question: Question, asked: str, tables: Tables, values: Sequence[ValueMention]) -> Answer | None:
        """Return the rows that hold every word of the question that nothing else explains: 哪个项目种植沙棘."""
        if not self.asks_rows(question):
            return None
        searches = self.searches(question, tables, values)
        # A single character stands in many words (分 in 分档), a sign in none.
        telling = (one for one in searches if any(len(word) > 1 or not word.isalnum() for word in one.words))
        answers = (self._answer(one, question, asked) for one in telling)
        return next((answer for answer in answers if answer is not None), None)

    def asks_rows(self, question: Question, values: Sequence[ValueMention] = ()) -> bool:
        """Return whether rows are asked for, and nothing of them but what they are.

        What stands behind a value asks for nothing: 水利局牵头.
        """
        # 院士都是谁 and 分别是谁 ask for those who are, and for nobody's post.
        said = (m for m in _attributes(question, values) if m.name not in self._nouns)
        attributes = {m.name for m in said if not question.key.endswith(_ALL, 0, m.span.start)}
        plain = all(name in _OF_ROWS or self._is_text_header(name) for name in attributes)
        computed = set(question.named(MentionKind.OPERATION)) - _COUNTED
        asks = self._which.search(question.key) is not None and not self._loose_nouns(question)
        return plain and not computed and asks and not question.years and not limits_of(question)

    def _loose_nouns(self, question: Question) -> list[Span]:
        """Return the class nouns that are neither asked for nor the end of a name: 现代能源那个行动."""
        asked = [Span(*match.span()) for match in self._which.finditer(question.key)]
        ends = {span.end for span in question.words}
        nouns = [m.span for m in question.mentions if m.kind is MentionKind.CLASS_NOUN]
        nouns = [span for span in nouns if not _CALLED.match(question.key, span.end)]
        return [span for span in nouns if span.start not in ends and not any(one.covers(span) for one in asked)]

    def _is_text_header(self, name: str) -> bool:
        return any(self._attributes.fits(kind, name) for kind in _OF_ROWS)

    def searches(self, question: Question, tables: Tables, values: Sequence[ValueMention]) -> list[Search]:
        """Return what to look for in each of ``tables`` that the question speaks of."""
        spoken_of = [(document, table) for document, table in tables if self._speaks_of(question, table)]
        found = (self._search(question, document, table, values) for document, table in spoken_of)
        return [search for search in found if search is not None]

    def _search(
        self, question: Question, document: ParsedDocument, table: Table, values: Sequence[ValueMention]
    ) -> Search | None:
        names = name_column(table, self._attributes.header_words("name"))
        conditions = find_conditions(question, values, document.info.id, table, self._attributes, None)
        spans = self._words(question, conditions.spent, document, table)
        if names is None or conditions.unheard or not spans:
            return None
        signs = any(not span.of(question.key).isalnum() for span in spans if span.end - span.start == 1)
        columns = [names, *(number for number in _texts(table, of_signs=signs) if number != names)]
        headers = [m.span.of(question.key) for m in _attributes(question, values)]
        named = [header for header in headers if header not in self._nouns]
        meant = tuple(c for c in columns if any(header in fold(table.columns[c].name) for header in named))
        if meant == (names,):
            return None
        query = Query(document, table, names, conditions.conditions, (Operation.LIST,), None, Measure.FIGURE)
        others = tuple(number for number in columns if number not in meant) if meant else ()
        phrases, words = (tuple(span.of(question.text) for span in found) for found in (join(spans), spans))
        return Search(query, phrases, words, meant or tuple(columns), others)

    def _words(
        self, question: Question, spent: Sequence[Span], document: ParsedDocument, table: Table
    ) -> tuple[Span, ...]:
        """Return the words that a row must hold; words around the rows (项目表) say only where to look."""
        around = frame(document, table)
        verb, known_sizes = _SPEAKS.search(question.key), sizes(table)
        free = [
            span
            for span in question.words
            if not any(span.overlaps(other) for other in spent)
            and not _SPEAKS.fullmatch(span.of(question.key))
            and not (_WORKS.fullmatch(span.of(question.key)) and Ask.WHO in question.asks)
            and stated_size(span.of(question.key)) not in known_sizes
        ]
        # 名单里有几位院士: what stands before 里有 says where to look, if the table is called so.
        start = verb.start() if verb is not None else len(question.key)
        kept = [span for span in free if span.start > start or span.of(question.key) not in around]
        named = fold(table.name)
        words = [span for span in kept if span.of(question.key) not in named]
        ends = {span.end for span in words}
        nouns = [m.span for m in question.mentions if m.kind is MentionKind.CLASS_NOUN and m.span.start in ends]
        return tuple(sorted((*words, *nouns)))

    def _answer(self, search: Search, question: Question, asked: str) -> Answer | None:
        """Return the rows that hold the phrases, else those that hold their words."""
        whole = self._find(search, question, asked)
        if whole is not None or search.words == search.phrases:
            return whole
        return self._find(replace(search, phrases=search.words), question, asked)

    def _find(self, search: Search, question: Question, asked: str) -> Answer | None:
        found = {column: self.rows(search, column) for column in (*search.columns, *search.others)}
        groups = _first_only(found, search.columns, ())
        rows = tuple(row for held in groups.values() for row in held)
        if not rows:
            return None
        aside = _first_only(found, search.others, rows)
        query = search.query
        evidence = [
            row_evidence(query.document, query.table, row, [column])
            for column, held in (*groups.items(), *aside.items())
            for row in held
        ]
        counted = {"count"} & set(question.named(MentionKind.OPERATION)) or Ask.HOW_MANY in question.asks
        return Answer(
            question=asked,
            standalone=question.text,
            kind=AnswerKind.LOOKUP,
            answer=_word(search, groups, aside),
            citations=cite(evidence),
            table=row_table(query, rows),
            calculation=Calculation(f"共 {len(rows)} {counter(query)}", self._sql(search)) if counted else None,
        )

    def rows(self, search: Search, column: int) -> tuple[Row, ...]:
        """Return the rows that hold all phrases in ``column``."""
        return Computation(search.query, self.facts).run(self._conditions(search, column)).rows

    def _conditions(self, search: Search, column: int) -> list[Condition]:
        return [*search.query.conditions, *(Condition(column, (phrase,), inside=True) for phrase in search.phrases)]

    def _sql(self, search: Search) -> str:
        computation = Computation(search.query, self.facts)
        return ";\n".join(shown_sql(computation, self._conditions(search, column)) for column in search.columns)


def _attributes(question: Question, values: Sequence[ValueMention]) -> list[Mention]:
    """Return the attributes said, without those behind a value: 水利局牵头."""
    held = {value.span.end for value in values}
    return [m for m in question.mentions if m.kind is MentionKind.ATTRIBUTE and m.span.start not in held]


def _texts(table: Table, *, of_signs: bool = False) -> list[int]:
    """Return the columns of text, those whose cells are sentences first; for a sign (≥) those of figures, too."""
    texts = [column.number for column in table.columns if of_signs or column.kind is ColumnKind.TEXT]
    return sorted(texts, key=lambda n: not holds_prose([cell_text(row, n) for row in table.data_rows]))


def _first_only(
    found: dict[int, tuple[Row, ...]], columns: Sequence[int], before: Sequence[Row]
) -> dict[int, tuple[Row, ...]]:
    """Return the rows of each of ``columns`` that are not ``before`` and in no column before it."""
    seen = {row.number for row in before}
    groups: dict[int, tuple[Row, ...]] = {}
    for column in columns:
        groups[column] = tuple(row for row in found[column] if row.number not in seen)
        seen |= {row.number for row in groups[column]}
    return {column: rows for column, rows in groups.items() if rows}


def said(search: Search) -> str:
    """Return the phrases looked for as an answer quotes them."""
    return "、".join(f"“{phrase}”" for phrase in search.phrases)


def _word(search: Search, groups: dict[int, tuple[Row, ...]], aside: dict[int, tuple[Row, ...]]) -> str:
    query = search.query
    total = sum(map(len, groups.values()))
    numbers = iter(range(1, total + sum(map(len, aside.values())) + 1))
    parts = []
    for place, (column, rows) in enumerate(groups.items()):
        only = "仅" if place else ""
        names = "、".join(f"{name_of(query, row)}[{next(numbers)}]" for row in rows)
        parts.append(f"{only}“{query.table.columns[column].name}”提到的{len(rows)}{counter(query)}：{names}")
    head = f"{_among(query)}提到{said(search)}的{noun(query)}共{total}{counter(query)}："
    text = head + "；".join(parts) + "。"
    if total <= _QUOTED_ROWS:
        text += "".join(_telling(search, column, row) for column, rows in groups.items() for row in rows)
    for column, rows in aside.items():
        names = "、".join(f"{name_of(query, row)}[{next(numbers)}]" for row in rows)
        text += f"\n\n另有{len(rows)}{counter(query)}只在“{query.table.columns[column].name}”中提到：{names}。"
    return text


def _among(query: Query) -> str:
    return f"{described(query)}中，" if query.conditions else ""


def rows_told(answer: str) -> str:
    """Return what an answer calls the rows that it found by words: 提到“光伏”的项目; empty where it found none so."""
    match = _HEAD.match(answer)
    if match is None or not match["value"]:
        return match["rows"] if match is not None else ""
    words, _, noun = match["rows"].rpartition("的")
    return f"{words}、“{match['value']}”的{noun}"


def _telling(search: Search, column: int, row: Row) -> str:
    """Return the sentences of a long cell that hold one of the words, as a quotation of their own."""
    if column == search.query.name_column:
        return ""
    cell = cell_text(row, column)
    spans = split_sentences(cell, [Span(0, len(cell))])
    told = "".join(span.of(cell) for span in spans if any(word in span.of(cell) for word in search.phrases))
    return f"\n\n> {name_of(search.query, row)}：{told}" if told else ""


def _deny(search: Search, question: Question, asked: str) -> Answer:
    table = search.query.table
    columns = "、".join(f"“{table.columns[number].name}”" for number in search.columns)
    text = f"{_among(search.query)}{table.name}的{columns}没有提到{said(search)}的{noun(search.query)}。"
    return Answer(asked, question.text, AnswerKind.REFUSAL, text, missing=search.phrases)
