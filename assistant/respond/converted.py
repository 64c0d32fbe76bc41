"""An answer whose figure is in another unit than the one asked for in, the figure in that unit before it out.

Example: 特色文化创作项目计划投资合多少万元 → 0.1亿元合1000万元。[1], then what the cell says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.models import Answer, AnswerKind, Calculation, Claim
from assistant.understand.asked_unit import AskedUnit, UnitReader
from corpus.conversion import Figure, Units, shown
from corpus.folding import fold
from corpus.models import ParsedDocument
from corpus.numerals import split_unit

_ANSWERED = (AnswerKind.LOOKUP, AnswerKind.PASSAGE, AnswerKind.MIXED)
_MARKS = re.compile(r"(?:\[\d+\](?:–\[\d+\])?)+")
_NAME = re.compile(r"“[^“”]*”")
_LABEL = re.compile(r"[^，。；、：:（(\n]*$")
_MONEY = "金额"
_EXPRESSION_TERMS = 12


class UnitAnswers:
    """Answers questions that want a figure in a unit of their own."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._readers: dict[tuple[str, ...], UnitReader] = {}

    def _reader(self, documents: Sequence[ParsedDocument]) -> UnitReader:
        ids = tuple(document.info.id for document in documents)
        if ids not in self._readers:
            self._readers[ids] = UnitReader(self._units, _measures(self._units, documents))
        return self._readers[ids]

    def answer(
        self, question: str, answer: Answer, ask: Callable[[str], Answer], documents: Sequence[ParsedDocument]
    ) -> Answer:
        """Return ``answer`` to ``question``, put to ``documents``, with its figure in the unit asked for.

        ``ask`` answers the question without the unit. Unchanged where no unit is asked for, where the answer states
        its figure in it already, or where no figure of its kind is found.
        """
        wanted = self._reader(documents).read(question)
        if wanted is None:
            return answer
        if wanted.bare and wanted.stated is not None:
            return self._bare(answer, wanted, wanted.stated)
        if answer.kind in _ANSWERED and self._states(answer, wanted):
            return answer
        if answer.kind is AnswerKind.PASSAGE and (figures := self._pick(question, answer, wanted)):
            return self._convert(answer, answer, figures, wanted)  # the sentence was found by its other words
        for text in wanted.questions:
            found = ask(text)
            if found.kind in _ANSWERED and (figures := self._pick(question, found, wanted)):
                return self._convert(answer, found, figures, wanted)
        return answer

    def _states(self, answer: Answer, wanted: AskedUnit) -> bool:
        head = answer.answer.split("\n")[0]
        stated = [figure.unit for figure in self._units.figures(head)]
        # 多少亩 is answered by 40万亩, which is no other unit; 合多少亩 and amounts of money are counted out.
        plain = wanted.is_plain and self._units.dimension(wanted.unit) != _MONEY
        scaled = plain and any(split_unit(unit)[1] == wanted.unit for unit in stated)
        return scaled or any(self._units.ratio(unit, wanted.unit) == 1 for unit in stated)

    def _pick(self, question: str, answer: Answer, wanted: AskedUnit) -> list[Figure]:
        """Return the figures asked for: of a sentence with several, those whose words the question shares most."""
        text = _NAME.sub(lambda match: "·" * len(match.group()), answer.answer)
        head = text.split("。")[0]
        parts = (head, text) if len(answer.citations) == 1 or answer.kind is AnswerKind.PASSAGE else (head,)
        for part in parts:
            found = [f for f in self._units.figures(part) if self._units.ratio(f.unit, wanted.unit) is not None]
            if wanted.stated is not None:
                found = [f for f in found if self._same(f, wanted.stated)][:1]
            if len(found) > 1 and (len(answer.citations) == 1 or answer.kind is AnswerKind.PASSAGE):
                found = _closest(question, part, found)
            if found:
                return list({(figure.value, figure.unit): figure for figure in found}.values())
        return []

    def _same(self, one: Figure, other: Figure) -> bool:
        return self._units.convert(one.value, one.unit, other.unit) == Fraction(other.value)

    def _convert(self, asked: Answer, found: Answer, figures: Sequence[Figure], wanted: AskedUnit) -> Answer:
        if all(self._units.ratio(figure.unit, wanted.unit) == 1 for figure in figures):
            return replace(found, question=asked.question, standalone=asked.standalone)
        said = "，".join(self._said(figure, wanted.unit) for figure in figures)
        marks = _MARKS.search(found.answer)
        text = f"{said}。{marks.group() if marks else ''}\n\n{found.answer}"
        expression = "；".join(self._expression(figure, wanted.unit) for figure in figures[:_EXPRESSION_TERMS])
        sql = found.calculation.sql if found.calculation is not None else ""
        one = len(figures) == len(found.claims) == 1
        claims = tuple(self._claim(found.claims[0], figures[0], wanted.unit) for _ in range(one))
        return replace(
            found,
            question=asked.question,
            standalone=asked.standalone,
            answer=text,
            calculation=Calculation(expression, sql),
            claims=claims,
        )

    def _claim(self, claim: Claim, figure: Figure, unit: str) -> Claim:
        value, target, _ = self._value(figure, unit)
        return replace(claim, statement=replace(claim.statement, value=value, unit=target))

    def _bare(self, asked: Answer, wanted: AskedUnit, stated: Figure) -> Answer:
        calculation = Calculation(self._expression(stated, wanted.unit), "")
        text = f"{self._said(stated, wanted.unit)}。"
        return Answer(asked.question, asked.standalone, AnswerKind.LOOKUP, text, calculation=calculation)

    def _said(self, figure: Figure, unit: str) -> str:
        value, target, exact = self._value(figure, unit)
        return f"{figure.value:f}{figure.unit}{'合' if exact else '约合'}{value}{target}"

    def _expression(self, figure: Figure, unit: str) -> str:
        value, target, exact = self._value(figure, unit)
        ratio = self._units.ratio(figure.unit, unit) or Fraction(1)
        factor, plain = shown(ratio)
        step = f"× {factor}" if plain else f"× {ratio.numerator} ÷ {ratio.denominator}"
        return f"{figure.value:f}{figure.unit} {step} {'=' if exact else '≈'} {value}{target}"

    def _value(self, figure: Figure, unit: str) -> tuple[str, str, bool]:
        """Return the figure in ``unit``, that unit with what a rate is per, and whether it is exact."""
        converted = self._units.convert(figure.value, figure.unit, unit)
        assert converted is not None
        value, exact = shown(converted)
        _, slash, per = figure.unit.partition("/")
        return value, unit if "/" in unit else f"{unit}{slash}{per}", exact


def _measures(units: Units, documents: Sequence[ParsedDocument]) -> dict[str, str]:
    """Return the header of each dimension that the columns of only one header hold."""
    headers: dict[str, set[str]] = {}
    for column in (column for document in documents for table in document.tables for column in table.columns):
        if dimension := units.dimension(column.unit):
            headers.setdefault(dimension, set()).add(column.name)
    return {dimension: names.pop() for dimension, names in headers.items() if len(names) == 1}


def _closest(question: str, text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures whose own words, those between the mark before them and them, share most with the question."""
    key = fold(question)
    asked = {key[i : i + 2] for i in range(len(key) - 1)}
    shares: list[int] = []
    for figure in figures:
        match = _LABEL.search(text[: figure.span.start])
        label = fold(match.group() if match else "")
        shares.append(sum(label[i : i + 2] in asked for i in range(len(label) - 1)))
    return [figure for figure, share in zip(figures, shares, strict=True) if share == max(shares)]
