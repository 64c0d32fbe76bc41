"""A conversation's turns in, a Markdown text or a Word file of it out, each answer with its sources.

Example: “## 1. 十大孔兑项目由哪个局牵头”, the answer, then “[1] 《…》（征求意见稿）附件5 项目表 第3行：“水利局””.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.conversations.models import Turn, TurnState
from assistant.models import Answer, Citation
from assistant.viewing.result_table import shown_table

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARKUP = r"[<`\\_]|\](?=[(:])|&(?=#?\w+;)|~(?=~)"
_ALL_BUT_BOLD = re.compile(_MARKUP + r"|(?<!\*)\*(?!\*)")
_ALL = re.compile(_MARKUP + r"|[*|]")
_BREAKS = re.compile(r"\s*\n\s*")
STOPPED = "（已停止，没有答案）"


def conversation_markdown(title: str, turns: Sequence[Turn]) -> str:
    """Return the conversation as Markdown."""
    return "\n\n".join([f"# {_as_text(title)}", *(_turn_markdown(n, turn) for n, turn in enumerate(turns, 1))]) + "\n"


def conversation_docx(title: str, turns: Sequence[Turn]) -> bytes:
    """Return the conversation as a Word file in the usual fonts of Chinese offices."""
    paper = docx.Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    paper.add_heading(_printable(title), 0)
    for number, turn in enumerate(turns, 1):
        paper.add_heading(_printable(f"{number}. {turn.question}"), 1)
        if turn.answer is None:
            paper.add_paragraph(STOPPED)
        else:
            _write_answer(paper, turn.answer)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def source_line(citation: Citation) -> str:
    """Return one source: mark, title, status, place and quote."""
    status = f"（{citation.status}）" if citation.status else ""
    quote = _BREAKS.sub(" ", citation.quote).strip()
    return f"[{citation.index}] 《{citation.document}》{status}{citation.locator}：“{quote}”"


def _turn_markdown(number: int, turn: Turn) -> str:
    return "\n\n".join([f"## {number}. {_as_text(turn.question)}", *_answer_blocks(turn)])


def _answer_blocks(turn: Turn) -> Iterator[str]:
    if turn.answer is None or turn.state is TurnState.STOPPED:
        yield STOPPED
        return
    answer = turn.answer
    if answer.standalone.strip() != answer.question.strip():
        yield f"理解为：{_as_text(answer.standalone)}"
    # An answer's own Markdown is bold, lists, quotes, tables and marks like [1].
    yield _ALL_BUT_BOLD.sub(r"\\\g<0>", answer.answer)
    if answer.table:
        rows = [answer.table.columns, *answer.table.rows]
        lines = ["| " + " | ".join(map(_as_text, row)) + " |" for row in rows]
        yield "\n".join([lines[0], "|" + " --- |" * len(answer.table.columns), *lines[1:]])
    if answer.calculation and answer.calculation.expression:
        yield f"计算：{_as_text(answer.calculation.expression)}"
    if answer.citations:
        yield "来源：\n\n" + "\n".join(f"- {_as_text(source_line(citation))}" for citation in answer.citations)


def _write_answer(paper: Document, answer: Answer) -> None:
    if answer.standalone.strip() != answer.question.strip():
        paper.add_paragraph(_printable(f"理解为：{answer.standalone}"))
    for line in answer.answer.splitlines():
        if line.strip():
            paper.add_paragraph(_printable(line.replace("**", "")))
    table = shown_table(answer)
    if table:
        grid = paper.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            cell.text = _printable(column.title)
        for row in table.rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = _printable(text)
    if answer.calculation and answer.calculation.expression:
        paper.add_paragraph(_printable(f"计算：{answer.calculation.expression}"))
    if answer.citations:
        paper.add_heading("来源", 2)
    for citation in answer.citations:
        paper.add_paragraph(_printable(source_line(citation)))


def _as_text(text: str) -> str:
    """Return ``text`` on one line so that a reader of Markdown shows it as it is: no HTML, link, image or emphasis."""
    return _ALL.sub(r"\\\g<0>", " ".join(text.split()))


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
