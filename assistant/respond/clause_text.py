"""A clause in, what an answer shows of it out: its own words with its items, or the list of its parts, each cited.

Example: 第三章 → “第三章 目录管理”共3条：第十五条 政务数据资源目录是……[2]；第十六条 ……[3].
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.respond.evidence import Evidence, clause_address, clause_evidence
from assistant.understand.clause_index import ClauseTree, Place
from assistant.understand.clause_steps import ARTICLE, PARAGRAPH, PART
from corpus.models import Clause, ClauseKind, Span

_FIRST_WORDS = re.compile(r"[^，,。；;：:\n]{1,24}")
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+)|^\*\*(.+?)\*\*")
_MOST_LISTED = 40
_SUMMED_UP = ("编", "章")
_LAID_OUT = 20

Said = tuple[str, tuple[Evidence, ...]]


def address_of(tree: ClauseTree, clause: Clause) -> str:
    """Return the short address of a clause without the marks at its end."""
    return clause_address(tree.document, clause.id).rstrip(".、")


def titled(clause: Clause) -> str:
    """Return a clause's number and heading: 第三章 目录管理, 三、主要任务."""
    gap = " " if clause.label.endswith(tuple("编篇章节条")) and clause.heading else ""
    return f"{clause.label}{gap}{clause.heading.rstrip('。')}" or clause.heading


def full_text(tree: ClauseTree, place: Place) -> Said:
    """Return all that stands in a clause, its items too, a paragraph each; tables in it are named, not repeated."""
    document = tree.document
    pieces = _pieces(tree, place)
    evidence = tuple(clause_evidence(document, place.clause, span) for span in pieces)
    lines = [line for number, span in enumerate(pieces, 1) for line in _lines(span.of(document.text), number)]
    inside = [table for table in document.tables if place.span.covers(table.span)]
    lines += [f"（此处有{table.name or '一张表'}，共{len(table.data_rows)}行。）" for table in inside]
    return "\n\n".join(lines), evidence


def _pieces(tree: ClauseTree, place: Place) -> list[Span]:
    """Return the stretches of a clause between its tables, whole where it has none."""
    if not any(place.span.covers(table.span) for table in tree.document.tables):
        return [_trimmed(tree.document.text, place.span)]
    inside = [clause for clause in tree.document.clauses if place.span.covers(clause.span)]
    return sorted(span for clause in inside for span in clause.own if place.span.covers(span))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))


def _lines(text: str, number: int) -> list[str]:
    """Return the lines of a stretch, its mark at the end of the first."""
    lines = [_MARKDOWN.sub(lambda match: match[1] or "", line.strip()) for line in text.splitlines() if line.strip()]
    return [f"{line}[{number}]" if at == 0 else line for at, line in enumerate(lines)]


def listed(tree: ClauseTree, clause: Clause) -> Said:
    """Return a clause's title and its parts, counted, then what it says before them; articles by their first words."""
    articles = tree.of_unit(ARTICLE, clause)
    text, evidence = _list(tree, clause, articles or tree.children(clause), ARTICLE if articles else "项")
    own = _trimmed_own(tree, clause)
    said = Span(clause.heading_span.end, own.end) if clause.heading and own.covers(clause.heading_span) else own
    lines = [line.strip() for line in said.of(tree.document.text).splitlines() if line.strip()]
    whole = clause_evidence(tree.document, clause, own)
    return "\n\n".join([text, *(f"{line}[1]" for line in lines)]), (whole, *evidence[1:])


def counted(tree: ClauseTree, place: Place | None, unit: str) -> Said:
    """Return how many clauses called ``unit`` stand under one, or in the document, and which."""
    if place is None:
        return _whole(tree, tree.of_unit(unit), unit)
    clause = place.clause
    if unit == PARAGRAPH:
        return _paragraphs(tree, clause)
    parts = tree.of_unit(unit, clause) if unit in "编篇章节条" else ()
    if parts:
        return _list(tree, clause, parts, unit)
    children = [child for child in tree.children(clause) if child.label]
    if not children:
        evidence = clause_evidence(tree.document, clause, _trimmed(tree.document.text, clause.span))
        return f"“{titled(clause)}”下面没有再分{unit}。[1]", (evidence,)
    absent = f"“{titled(clause)}”不分{unit}。" if unit in "编篇章节" else ""
    text, evidence_ = _list(tree, clause, children, "项" if children[0].kind is not ClauseKind.ARTICLE else ARTICLE)
    return absent + text, evidence_


def _list(tree: ClauseTree, clause: Clause, parts: Sequence[Clause], unit: str) -> Said:
    document = tree.document
    own = clause_evidence(document, clause, clause.heading_span if clause.heading else _trimmed_own(tree, clause))
    spans = [_head(tree, part) for part in parts]
    evidence = [clause_evidence(document, part, span) for part, span in zip(parts, spans, strict=True)]
    if not parts:
        return f"“{titled(clause)}”[1]", (own,)
    lines = [f"{_named(tree, part)}[{number}]" for number, part in enumerate(parts[:_MOST_LISTED], 2)]
    more = f"等{len(parts)}{unit}" if len(parts) > _MOST_LISTED else ""
    head = f"“{titled(clause)}”共{len(parts)}{unit}[1]："
    return f"{head}{'；'.join(lines)}{more}。", (own, *evidence[:_MOST_LISTED])


def _whole(tree: ClauseTree, parts: Sequence[Clause], unit: str) -> Said:
    """Return how many parts a document has; many articles by the chapters that hold them."""
    document = tree.document
    chapters = [one for name in _SUMMED_UP for one in tree.of_unit(name) if tree.of_unit(ARTICLE, one)]
    if unit == ARTICLE and len(parts) > _LAID_OUT and chapters:
        lines = [
            f"{titled(one)}（{held[0].label}至{held[-1].label}，{len(held)}条）[{number}]"
            for number, one in enumerate(chapters, 1)
            for held in [tree.of_unit(ARTICLE, one)]
        ]
        evidence = [clause_evidence(document, one, _head(tree, one)) for one in chapters]
        return f"全文共{len(parts)}条，分{len(chapters)}章：{'；'.join(lines)}。", tuple(evidence)
    shown = parts if len(parts) <= _MOST_LISTED else (parts[0], parts[-1])
    evidence = [clause_evidence(document, one, _head(tree, one)) for one in shown]
    lines = [f"{_named(tree, one)}[{number}]" for number, one in enumerate(shown, 1)]
    joined = "；".join(lines) if shown is parts else "至".join(lines)
    return f"全文共{len(parts)}{unit if unit != PART else '部分'}：{joined}。", tuple(evidence)


def _paragraphs(tree: ClauseTree, clause: Clause) -> Said:
    spans = tree.paragraphs(clause)
    if len(spans) == 1:
        return f"“{titled(clause)}”没有分款排列，只有一段。[1]", (clause_evidence(tree.document, clause, spans[0]),)
    evidence = [clause_evidence(tree.document, clause, span) for span in spans]
    words = [_MARKDOWN.sub(lambda match: match[1] or "", span.of(tree.document.text)) for span in spans]
    first = [_first_words(said.removeprefix(clause.label)) for said in words]
    lines = [f"第{number}款 {said}……[{number}]" for number, said in enumerate(first, 1)]
    return f"“{titled(clause)}”共{len(spans)}款：{'；'.join(lines)}。", tuple(evidence)


def _named(tree: ClauseTree, clause: Clause) -> str:
    if clause.heading:
        return titled(clause)
    own = _trimmed_own(tree, clause).of(tree.document.text)
    words = _MARKDOWN.sub(lambda match: match[1] or "", own)
    words = words.removeprefix(clause.label).strip()
    said = _first_words(words)
    return f"{clause.label} {said}{'……' if len(said) < len(words.rstrip('。；;')) else ''}"


def _first_words(text: str) -> str:
    match = _FIRST_WORDS.search(text)
    return match.group().strip() if match is not None else ""


def _head(tree: ClauseTree, clause: Clause) -> Span:
    """Return where a clause begins: its number and heading, else its number and first sentence."""
    text, own = tree.document.text, _trimmed_own(tree, clause)
    if clause.heading and own.start <= clause.heading_span.start:
        return Span(own.start, clause.heading_span.end)
    end = re.compile(r"[。；;：:\n]").search(text, own.start, own.end)
    return Span(own.start, end.end() if end is not None and end.end() > own.start + 8 else own.end)


def _trimmed_own(tree: ClauseTree, clause: Clause) -> Span:
    return _trimmed(tree.document.text, clause.own[0] if clause.own else clause.span)
