"""Running text with its place in, the figures that it states with their subjects and years out.

Example: “到2024年，……，非常规水（中水）利用率提高到88%” states 88 % of 非常规水（中水）利用率 for 2024.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.agreement.models import Place, Statement
from corpus.agreement.subjects import split_per, trimmed
from corpus.models import Quantity, QuantityForm, Span
from corpus.numerals import find_quantities

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_QUOTED = re.compile(r"《[^《》]*》")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_BREAK = re.compile(r"[，,：:；;]")
_FROM = re.compile(r"(?:由|从|自|比|较|以|在)$")
_FOLLOWS = frozenset("，,。；;、：:）)！？\n")
_STATED = (QuantityForm.NUMBER, QuantityForm.RANGE, QuantityForm.RATIO)
_LEADING = re.compile(r"^[\s、和及与并]+")
_LONGEST_SUBJECT = 60


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of ``text`` that belongs to one place; ``year`` is what governs it from above."""

    text: str
    span: Span
    place: Place
    scope: str
    year: str = ""


def read_prose(prose: Prose) -> tuple[tuple[Statement, ...], str]:
    """Return the figures stated, in order, and the year that governs what follows."""
    found: list[Statement] = []
    year = prose.year
    for match in _SENTENCE.finditer(prose.text, prose.span.start, prose.span.end):
        if any(ch.isdigit() for ch in match.group()):
            statements, year = _read_sentence(replace(prose, span=Span(*match.span()), year=year))
            found += statements
    return tuple(found), year


def _read_sentence(prose: Prose) -> tuple[list[Statement], str]:
    """Return the statements of one sentence and the year it ends with.

    A year that something is counted from (由2020年的84%) governs the figure next to it alone.
    """
    key = _QUOTED.sub(lambda match: "\0" * len(match.group()), prose.span.of(prose.text))
    found: list[Statement] = []
    year, base, behind = prose.year, "", 0
    for quantity, span in find_quantities(key):
        if quantity.form is QuantityForm.PERIOD:
            if quantity.low == quantity.high and quantity.unit == "年":
                named = str(quantity.low)
                base, year = (named, year) if _FROM.search(key[: span.start]) else ("", named)
            continue
        statement = _statement(prose, key, behind, quantity, span)
        if statement is not None:
            found.append(replace(statement, year=base or year))
        base, behind = "", span.end
    return found, year


def _statement(prose: Prose, key: str, behind: int, quantity: Quantity, span: Span) -> Statement | None:
    """Return what the figure at ``span`` states of the words before it; None where it only describes (13个煤矿)."""
    if quantity.form not in _STATED or key[span.end : span.end + 1] not in {"", *_FOLLOWS}:
        return None
    masked = _BRACKETS.sub(lambda match: "\0" * len(match.group()), key)
    start = max([behind, *(match.end() for match in _BREAK.finditer(masked, behind, span.start))])
    start += len(lead.group()) if (lead := _LEADING.match(key[start : span.start])) else 0
    words, per = split_per(key[start : span.start].rstrip())
    subject = trimmed(words)
    if not subject or len(subject) > _LONGEST_SUBJECT or "\0" in subject:
        return None
    if not quantity.unit and not quantity.scale and words.endswith(subject):
        return None  # a number behind a name is a label (附件4) unless a verb says that it is a figure
    unit = f"{quantity.unit}/{per}" if per else quantity.unit
    value = quantity.text.replace(quantity.unit, "", 1) if quantity.unit else quantity.text
    place = Span(prose.span.start + start, prose.span.start + span.end)
    return Statement(place, prose.place, subject, value, unit, scope=prose.scope, quantity=replace(quantity, unit=unit))
