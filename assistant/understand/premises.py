"""A plan that leaves words over in, whether those words take something for granted that the cells deny out.

Example: 为什么绿氢产业项目由水利局牵头 → 水利局 is a lead agency, though not of this row: the premise is false.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from assistant.understand.attributes import Attributes
from assistant.understand.lexicon import Ask
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Query
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import Values
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import ParsedDocument, Span
from corpus.units import UNIT

_EVENT = re.compile(r"完工|建成|竣工|结束|完成|开工|开始|启动|动工")
_ONCE_DONE = re.compile(rf"(?:19|20)\d\d年[底末初]?(?:{_EVENT.pattern})(?:[之以]?后|了)")
_OF_SEVERAL = re.compile(r"全[省市州盟县旗区镇乡]|各|所有|除")
"""A cell that takes in more than it names denies nothing: 全市9个旗区, 各街道."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_FIGURES = ("amount", "period", "target", "base_value")
_FIGURE = re.compile(rf"(?P<number>\d+(?:\.\d+)?)(?:万亿|亿|万)?(?P<unit>{UNIT})?(?:及?以(?P<side>[上下内]))?")
_SIDES = {"上": ("=", ">", ">="), "下": ("=", "<", "<="), "内": ("=", "<", "<=")}


class Premises:
    """Knows which values the columns of the documents hold."""

    def __init__(self, documents: Sequence[ParsedDocument], values: Values, attributes: Attributes) -> None:
        self._tables = {(d.info.id, table.id): table for d in documents for table in d.tables}
        self._values, self._attributes = values, attributes

    def denied(self, plan: LookupPlan) -> LookupPlan | None:
        """Return the lookup with the cells that deny all it leaves unexplained; None where they deny not all of it.

        绿氢产业项目由水利局牵头 names an agency that is not this row's, 投资500亿元 a figure that is not. A cell
        that is otherwise and not asked for is told as well: 甲区的绿氢产业项目投资多少.
        """
        question, columns = plan.question, dict[int, None]()
        if not question.named(MentionKind.ATTRIBUTE) or not plan.unexplained or not plan.targets:
            return None
        for span in plan.unexplained:
            if self._is_of_asked(span, plan):
                continue
            others = self._columns_denying(span, plan)
            if not others:
                return None
            columns.update(dict.fromkeys(others))
        told = (tuple(c for c in columns if c not in target.columns) for target in plan.targets)
        targets = (replace(t, columns=(*more, *t.columns)) for t, more in zip(plan.targets, told, strict=True))
        return replace(plan, targets=tuple(targets))

    def _is_of_asked(self, span: Span, plan: LookupPlan) -> bool:
        """Return whether what is left is another figure or value of what is asked for."""
        said, named = span.of(plan.question.key), plan.question.named(MentionKind.ATTRIBUTE)
        of_figures = any(name in _OF_FIGURES for name in named) and _tells_figures(plan)
        if of_figures and _states_figure(said) and not _is_stated(said, plan):
            return True
        wanted = (*named, *AGENCY_ATTRIBUTES) if set(AGENCY_ATTRIBUTES) & set(named) else named
        headers = self._headers_of(span, plan.question)
        return any(self._attributes.fits(name, header) for header in headers for name in wanted)

    def _columns_denying(self, span: Span, plan: LookupPlan) -> tuple[int, ...]:
        """Return the columns of the rows looked up that elsewhere hold the value at ``span``, and not in these rows."""
        entities = [target.entity for target in plan.targets]
        tables = {(e.document.info.id, e.table.id) for e in entities if e.table is not None and e.row is not None}
        refs = [
            ref
            for mention in self._values.find(plan.question.key)
            if mention.span.covers(span)
            for ref in mention.refs
            if ref.column >= 0
        ]
        if len(tables) != 1 or any(entity.row is None for entity in entities):
            return ()
        own = [ref for ref in refs if (ref.document_id, ref.table_id) in tables]
        cells = [(c.column, c.text) for e in entities if e.row is not None for c in e.row.cells]
        return tuple(
            ref.column
            for ref in own
            if (said := [text for column, text in cells if column == ref.column and text])
            and not any(ref.text in text or _OF_SEVERAL.search(text) for text in said)
        )

    def confirms(self, plan: LookupPlan) -> bool:
        """Return whether all that a lookup leaves unexplained are figures of its row: …达到15%，由谁负责."""
        said = [span.of(plan.question.key) for span in plan.unexplained]
        return bool(said and plan.targets) and all(_states_figure(one) and _is_stated(one, plan) for one in said)

    def header_denied(self, plan: LookupPlan) -> str:
        """Return the header of the column whose value a question takes for granted; empty where it takes none.

        为什么甲项目建在准格尔旗 says where it is built, and 甲项目是不是由水利局牵头 who leads it.
        """
        question = plan.question
        assumes = question.asks & {Ask.WHY, Ask.YES_NO} or _ONCE_DONE.search(question.key)
        if not assumes or not plan.is_close or not plan.unexplained:
            return ""
        if (
            question.years
            and _EVENT.search(question.key)
            and all(map(partial(_is_of_period, question), plan.unexplained))
        ):
            headers = [column.name for table in self._tables.values() for column in table.columns]
            return next((header for header in headers if self._attributes.fits("period", header)), "")
        held = [self._headers_of(span, question) for span in plan.unexplained]
        shared = [header for header in held[0] if all(header in others for others in held)]
        return shared[0] if shared else ""

    def _headers_of(self, span: Span, question: Question) -> list[str]:
        """Return the headers of the columns, in any table, that hold the value at ``span``."""
        return [
            self._tables[ref.document_id, ref.table_id].columns[ref.column].name
            for mention in self._values.find(question.key)
            if mention.span.overlaps(span)
            for ref in mention.refs
            if ref.column >= 0
        ]

    def denies(self, query: Query, question: Question) -> bool:
        """Return whether the question sets a condition on a column that no cell of it meets: 市公安局牵头的项目."""
        agency = any(name in AGENCY_ATTRIBUTES for name in question.named(MentionKind.ATTRIBUTE))
        return agency and query.asked_column is not None and not query.conditions and len(query.unexplained) == 1


def _states_figure(said: str) -> bool:
    """Return whether a stretch is a figure and no year: 500, 50%以上."""
    return _FIGURE.fullmatch(said) is not None and _YEAR.fullmatch(said) is None


def _tells_figures(plan: LookupPlan) -> bool:
    """Return whether a cell that is asked for states a figure, which another one then contradicts."""
    return any(
        cell.column in target.columns and cell.quantity is not None
        for target in plan.targets
        if target.entity.row is not None
        for cell in target.entity.row.cells
    )


def _is_stated(said: str, plan: LookupPlan) -> bool:
    """Return whether a cell of each row looked up states the figure, on the same side of it: 70%以上 of ＞70."""
    match = _FIGURE.fullmatch(said)
    assert match is not None
    rows = [target.entity.row for target in plan.targets]
    for row, key in zip(rows, (target.entity.key for target in plan.targets), strict=True):
        figures = [cell.quantity for cell in row.cells if cell.quantity is not None] if row is not None else []
        fitting = [one for one in figures if Decimal(match["number"]) in (one.low, one.high)]
        if match["unit"] and match["unit"] not in key:
            fitting = [one for one in fitting if one.unit == match["unit"]]
        if not any(one.sign in _SIDES.get(match["side"] or "", (one.sign,)) for one in fitting):
            return False
    return True


def _is_of_period(question: Question, span: Span) -> bool:
    """Return whether a stretch asks why or says when something begins or ends: 为什么, 完工, 2025."""
    why = [m.span for m in question.mentions if m.kind is MentionKind.ASK and m.name == Ask.WHY]
    word = span.of(question.key)
    dated = word.rstrip("年底末初") in question.years or _EVENT.search(word) is not None
    return dated or any(one.overlaps(span) for one in why)
