"""Words in, the numbers of clauses in them out, step by step from the outer clause to the inner one.

Example: 第三章第十七条（一） → chapter 3, article 17, “（一）” 1; 第12条之一 is article 12, inserted 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.folding import fold
from corpus.models import Span
from corpus.numerals import parse_chinese_integer

UNITS = "编篇章节条款项目"
"""What a document calls its numbered clauses."""

PARAGRAPH, PART, ARTICLE = "款", "部分", "条"

_N = r"[零〇一二两三四五六七八九十百千]{1,7}"
_STEP = re.compile(
    rf"第\s*\(?\s*(?P<number>{_N}|\d{{1,4}})\s*\)?\s*(?P<unit>[{UNITS}]|大?部分)(?:款(?![\d一二三四五六七八九十]))?"
    rf"(?:之(?P<sub>{_N}|\d{{1,2}})(?![{UNITS}\d]))?"
    rf"|(?:最后|末尾?)的?一?(?P<last>[编篇章节条]|个?大?部分)|倒数第(?P<back>{_N}|\d{{1,3}})(?P<counted>[编篇章节条]|个?大?部分)"
    rf"|(?P<level1>{_N})[、.]"
    rf"|\((?P<level2>{_N})\)"
    r"|(?<!\d)(?P<level3>\d{1,3})[.、](?!\d)"
    r"|\((?P<level4>\d{1,3})\)|(?<!\d)(?P<bracket>\d{1,2})\)"
)
_STYLES = {"level1": "一、", "level2": "(一)", "level3": "1.", "level4": "(1)", "bracket": "(1)"}
_ORDER = ("编", "篇", "部分", "章", "节", "条", "款", "项", "目", "一、", "(一)", "1.", "(1)")
_INHERITING = ("款", "项", "目")
_RANGE = re.compile(r"[至到~-]|—+")
_JOINT = re.compile(r"[、和与及跟同]|以及|还有|[,，]")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One number: ``unit`` is 章, 条, … or a style of numbering (“(一)”); below zero it counts from the end."""

    unit: str
    number: int
    sub: int = 0

    @property
    def is_style(self) -> bool:
        """Return whether it is numbered without a word (一、) and not by one (第一章)."""
        return self.unit in _STYLES.values()


@dataclass(frozen=True, slots=True)
class Address:
    """The steps that lead to one clause, ``said`` as in the question, with where each of them stands."""

    steps: tuple[Step, ...]
    said: str
    spans: tuple[Span, ...] = ()


def find_addresses(text: str) -> tuple[Address, ...]:
    """Return the clauses that ``text`` names by number, in order; 第三条至第五条 names three.

    A step of the same or a higher rank begins the next address; 第二款 behind 第五条第一款 is one of 第五条 too.
    """
    key = fold(text)
    found: list[Address] = []
    for match in _STEP.finditer(key):
        step, span = _step(match), Span(*match.span())
        if step is None:
            continue
        last = found[-1] if found else None
        if last is not None and _rank(step) > _rank(last.steps[-1]):
            found[-1] = Address((*last.steps, step), last.said + span.of(text), (*last.spans, span))
        else:
            above = _above(last, step) if last is not None else ()
            found += _between(found, step, key, span) if not above else []
            found.append(Address((*above, step), span.of(text), (span,)))
    return tuple(found)


def label_step(label: str) -> Step | None:
    """Return the step that a clause's own label (第十二条之一, （三）) is; None for a label without a number."""
    match = _STEP.match(fold(label).strip())
    return _step(match) if match is not None else None


def is_outer(one: Step, other: Step) -> bool:
    """Return whether clauses numbered like ``one`` hold those numbered like ``other``: 章 and 条."""
    return _rank(one) < _rank(other)


def is_joint(text: str) -> bool:
    """Return whether ``text`` only joins two addresses: 和, 至."""
    words = fold(text).strip()
    return not words or _JOINT.fullmatch(words) is not None or _RANGE.fullmatch(words) is not None


def _step(match: re.Match[str]) -> Step | None:
    if style := next((name for name in _STYLES if match[name]), None):
        number = parse_chinese_integer(match[style])
        return Step(_STYLES[style], number) if number else None
    if match["last"]:
        return Step(match["last"].lstrip("个大"), -1)
    number = parse_chinese_integer(match["number"] or match["back"])
    if number is None:
        return None
    if match["back"]:
        return Step(match["counted"].lstrip("个大"), -number)
    return Step(match["unit"].lstrip("大"), number, parse_chinese_integer(match["sub"] or "") or 0)


def _rank(step: Step) -> int:
    return _ORDER.index(step.unit) if step.unit in _ORDER else len(_ORDER)


def _above(last: Address, step: Step) -> tuple[Step, ...]:
    """Return the steps of the address before that a paragraph or item named alone stands under."""
    if step.unit not in _INHERITING:
        return ()
    return tuple(one for one in last.steps if _rank(one) < _rank(step))


def _between(found: list[Address], step: Step, key: str, span: Span) -> list[Address]:
    """Return the addresses that a range leaves out: 第四条 of 第三条至第五条."""
    last = found[-1] if found else None
    if last is None or not _RANGE.fullmatch(key[last.spans[-1].end : span.start].strip()):
        return []
    first = last.steps[-1]
    if first.unit != step.unit or not 0 < step.number - first.number <= _LONGEST_RANGE:
        return []
    numbers = range(first.number + 1, step.number)
    made = [replace(last.steps[-1], number=number) for number in numbers]
    return [Address((*last.steps[:-1], one), f"第{one.number}{one.unit}") for one in made]
