"""Running text with its place in, the figures that it states with their subjects and years out.

Example: “到2024年，……，非常规水（中水）利用率提高到88%” states 88 % of 非常规水（中水）利用率 for 2024.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.agreement.models import StatedAt, Statement
from corpus.agreement.subjects import names_something, split_per, trimmed
from corpus.models import Quantity, QuantityForm, Span
from corpus.numerals import find_quantities

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_QUOTED = re.compile(r"《[^《》]*》")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_BREAK = re.compile(r"[，,：:；;]")
_FROM = re.compile(r"(?:由|从|自|比|较|以|在)$")
_FROM_TAIL = re.compile(r"(?:由|从)(?:(?:19|20)\d\d年?(?:底|末)?)?的?$")
_RISE = re.compile(r"(?:提高|提升|增加|增长|扩大|上升|下降|降低|减少|压减|压缩|降|升|增)(?:到|至)")
_FOLLOWS = ("", *"，,。；;、：:）)！？\n")
_STATED = (QuantityForm.NUMBER, QuantityForm.RANGE, QuantityForm.RATIO)
_LEADING = re.compile(r"^[\s、和及与并]+")
_LONGEST_SUBJECT = 60


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of ``text`` that belongs to one place; ``year`` is what governs it from above."""

    text: str
    span: Span
    place: StatedAt
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

    A year that something is counted from (由2020年的84%) governs the figure next to it alone, and what follows
    (提高到88%) is of the same thing.
    """
    key = _QUOTED.sub(lambda match: "\0" * len(match.group()), prose.span.of(prose.text))
    found: list[Statement] = []
    year, base, behind = prose.year, "", 0
    thing: Span | None = None
    for quantity, span in find_quantities(key):
        if quantity.form is QuantityForm.PERIOD:
            if quantity.low == quantity.high and quantity.unit == "年":
                named = str(quantity.low)
                base, year = (named, year) if _FROM.search(key[: span.start]) else ("", named)
            continue
        words = _words_before(key, behind, span.start)
        rises = _RISE.match(key, span.end) if (tail := _FROM_TAIL.search(words.of(key))) else None
        if tail:
            words = thing = Span(words.start, words.start + tail.start())
        elif thing is not None and not names_something(trimmed(words.of(key))):
            words = thing
        if quantity.form in _STATED and (rises or key[span.end : span.end + 1] in _FOLLOWS):
            statement = _statement(prose, key, words, quantity, span)
            found += [replace(statement, year=base or year)] if statement is not None else []
        base, behind = "", span.end
    return found, year


def _words_before(key: str, behind: int, end: int) -> Span:
    """Return the phrase that leads to a figure: from the last comma or figure on, commas in brackets aside."""
    masked = _BRACKETS.sub(lambda match: "\0" * len(match.group()), key[:end])
    start = max([behind, *(match.end() for match in _BREAK.finditer(masked, behind))])
    start += len(lead.group()) if (lead := _LEADING.match(key[start:end])) else 0
    return Span(start, end)


def _statement(prose: Prose, key: str, before: Span, quantity: Quantity, span: Span) -> Statement | None:
    """Return what the figure at ``span`` states of the words ``before`` it; None where they name nothing."""
    words, per = split_per(before.of(key).rstrip())
    subject = trimmed(words)
    if not names_something(subject) or len(subject) > _LONGEST_SUBJECT or "\0" in subject:
        return None
    if not quantity.unit and not quantity.scale and words.endswith(subject) and before.end == span.start:
        return None  # a number behind a name is a label (附件4) unless a verb says that it is a figure
    unit = f"{quantity.unit}/{per}" if per else quantity.unit
    value = quantity.text.replace(quantity.unit, "", 1) if quantity.unit else quantity.text
    place = Span(prose.span.start + before.start, prose.span.start + span.end)
    return Statement(place, prose.place, subject, value, unit, scope=prose.scope, quantity=replace(quantity, unit=unit))
