"""The conversation as HTML: answers in, cards made of escaped pieces out.

Example: a refusal becomes a calm card “文件中没有找到依据” with what is missing and the nearest clauses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from html import escape

from assistant.doors.markdown import render_inline, render_markdown
from assistant.models import Answer, AnswerKind, Calculation, Citation, Conflict, ResultTable
from corpus.models import ParsedDocument

MANY_CITATIONS = 6
"""Above this number the list of sources is folded."""

SEARCH_RANGE = "检索范围"
"""What the choice of documents is called."""

LONGEST_QUESTION = 500
"""Characters of a question shown over its answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer; ``answer`` is None while it is being looked for."""

    question: str
    answer: Answer | None


def render_header(name: str, documents: Sequence[ParsedDocument]) -> str:
    """Return the product's name and the loaded documents with issuer, number, date and status."""
    items = "".join(f"<li>{_document_line(document)}</li>" for document in documents)
    found = f'<ul class="documents">{items}</ul>' if items else '<p class="documents">尚未载入文件。</p>'
    return f'<header class="masthead"><h1>{escape(name)}</h1>{found}</header>'


def render_conversation(turns: Sequence[Turn], examples: Sequence[str] = ()) -> str:
    """Return all cards, oldest first; with no turn yet, the welcome with its example questions."""
    if turns:
        return "".join(render_turn(turn) for turn in turns)
    buttons = "".join(_ask_button(question, "example") for question in examples)
    return (
        '<section class="welcome"><p>请输入问题。答案逐句注明出处，点击 [1] 可查看原文。</p>'
        f'<div class="asks" aria-label="示例问题">{buttons}</div></section>'
    )


def render_turn(turn: Turn) -> str:
    """Return one question and its card."""
    shown = turn.question.strip()
    shown = shown if len(shown) <= LONGEST_QUESTION else shown[:LONGEST_QUESTION] + "……"
    card = render_answer(turn.answer) if turn.answer else '<div class="card pending" role="status">正在查找……</div>'
    return f'<article class="turn"><h2 class="question">{escape(shown)}</h2>{card}</article>'


def render_answer(answer: Answer) -> str:
    """Return the card of one answer: sentence first, then table, calculation, conflicts, sources, suggestions."""
    marks = {citation.index for citation in answer.citations}
    calm = answer.kind is AnswerKind.REFUSAL
    parts = (
        '<p class="kind">文件中没有找到依据</p>' if calm else "",
        _understood(answer),
        f'<div class="answer">{render_markdown(answer.answer, marks, tables=answer.table is None)}</div>',
        _missing(answer.missing),
        _table(answer.table, marks),
        _calculation(answer.calculation),
        _conflicts(answer.conflicts, marks),
        _citations(answer.citations, "相关的条款" if calm else "来源"),
        _suggestions(answer),
    )
    return f'<div class="card {escape(answer.kind.value)}">{"".join(parts)}</div>'


def render_notice(message: str) -> str:
    """Return what went wrong, for the strip over the input; an empty message leaves it empty."""
    return f'<p class="notice" role="alert">{escape(message)}</p>' if message else ""


def range_name(chosen: Sequence[str], documents: int) -> str:
    """Return what the choice is called: with nothing chosen all documents are searched."""
    return f"{SEARCH_RANGE}：{f'所选 {len(chosen)} 个文件' if chosen else f'全部 {documents} 个文件'}"


def _document_line(document: ParsedDocument) -> str:
    info = document.info
    facts = " · ".join(escape(fact) for fact in (info.issuer, info.number, info.date) if fact)
    return f'<span class="title">《{escape(info.title)}》</span>{render_status(info.status)}' + (
        f'<span class="facts">{facts}</span>' if facts else ""
    )


def render_status(status: str) -> str:
    """Return the document's status as a badge, or nothing where none is known."""
    return f'<span class="status">{escape(status)}</span>' if status else ""


def _ask_button(question: str, style: str) -> str:
    asked = escape(question, quote=True)
    return f'<button type="button" class="ask {style}" data-ask="{asked}">{asked}</button>'


def _understood(answer: Answer) -> str:
    if not answer.standalone or answer.standalone.strip() == answer.question.strip():
        return ""
    return f'<p class="understood">理解为：{escape(answer.standalone)}</p>'


def _missing(missing: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(what)}</li>" for what in missing)
    return f'<div class="missing"><h3>文件中没有的内容</h3><ul>{items}</ul></div>' if items else ""


def _table(table: ResultTable | None, marks: set[int]) -> str:
    if table is None:
        return ""
    head = "".join(f'<th scope="col" class="{name_width(name)}">{escape(name)}</th>' for name in table.columns)
    rows = "".join("<tr>" + "".join(_table_cell(cell, marks) for cell in row) + "</tr>" for row in table.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="结果表，共 {len(table.rows)} 行">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _table_cell(cell: str, marks: set[int]) -> str:
    return f'<td class="{name_width(cell)}">{render_inline(cell, marks)}</td>'


def name_width(text: str) -> str:
    """Return the style of a cell by its length: short ones never break, long ones get room."""
    return "short" if len(text) <= 9 else "long" if len(text) > 24 else "middle"


def _calculation(calculation: Calculation | None) -> str:
    if calculation is None:
        return ""
    sql = f"<pre><code>{escape(calculation.sql)}</code></pre>" if calculation.sql else ""
    expression = f"<p>{escape(calculation.expression)}</p>" if calculation.expression else ""
    return f'<details class="fold"><summary>计算过程</summary>{expression}{sql}</details>'


def _conflicts(conflicts: Iterable[Conflict], marks: set[int]) -> str:
    items = ""
    for conflict in conflicts:
        stated = "；".join(
            f"<strong>{escape(one.value)}{escape(one.unit)}</strong>{render_inline(f'[{one.citation}]', marks)}"
            for one in conflict.statements
        )
        items += f"<li>{escape(conflict.quantity)}：{stated}</li>"
    return f'<div class="conflicts"><h3>文件中的表述不一致</h3><ul>{items}</ul></div>' if items else ""


def _citations(citations: Sequence[Citation], title: str) -> str:
    if not citations:
        return ""
    items = "".join(_citation_line(citation) for citation in citations)
    state = "" if len(citations) > MANY_CITATIONS else " open"
    return (
        f'<details class="fold cites"{state}><summary>{title}（{len(citations)}）</summary><ol>{items}</ol></details>'
    )


def _citation_line(citation: Citation) -> str:
    payload = escape(json.dumps(asdict(citation), ensure_ascii=False), quote=True)
    place = citation.locator or " › ".join(citation.section)
    return (
        f'<li><button type="button" class="cite" data-cite="{citation.index}" data-citation="{payload}">'
        f'<span class="number">[{citation.index}]</span> 《{escape(citation.document)}》'
        f'{render_status(citation.status)} <span class="place">{escape(place)}</span></button></li>'
    )


def _suggestions(answer: Answer) -> str:
    buttons = "".join(_ask_button(question, "next") for question in answer.suggestions)
    title = "请选择" if answer.kind is AnswerKind.CLARIFY else "还可以问"
    return f'<div class="suggestions"><h3>{title}</h3><div class="asks">{buttons}</div></div>' if buttons else ""
