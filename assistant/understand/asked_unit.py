"""A question that wants a figure in a unit of its own in, the unit and the question without it out.

Example: 林草固碳能力监测项目的投资换算成万元是多少 → 万元, asked of 林草固碳能力监测项目的投资是多少.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.conversion import Figure, Units
from corpus.folding import fold
from corpus.models import Span

_INTO = r"换算成|换算为|换算到|折算成|折算为|折合成|折合为|折合|换成|转换成|转换为|转成|折成|合成|化成"
_BEING = r"折合成?|换算成?|折算成?|换成|约合|等于|相当于|合|即|就是"
_SHARED_OUT = re.compile(r"分[到得给摊]|[拨划]给|用于|其中|占")
_EDGES = "，,、。？?：:；; 的是=＝"
_EMPTY = re.compile(r"(?:请问|一下|那么?|如果|把|将|是|等于|的|，|,|？|\?|。|\s)*")


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """The ``unit`` wanted, the questions that ask the same without naming it, and the figure stated (40万亩), if any.

    ``bare`` says that nothing but a figure and a unit is asked: 35.79亿元是多少万元. ``is_plain`` says that no word
    asks for the unit to be exchanged: 种了多少亩.
    """

    unit: str
    questions: tuple[str, ...]
    stated: Figure | None
    bare: bool
    is_plain: bool = False


class UnitReader:
    """Finds the unit that a question wants its figure in."""

    def __init__(self, units: Units, measures: Mapping[str, str]) -> None:
        """Take the header of the only column that holds figures of a dimension (金额: 计划投资)."""
        self._units, self._measures = units, measures
        unit = f"(?P<unit>(?!人民币(?:多少|几)){units.pattern})"  # of 折合人民币多少万元 the unit is 万元
        self._patterns = (
            re.compile(rf"(?:{_INTO})(?:以)?{unit}(?:为单位|计算|计|的话)?[，,]?(?:是|为|有)?(?:多少|几)?"),
            re.compile(
                rf"(?:按|用|以){unit}(?:为单位|来计算|计算|表示|来算|来说|计|算)(?:的话)?[，,]?(?:是|为)?(?:多少)?"
            ),
            re.compile(rf"(?:{_BEING})?(?:人民币)?(?:是|为|约)?(?:多少|几)个?{unit}"),
        )

    def read(self, text: str) -> AskedUnit | None:
        """Return the unit that ``text`` asks for; None where it names none that can be exchanged."""
        key = fold(text)
        match = next((found for pattern in self._patterns if (found := pattern.search(key))), None)
        if match is None:
            return None
        unit = self._units.name(Span(*match.span("unit")).of(text))
        place = Span(*match.span())
        stated = next((f for f in self._units.figures(text) if not f.span.overlaps(place)), None)
        if stated is not None and _SHARED_OUT.search(text, stated.span.end, place.start):
            return None  # 406亿元里甲旗分到多少亿元 exchanges nothing
        if stated is None or self._units.ratio(stated.unit, unit) is None:
            plain = match.group().startswith(("多少", "几"))
            return AskedUnit(unit, tuple(self._without(text, place, unit)), None, False, plain)
        rest = text[: stated.span.start] + text[stated.span.end : place.start] + text[place.end :]
        of = text[: stated.span.start].rstrip(_EDGES)
        return AskedUnit(unit, (f"{of}多少{stated.unit}",), stated, _EMPTY.fullmatch(fold(rest)) is not None)

    def _without(self, text: str, place: Span, unit: str) -> list[str]:
        """Return the question without the unit, then without the word for what it measures (面积多少公顷).

        Last, what only one column can be meant to measure is named: 所有项目一共多少万元.
        """
        before, after = text[: place.start].rstrip(_EDGES), text[place.end :].lstrip(_EDGES)
        asks = "多少" if place.of(text)[:1] in "多几" else "是多少"
        questions = [f"{before}{asks}{after}"]
        dimension = self._units.dimension(unit)
        if before.endswith(dimension):
            questions.append(f"{before.removesuffix(dimension)}多少{after}")
        if header := self._measures.get(dimension):
            questions.append(f"{before}的{header}是多少{after}")
        return questions
