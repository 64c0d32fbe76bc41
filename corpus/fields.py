"""The end of a clause in, its labelled fields out.

Example: “（牵头部门：市林草局,责任单位：市能源局）” holds 牵头部门 = 市林草局 and 责任单位 = 市能源局.
"""

from __future__ import annotations

import re

from corpus.models import Field, FieldValue, Span
from corpus.raw import trim

# General words of Chinese administration that mark a label as a duty, a time or a source, not a remark in brackets.
_LABEL = r"[㐀-鿿]{0,8}(?:单位|部门|责任人|责任|牵头|负责|配合|分工|时限|期限|时间|完成|机构|联系人)[㐀-鿿]{0,2}"
_NAMED = re.compile(rf"(?:^|(?<=[，,；;。、\s]))\s*({_LABEL})\s*[：:]")
_BRACKET = re.compile(rf"[（(]\s*{_LABEL}\s*[：:][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]\s*[。；;]?\s*$")
_LINE = re.compile(rf"\s*{_LABEL}\s*[：:].*$", re.DOTALL)
_SEPARATOR = re.compile(r"[、，,；;\n]|[\s　]{2,}")
_MAX_LENGTH = 600


def find_field_block(text: str, span: Span) -> Span | None:
    """Return where the labelled fields at the end of a paragraph stand: brackets included, or the whole line."""
    words = text[span.start : span.end]
    bracket = _BRACKET.search(words)
    if bracket:
        return trim(text, span.start + bracket.start(), span.end)
    if len(words) <= _MAX_LENGTH and _LINE.match(words) and _NAMED.match(words):
        return span
    return None


def read_fields(text: str, block: Span) -> tuple[Field, ...]:
    """Return the fields of a block in order; every name and value keeps its span."""
    start, end = block.start, block.end
    if text[start] in "（(":
        start += 1
        end = max(text.rfind("）", start, end), text.rfind(")", start, end))
    elif text[end - 1] == "。":
        end -= 1
    names = list(_NAMED.finditer(text[start:end]))
    fields = []
    for number, name in enumerate(names):
        stop = start + (names[number + 1].start() if number + 1 < len(names) else end - start)
        whole = trim(text, start + name.start(1), stop)
        values = _values(text, start + name.end(), stop)
        if values:  # a salutation such as “省有关单位：” labels nothing
            fields.append(Field(name.group(1), _without_tail(text, whole), values))
    return tuple(fields)


def _values(text: str, start: int, end: int) -> tuple[FieldValue, ...]:
    values = []
    at = start
    for mark in _SEPARATOR.finditer(text, start, end):
        values.append(trim(text, at, mark.start()))
        at = mark.end()
    values.append(trim(text, at, end))
    return tuple(FieldValue(span.of(text), span) for span in values if span.end > span.start)


def _without_tail(text: str, span: Span) -> Span:
    kept = span.of(text).rstrip("，,；;、 \n\t　")
    return Span(span.start, span.start + len(kept))
