"""A Markdown file's bytes in, its text with headings, lines and pipe tables out.

Example: “## 第一章 总则” is a line of depth 2 whose content is “第一章 总则”.
"""

from __future__ import annotations

import re

from corpus.models import Span
from corpus.raw import Line, RawText, line_spans, trim
from corpus.readers.decoding import decode
from corpus.readers.pipe_grids import find_pipe_grids

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
# Emphasis and quote marks before the first word: “**第一条** …”, “> 说明”. List marks stay: they number a clause.
_MARKUP = re.compile(r"(?:>\s?)*(?:\*\*|__)?")


def read_markdown(data: bytes, name: str) -> RawText:
    """Return what stands in a Markdown file.

    Raises:
        FileUndecodable: the bytes are not text in a known encoding.
        FileEmpty: the file holds no text.
    """
    text = decode(data, name)
    spans = line_spans(text)
    found = find_pipe_grids(text, spans)
    taken = {number for _, numbers in found for number in numbers}
    lines = [
        _line(text, trim(text, span.start, span.end))
        for number, span in enumerate(spans)
        if number not in taken and text[span.start : span.end].strip()
    ]
    return RawText(text, tuple(lines), tuple(grid for grid, _ in found), marks=True)


def _line(text: str, span: Span) -> Line:
    heading = _HEADING.match(text, span.start, span.end)
    if heading:
        content = Span(heading.start(2), heading.end(2))
        return Line(span, _without_markup(text, content), len(heading.group(1)))
    return Line(span, _without_markup(text, span))


def _without_markup(text: str, span: Span) -> Span:
    marks = _MARKUP.match(text, span.start, span.end)
    start = marks.end() if marks else span.start
    end = span.end
    whole = text[start:end]
    if start > span.start and whole.endswith(("**", "__")) and whole.count(whole[-2:]) == 1:
        end -= 2
    return trim(text, start, end) if text[start:end].strip() else span
