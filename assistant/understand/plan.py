"""A question in, the plan that explains most of it out: which rows and clauses, and which of their attributes.

Example: 十大孔兑项目由哪个局牵头 → two rows of 项目表, column “牵头责任单位”, nothing unexplained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.understand.attributes import GROUP, Attributes
from assistant.understand.columns import asked_columns, asks_which_places, asks_who
from assistant.understand.contexts import (
    asked_unit,
    behind_header,
    beside,
    context_of,
    frame_of,
    grants_asked,
    has_unit,
    has_year_column,
    holds_words,
    months_asked,
    other_rows,
    own_words_of,
    portions_asked,
    rates_asked,
    reasons_asked,
    shares_asked,
)
from assistant.understand.entities import Catalogue, Entity, Link
from assistant.understand.group_words import parts_calling_groups
from assistant.understand.levels import other_levels
from assistant.understand.lexicon import Ask
from assistant.understand.months import other_months
from assistant.understand.name_links import NameLinks
from assistant.understand.negations import limits_of
from assistant.understand.ordinals import RowReference
from assistant.understand.question import MentionKind, Question
from assistant.understand.question_reader import QuestionReader
from assistant.understand.row_details import Details, Target
from assistant.understand.support import Support, join, total_length
from assistant.understand.table_choice import Shortlist
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Clause, ColumnKind, Span
from corpus.row_names import name_column

_MEANING = re.compile(r"什么意思|指的?是|指什么|含义|定义|什么叫")
_SIZE = "规模"  # a cell may hold it, a clause is no figure
_FAIR_NAME = 4
_MOSTLY = 0.6
_MOST_READINGS = 8
_REMEMBERED = 64
_IS_SHARE = re.compile(r"占.+(?:比重|比例|比率|百分比)|占比")


WHOLE_CLAUSE = -1
"""Stands for the text of a clause among the numbers of its fields."""


@dataclass(frozen=True, slots=True)
class LookupPlan:
    """Equally good readings of a question about attributes.

    ``named`` is what the question calls them, ``unexplained`` where it says what none of them supports. ``things`` are
    those named, whether they have what is asked for or not.
    """

    question: Question
    targets: tuple[Target, ...]
    named: str
    unexplained: tuple[Span, ...]
    things: tuple[Entity, ...] = ()

    @property
    def is_close(self) -> bool:
        """Return whether more of the question is a name than is unexplained: the right thing, something else of it.

        A figure or year that the thing does not have weighs nothing: it is the right thing still.
        """
        words = [span for span in self.unexplained if not span.of(self.question.key).isdigit()]
        return len(self.named) > total_length(words)

    @property
    def is_complete(self) -> bool:
        """Return whether every word of the question is explained and something was asked that exists."""
        return bool(self.targets) and not self.unexplained


class Planner:
    """Reads questions against one set of documents."""

    def __init__(self, catalogue: Catalogue, attributes: Attributes, reader: QuestionReader, support: Support) -> None:
        self._catalogue, self._links = catalogue, NameLinks(catalogue, attributes)
        self._attributes = attributes
        self._reader = reader
        self._support, self._details = support, Details(support)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._find_lookup)

    def read(self, text: str, names: frozenset[Span] = frozenset()) -> Question:
        """Return ``text`` with its mentions marked, none of them inside ``names``."""
        return self._reader.read(text, names)

    def plan_lookup(self, text: str, shortlist: Shortlist | None = None) -> LookupPlan | None:
        """Return the plan for a question about attributes of named rows or clauses, None where it names none.

        Rows of listed tables alone can be named; None for those of all tables. Recent plans are remembered.
        """
        return self._known(text, shortlist)

    def _find_lookup(self, text: str, shortlist: Shortlist | None) -> LookupPlan | None:
        first = self.read(text)
        links = self._links.links(first, shortlist)
        if not links or len(links) > _MOST_READINGS:
            return None
        names = frozenset(block for link in links for block in link.blocks)
        question = self._reader.read(text, names)
        readings = [(link, self._unexplained(question, link)) for link in links]
        fewest = min(total_length(left) for _, left in readings)
        kept = [link for link, left in readings if total_length(left) == fewest]
        unexplained = next(left for _, left in readings if total_length(left) == fewest)
        targets = tuple(target for link in kept if (target := self._target(question, link)).columns)
        named = "".join(question.text[block.start : block.end] for block in join(names))
        return LookupPlan(question, targets, named, unexplained, tuple(link.entity for link in kept))

    def names_in(self, key: str, shortlist: Shortlist) -> tuple[Span, ...]:
        """Return where whole names of rows stand in a folded text."""
        return self._catalogue.whole_names(key, shortlist.places)

    def names_beside(self, thing: Entity) -> tuple[str, ...]:
        """Return the names of the other rows of a thing's table, or of the other clauses of its document."""
        own = (thing.document.info.id, thing.table.id if thing.table is not None else "")
        others = (one for one in self._catalogue.entities if one.key != thing.key)
        beside = (one for one in others if (one.document.info.id, one.table.id if one.table else "") == own)
        return tuple(dict.fromkeys(one.name for one in beside))

    def plan_only_name(self, text: str, shortlist: Shortlist | None = None) -> LookupPlan | None:
        """Return the plan for the only row whose name, headers and short cells account for the whole question.

        研发占GDP比重 is such a row, though another name holds a longer part of it. What asks for no attribute or year
        (常住人口有多少), or asks to compute, may ask for another thing.
        """
        first = self.read(text)
        attributes = first.named(MentionKind.ATTRIBUTE)
        asks = first.years or (first.asks and attributes)
        of_agency = set(AGENCY_ATTRIBUTES) & set(attributes)
        if first.named(MentionKind.OPERATION) or not (asks or of_agency):
            return None
        links = self._links.all_links(first, shortlist)
        found = [link for link in links if link.entity.row is not None and self._is_named_wholly(first, link)]
        if not asks and not _IS_SHARE.search(first.key):
            found = [link for link in found if holds_words(link, first)]  # 安全生产 is no 生产安全事故死亡率
        if len(found) != 1:
            return None
        # Words for amounts belong to what a share is of: 研发经费投入占GDP的比重.
        amounts = (
            [m.span for m in first.mentions if m.name == "amount"] if _IS_SHARE.search(found[0].entity.key) else ()
        )
        question = self._reader.read(text, frozenset((*found[0].blocks, *amounts)))
        target = self._target(question, found[0])
        named = "".join(block.of(text) for block in found[0].blocks)
        return LookupPlan(question, (target,) if target.columns else (), named, (), (found[0].entity,))

    def _is_named_wholly(self, first: Question, link: Link) -> bool:
        said = [word for word in first.words if self._support.states(first.key, word, link.entity.key)]
        if not any(block.covers(word) for block in link.blocks for word in said) or total_length(said) < _FAIR_NAME:
            return False  # 财政 in 市财政局 is the word's, no name's, and 保障 alone is chance
        question = self._reader.read(first.text, frozenset(link.blocks))
        context = own_words_of(link.entity)
        stated = all(self._support.states(question.key, word, context) for word in beside(question, link))
        return stated and not self._unexplained(question, link)

    def plan_row(self, text: str, reference: RowReference) -> LookupPlan:
        """Return the plan for a question about a row named by its number; a bare number asks for the whole row."""
        question = self._reader.read(text, frozenset({reference.span}))
        row, table = reference.row, reference.table
        number = name_column(table, self._attributes.header_words("name"))
        name = next((cell.text for cell in row.cells if cell.column == number), f"第{reference.number}行")
        entity = Entity(name, fold(name), reference.document, table=table, row=row)
        link = Link(entity, (reference.span,), 1.0)
        asked = question.named(MentionKind.ATTRIBUTE) or question.years
        every = tuple(column.number for column in table.columns if column.kind is not ColumnKind.ORDINAL)
        columns = asked_columns(table, question, self._attributes) if asked else every
        named = question.text[reference.span.start : reference.span.end]
        left = self._unexplained(question, link)
        return LookupPlan(question, (Target(entity, columns or every),), named, left, (entity,))

    def _target(self, question: Question, link: Link) -> Target:
        entity = link.entity
        if entity.table is None or entity.row is None:
            assert entity.clause is not None
            fields = self._asked_fields(question, entity.clause)
            # 以什么为基本模式 asks for a detail that the clause says somewhere, not for all that it says.
            detailed = fields == (WHOLE_CLAUSE,) and any(w in question.telling for w in beside(question, link))
            return Target(entity, () if detailed else fields)
        detail = self._details.find(question, link)
        columns = asked_columns(entity.table, question, self._attributes)
        if (sized := self._details.measured_cell(question, link)) is not None and columns:
            # The size is told beside the columns asked for; as a detail alone it would take their place.
            return Target(entity, tuple(dict.fromkeys((*columns, sized))))
        if detail is not None and (detail.columns or not question.named(MentionKind.ATTRIBUTE)):
            return Target(entity, columns) if self._details.only_describes(question, detail, columns) else detail
        unit = asked_unit(question.key)
        plain = question.years and not question.named(MentionKind.ATTRIBUTE)
        if unit is not None and plain and not has_unit(entity, unit.of(question.key), columns):
            columns = ()  # 2025年新建多少座 asks for no 亿元
        # 文化旅游方面要做哪些事 asks for more than the one row whose name shares a word with it.
        partly = entity.key not in question.key and not question.named(MentionKind.ATTRIBUTE) and not question.years
        mostly = total_length(link.blocks) >= _MOSTLY * len(entity.key)
        partly = partly and not (mostly and asks_which_places(question))
        return Target(entity, () if partly and question.asks & {Ask.LIST, Ask.HOW, Ask.WHY} else columns)

    def _asked_fields(self, question: Question, clause: Clause) -> tuple[int, ...]:
        """Return the numbers of the fields asked for, ``WHOLE_CLAUSE`` where the clause itself is."""
        asked = tuple(name for name in question.named(MentionKind.ATTRIBUTE) if not name.startswith(GROUP))
        words = [m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.ATTRIBUTE]
        sized = any(word.endswith(_SIZE) for word in words)
        if (asked == ("content",) and not sized) or (not asked and _asks_what_it_says(question)):
            return (WHOLE_CLAUSE,)
        if not asked and asks_who(question):
            asked = AGENCY_ATTRIBUTES
        return tuple(
            number
            for number, item in enumerate(clause.fields)
            if any(self._attributes.fits(attribute, item.name) for attribute in asked)
        )

    def _unexplained(self, question: Question, link: Link) -> tuple[Span, ...]:
        words = [*beside(question, link), *other_rows(question, link)]
        context = context_of(link.entity)
        left = list(self._support.unsupported(question.key, words, context))
        # A year may be a column or part of a header; in another cell it says nothing of what is asked.
        dated = context if "period" in question.named(MentionKind.ATTRIBUTE) else frame_of(link.entity)
        years = [span for year, span in question.year_spans() if not has_year_column(link.entity, year)]
        left += self._support.unsupported(question.key, years, dated + "\n" + link.entity.key)
        table = link.entity.table
        left += [] if table is None else [s for s in other_months(question.key, table) if s not in left]
        named = {position for block in link.blocks for position in range(block.start, block.end)}
        left += other_levels(question.key, context)
        left += [s for s in limits_of(question) if named.isdisjoint(range(s.start, s.end))]
        left += self._wedged(question, words, named, context)
        left += [*rates_asked(question, context, named), *portions_asked(question, context)]
        left += [*grants_asked(question, context), *months_asked(question, link.entity)]
        if table is not None:
            left += shares_asked(question, link.entity)
            left += parts_calling_groups(question.key, link.entity.key, link.blocks, table, self._attributes)
        left = [span for span in left if not behind_header(question.key, span, link.entity)]
        return join(left or reasons_asked(question, link.entity))

    def _wedged(self, question: Question, words: Sequence[Span], named: set[int], context: str) -> Iterator[Span]:
        """Yield single characters between two parts of the name that stand so elsewhere: 林 of 退化林修复."""
        key = question.key
        for span in words:
            wide = Span(span.start - 1, span.end + 1)
            between = span.end - span.start == 1 and named.issuperset((wide.start, wide.end - 1))
            if between and wide.of(key) not in context and self._reader.is_said(wide.of(key)):
                yield wide


def _asks_what_it_says(question: Question) -> bool:
    """Return whether a clause as a whole is asked for, what it says or how it is done.

    Not which forum it names, nor what an acronym in it means.
    """
    asked = [mention.span.of(question.key) for mention in question.mentions if mention.kind is MentionKind.ASK]
    which = any(word.startswith("哪") for word in asked)
    return question.asks in ({Ask.WHAT}, {Ask.HOW}) and not which and _MEANING.search(question.key) is None
