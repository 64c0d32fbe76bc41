"""A question and a row that it names in, the cell whose sentences alone hold what else it says out.

Example: 甲河治理项目新建多少座水闸 → the cell 建设内容 of the row, told by the sentence with 水闸.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understand.contexts import asked_unit, beside, counted_word, frame_of, has_unit
from assistant.understand.entities import Entity, Link
from assistant.understand.lexicon import Ask
from assistant.understand.measured_nouns import MEASURES
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span
from corpus.units import UNIT

_LONG_CELL = 30
_SIZE = "多大"
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万亿]+[个项家座处条万亿]")
_MONEY = re.compile(r"\d[万亿]*元")
_OTHER_UNIT = re.compile(rf"(?:多少|几)[十百千万亿]*(?!元|钱|个亿)(?:{UNIT})")
_QUANTITY = re.compile(rf"\d[万亿千百]*(?:{UNIT})")
_MEASURE_NOUN = "|".join(sorted(MEASURES, key=len, reverse=True))
_MEASURE_ASKED = re.compile(rf"(?P<noun>{_MEASURE_NOUN}|(?<![资财破])产)(?:能|可|要|是|为|有|达到?)*(?:多少|多大|几)")
_GRANT = re.compile("补助|补贴|奖补|奖励|贴息|资助")
_JOINT = r"(?:[和与及、跟]|以及)"
_MEASURES_JOINED = (
    re.compile(rf"(?P<noun>{_MEASURE_NOUN})(?:规模|容量|数量)?{_JOINT}"),
    re.compile(rf"{_JOINT}[\u3400-\u9fff]{{0,4}}?(?P<noun>{_MEASURE_NOUN})"),
)
_PLAIN = frozenset({*AGENCY_ATTRIBUTES, "amount", "period"})


@dataclass(frozen=True, slots=True)
class Target:
    """One reading of the question: an entity and the columns (rows) or field numbers (clauses) that answer it.

    ``details`` are words of the question that only the text of those cells explains (“新建淤地坝” in 建设内容): the
    answer is the sentence that holds them.
    """

    entity: Entity
    columns: tuple[int, ...]
    details: tuple[str, ...] = ()


class Details:
    """Finds the cell of a row that alone explains words of a question."""

    def __init__(self, support: Support) -> None:
        self._support = support

    def only_describes(self, question: Question, detail: Target, columns: Sequence[int]) -> bool:
        """Return whether the words of a cell only say which row is meant: 成陵景区提升要花多少钱 asks its investment.

        That is so where columns of agencies, money or times are asked for and the cell states no money itself.
        """
        named = set(question.named(MentionKind.ATTRIBUTE))
        told = set(columns) & set(detail.columns) or _OTHER_UNIT.search(question.key)
        if not named or not columns or not named <= _PLAIN or told:
            return False
        row = detail.entity.row
        said = "".join(cell.text for cell in row.cells if cell.column in detail.columns) if row is not None else ""
        return "amount" not in named or _MONEY.search(said) is None

    def find(self, question: Question, link: Link) -> Target | None:
        """Return the cell whose sentences alone explain words asked for (奖补, 多少亩); None where none needs one.

        A short cell (a place) only tells rows apart where an attribute is asked. The columns are empty where
        words are left that no cell explains.
        """
        entity = link.entity
        assert entity.row is not None
        assert entity.table is not None
        named = question.named(MentionKind.ATTRIBUTE)
        if question.years and not named:
            return None
        around = [span for span in beside(question, link) if span.end - span.start > 1]
        context = frame_of(entity) + "\n" + entity.key
        words = list(self._support.unsupported(question.key, around, context))
        unit = asked_unit(question.key)
        if unit is not None and not has_unit(entity, unit.of(question.key)):
            words.append(unit)
        words += [span for span in self._measured(question) if not self._support.holds(question.key, span, context)]
        words += [span for span in self._measured_in_name(question, entity) if span not in words]
        counted = counted_word(question)
        if counted is not None and counted not in words and counted.of(question.key) not in frame_of(entity):
            words.append(counted)  # 种多少沙棘, though 沙棘 is in the name as well
        if not words:
            return None
        column = self._explaining_cell(question, entity, words)
        if column is None:
            return None if named else Target(entity, ())
        cell = next(cell for cell in entity.row.cells if cell.column == column)
        if named and len(cell.text) < _LONG_CELL:
            return None
        if Ask.HOW_MANY in question.asks and not _FIGURE.search(cell.text):
            # 直接补助 only says what kind of sum 补助多少 asks for.
            grants = len(cell.text) < _LONG_CELL and all(_GRANT.fullmatch(span.of(question.key)) for span in words)
            return None if grants else Target(entity, ())
        return Target(entity, (column,), tuple(span.of(question.key) for span in words))

    def measured_cell(self, question: Question, link: Link) -> int | None:
        """Return the column of the cell that states a size asked for beside other things: 投多少钱，种多大面积.

        A noun of measure may be joined to what else is asked: 治理面积和投资.
        """
        attributes = [mention.span for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
        joined = (match.span("noun") for pattern in _MEASURES_JOINED for match in pattern.finditer(question.key))
        known = [*attributes, *link.blocks]
        nouns = [Span(*place) for place in joined if not any(Span(*place).overlaps(span) for span in known)]
        sizes = [*self._measured(question), *nouns]
        return None if not attributes or not sizes else self._explaining_cell(question, link.entity, sizes)

    @staticmethod
    def _measured(question: Question) -> list[Span]:
        """Return what is to be measured, where the question word says it: 面积 of 多大面积."""
        asked = [mention.span for mention in question.mentions if mention.kind is MentionKind.ASK]
        sizes = [Span(span.start + len(_SIZE), span.end) for span in asked if span.of(question.key).startswith(_SIZE)]
        return [span for span in sizes if span.start < span.end]

    @staticmethod
    def _measured_in_name(question: Question, entity: Entity) -> list[Span]:
        """Return the noun of measure before 多少 (年产多少), where the name states a quantity: 年产50万吨."""
        asked = [Span(*match.span("noun")) for match in _MEASURE_ASKED.finditer(question.key)]
        columns = [mention.span for mention in question.mentions if mention.kind is MentionKind.ATTRIBUTE]
        free = [span for span in asked if not any(span.overlaps(column) for column in columns)]
        return free if _QUANTITY.search(entity.key) else []

    def _explaining_cell(self, question: Question, entity: Entity, words: Sequence[Span]) -> int | None:
        """Return the column of the cell whose text explains most of ``words``; None where no word needs one.

        The cell with the name says whose facts are asked, and is none of them.
        """
        assert entity.row is not None
        counts = {
            cell.column: sum(self._support.holds(question.key, span, fold(cell.text)) for span in words)
            for cell in entity.row.cells
            if cell.text != entity.name
        }
        best = max(counts, key=lambda column: (counts[column], -column), default=None)
        return best if best and counts[best] else None
