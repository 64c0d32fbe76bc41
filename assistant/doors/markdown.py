"""The answer's Markdown made into HTML: text with marks like [1] in, escaped HTML with buttons out.

Example: ``**水利局**。[1]`` becomes ``<strong>水利局</strong>。`` and a button that opens source 1.

Only what answers use is understood (paragraphs, lists, quotes, bold, tables, marks); all else is shown as text, so
that nothing from a document or a question can become HTML.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape
from itertools import groupby

NOTICE = "注意："
"""Begins a paragraph on statements that differ."""

GLANCE = 80
"""Characters of a sentence that are read at a glance."""

MANY_ITEMS = 6
"""A longer run of cited items is folded where a table shows them as well."""

_MARK = re.compile(r"\[(\d{1,4})\]")
_ITEM = re.compile(r"[^\[\]–][^\n\[\]]*(?:\[\d{1,4}\])+(?=[；、。\n]|$)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_FIRST_SENTENCE = re.compile(r"^((?:.{1,4}[。！？])?.+?[。！？](?:[”’」』）])?(?:–?\[\d+\])*)(.*)$", re.DOTALL)
_LINE_KINDS = (
    ("bullets", re.compile(r"^\s*[-*+]\s+")),
    ("numbers", re.compile(r"^\s*\d{1,4}[.)]\s+")),
    ("quote", re.compile(r"^\s*>\s?")),
    ("table", re.compile(r"^\s*\|(?=.*\|\s*$)")),
    ("heading", re.compile(r"^\s*#{1,6}\s+")),
)
_RULE_ROW = re.compile(r"^[\s|:-]+$")


def render_inline(text: str, marks: Collection[int]) -> str:
    """Return one line as HTML; ``[n]`` becomes a button where ``n`` is among ``marks``."""
    html = _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=True))
    return _MARK.sub(lambda found: _mark_button(int(found[1]), marks, found[0]), html)


def render_markdown(text: str, marks: Collection[int], tables: bool = True, rows: int = 0) -> str:
    """Return the text as HTML blocks, its first sentence set apart.

    ``tables=False`` leaves out pipe tables and folds long lists: a table beside the text shows both. So is a list of
    ``rows`` items, where each row of that table opens its source.
    """
    html: list[str] = []
    for kind, lines in _blocks(text):
        written = "\n".join(lines)
        folds = not tables and _repeats(written, rows)
        if kind == "text" and not html:
            html.append(_render_lead(written, marks, folds))
        elif kind != "table" or tables:
            html.append(_render_folded(kind, written, marks) if folds else _render_block(kind, lines, marks))
    return "".join(html)


def _repeats(text: str, rows: int) -> bool:
    """Return whether a block lists what the rows of the table beside it hold; a notice of what differs is kept."""
    items = len(_ITEM.findall(text))
    return not text.startswith(NOTICE) and (items > MANY_ITEMS or 1 < items == rows)


def _render_folded(kind: str, text: str, marks: Collection[int]) -> str:
    """Return a block folded, without what it says before its list."""
    head, colon, listed = text.partition("：")
    if kind != "text" or not colon or not _is_head(head):
        return _folded(_render_block(kind, text.splitlines(), marks), text)
    block = _render_block(kind, listed.splitlines(), marks)
    return _render_block(kind, [f"{head}。"], marks) + _folded(block, listed)


def _is_head(text: str) -> bool:
    """Return whether what stands before a colon leads to a list, and does not end within its first item."""
    pairs = (("“", "”"), ("（", "）"))
    return len(text) <= GLANCE and all(text.count(one) == text.count(other) for one, other in pairs)


def _folded(html: str, text: str) -> str:
    items = len(_ITEM.findall(text))
    return f'<details class="items"><summary>逐项列出（{items}）</summary>{html}</details>'


def _mark_button(number: int, marks: Collection[int], written: str) -> str:
    if number not in marks:
        return written
    return (
        f'<button type="button" class="mark" data-cite="{number}" aria-label="查看来源 {number}">'
        f'<span aria-hidden="true">[{number}]</span></button>'
    )


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of one kind, blank lines between them left out."""
    kinds = ((_line_kind(line), line) for line in text.splitlines())
    for kind, lines in groupby(kinds, key=lambda pair: pair[0]):
        if kind != "blank":
            yield kind, [line for _, line in lines]


def _line_kind(line: str) -> str:
    if not line.strip():
        return "blank"
    return next((kind for kind, pattern in _LINE_KINDS if pattern.match(line)), "text")


def _render_lead(text: str, marks: Collection[int], folds: bool) -> str:
    found = _FIRST_SENTENCE.match(text)
    lead, rest = (found[1], found[2].strip()) if found else (text, "")
    head, listed = _split_list(lead)
    style = "lead" if len(head) <= GLANCE else "lead long"
    folds = folds and listed != ""
    head = head.removesuffix("：") + "。" if folds else head
    html = f'<p class="{style}">{render_inline(head, marks)}</p>'
    block = f'<p class="listed">{render_inline(listed, marks)}</p>' if listed else ""
    html += _folded(block, listed) if folds else block
    return html + (_render_block("text", rest.splitlines(), marks) if rest else "")


def _split_list(lead: str) -> tuple[str, str]:
    """Return what is read at a glance and the long list behind its colon."""
    head, colon, listed = lead.partition("：")
    if not colon or len(lead) <= GLANCE or not _is_head(head):
        return lead, ""
    return head + colon, listed


def _render_block(kind: str, lines: list[str], marks: Collection[int]) -> str:
    if kind == "table":
        return _render_pipes(lines, marks)
    bare = [_strip_sign(kind, line) for line in lines]
    if kind in ("bullets", "numbers"):
        tag = "ul" if kind == "bullets" else "ol"
        first = re.match(r"\s*(\d+)", lines[0])
        start = f' start="{int(first[1])}"' if kind == "numbers" and first else ""
        return f"<{tag}{start}>" + "".join(f"<li>{render_inline(line, marks)}</li>" for line in bare) + f"</{tag}>"
    inner = "<br>".join(render_inline(line, marks) for line in bare)
    return {"quote": f"<blockquote>{inner}</blockquote>", "heading": f"<h3>{inner}</h3>"}.get(kind, f"<p>{inner}</p>")


def _strip_sign(kind: str, line: str) -> str:
    pattern = dict(_LINE_KINDS).get(kind)
    return pattern.sub("", line, count=1) if pattern else line


def _render_pipes(lines: list[str], marks: Collection[int]) -> str:
    rows = [line.strip().strip("|").split("|") for line in lines if not _RULE_ROW.match(line)]
    html = ""
    for number, row in enumerate(rows):
        tag = "th" if number == 0 else "td"
        html += "<tr>" + "".join(f"<{tag}>{render_inline(cell.strip(), marks)}</{tag}>" for cell in row) + "</tr>"
    return f'<div class="frame"><div class="scroll"><table>{html}</table></div></div>'
