"""A question whether a number fits what is listed in, the number as stated and as counted in its sentence out.

Example: “6大工程”，实际列了几项 → 不一致: 写明6大工程, 同一句列出5项.
"""

from __future__ import annotations

import re

from assistant.respond.agreeing.asked import Asked, Compared
from corpus.agreement.listed import Listed
from corpus.agreement.models import Finding, Statement, Topic, Verdict
from corpus.folding import fold
from corpus.models import Span
from corpus.numerals import parse_chinese_integer

_NUMBER = re.compile(r"\d+|[一二两三四五六七八九十]+")
_NOUN = 2


def compare_listed(asked: Asked) -> Compared | None:
    """Return the one number that the question gives, or speaks of, beside how many things its sentence lists."""
    fitting = [one for one in asked.listed if _is_meant(asked, one)]
    given = [one for one in fitting if _stands_in(asked, one)]
    chosen = given or (fitting if "listed" in asked.said.kinds else [])
    return _compared(asked, chosen[0]) if len({one.stated for one in chosen}) == 1 else None


def _stands_in(asked: Asked, one: Listed) -> bool:
    """Return whether the question gives the number with its noun, in figures of either kind: 六大工程, 6大工程."""
    behind = _behind_number(asked, one)[: 1 + _NOUN]
    numbers = [match for match in _NUMBER.finditer(asked.key) if parse_chinese_integer(match.group()) == one.number]
    return any(asked.key.startswith(behind, match.end()) for match in numbers)


def _behind_number(asked: Asked, one: Listed) -> str:
    """Return what the document writes behind a number: 大工程, 项改革试点, 个一”计划."""
    stated = fold(one.stated.of(asked.document.text)).lstrip("“")
    return _NUMBER.sub("", stated, count=1)


def _is_meant(asked: Asked, one: Listed) -> bool:
    """Return whether the place of a number holds every word of the question, what is counted among them."""
    stated = fold(one.stated.of(asked.document.text))
    words = [word for word in asked.question.words if not _is_number(word.of(asked.key), stated, one)]
    noun = _behind_number(asked, one)[1:].rpartition("”")[-1][:_NOUN]
    return noun != "" and noun in asked.key and not asked.left(words, asked.context(one.stretch.place))


def _is_number(word: str, stated: str, one: Listed) -> bool:
    return parse_chinese_integer(word) == one.number or word in stated


def _compared(asked: Asked, one: Listed) -> Compared:
    text, place = asked.document.text, one.stretch.place
    differs, count = not one.agrees, one.number if one.agrees else len(one.items)
    stated = one.stated.of(text)
    quoted = stated if stated.startswith("“") else f"“{stated}”"
    said = Statement(one.sentence, place, "", stated, differs=differs)
    listed = Statement(Span(one.items[0].start, one.items[-1].end), place, "", f"列出{count}项", differs=differs)
    verdict = Verdict.DIFFERS if differs else Verdict.AGREES
    finding = Finding(asked.document.info.id, Topic.COUNT, stated, (), "", "", verdict, (said, listed))
    head = f"写明的数{quoted}与列出的{count}项{'不一致' if differs else '一致'}"
    items = "、".join(f"“{item.of(text).strip()}”" for item in one.items) if count == len(one.items) else ""
    note = f"同一句中列出的是{count}项{f'：{items}' if items else ''}。[1]"
    return Compared(finding, head, note, told=1)
