"""A parsed document in, what a person should look at out, in Chinese.

Example: “项目表：合计 2048.463 与 39 行之和一致”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.models import Clause, ClauseKind, DocumentInfo, Remark, RowKind, Severity, Span, Table

_TAIL = re.compile(r"\s*[（(][^（）()]{2,300}[：:][^（）()]*[）)]\s*$")
_ENDS = "。！？；：”》）)…"
_LONG = 60
_NUMBERED = (
    ClauseKind.CHAPTER,
    ClauseKind.ARTICLE,
    ClauseKind.LEVEL1,
    ClauseKind.LEVEL2,
    ClauseKind.LEVEL3,
    ClauseKind.LEVEL4,
)


def find_remarks(
    info: DocumentInfo, text: str, clauses: tuple[Clause, ...], tables: tuple[Table, ...]
) -> tuple[Remark, ...]:
    """Return the remarks on one document: totals first, then what is missing, then what looks mistyped."""
    return (
        *(remark for table in tables for remark in _totals(table)),
        *(remark for table in tables for remark in _widths(table)),
        *_absent_annexes(info, clauses),
        *_numbering_gaps(clauses),
        *_open_sentences(text, clauses),
        *_strange_characters(text),
    )


def _totals(table: Table) -> Iterator[Remark]:
    checks = list(table.checks)
    for row in table.rows:
        if row.kind is not RowKind.TOTAL:
            continue
        label = next((cell.text for cell in row.cells if cell.text), "合计")
        for cell in row.cells:
            if not checks or cell.column != checks[0].column or cell.quantity is None:
                continue
            check = checks.pop(0)
            claim = f"{table.name}：{label} {check.stated} 与 {check.rows} 行之和"
            if check.agrees:
                yield Remark(Severity.OK, f"{claim}一致", cell.span)
            else:
                yield Remark(Severity.WARNING, f"{claim} {check.computed} 不一致", cell.span)


def _widths(table: Table) -> Iterator[Remark]:
    width = len(table.columns)
    for row in table.rows:
        if row.kind is RowKind.DATA and len(row.cells) > width:
            message = f"{table.name}第{row.number}行有 {len(row.cells)} 格，表头只有 {width} 列"
            yield Remark(Severity.WARNING, message, row.span)
        elif row.kind is RowKind.DATA and any(cell.span.end == cell.span.start for cell in row.cells[-1:]):
            empty = sum(1 for cell in row.cells if not cell.text)
            if empty * 2 >= width:
                yield Remark(Severity.WARNING, f"{table.name}第{row.number}行有 {empty} 格空缺", row.span)


def _absent_annexes(info: DocumentInfo, clauses: tuple[Clause, ...]) -> Iterator[Remark]:
    present = {_digits(clause.label) for clause in clauses if clause.kind is ClauseKind.ANNEX}
    lists = {clause.id for clause in clauses if clause.kind is ClauseKind.ANNEX_LIST}
    named = [clause for clause in clauses if clause.parent in lists]
    for clause in named:
        if _digits(clause.label) not in present:
            yield Remark(
                Severity.NOTE, f"附件{_digits(clause.label)}《{clause.heading}》只有名称，文件中没有内容", clause.span
            )
    if not named:
        for name in info.absent_annexes:
            yield Remark(Severity.NOTE, f"{name}：文件中没有内容")


def _digits(label: str) -> str:
    found = re.search(r"\d+|[一二三四五六七八九十]+", label)
    if found is None:
        return ""
    words = found.group()
    return str("一二三四五六七八九十".index(words) + 1) if len(words) == 1 and not words.isascii() else words


def _numbering_gaps(clauses: tuple[Clause, ...]) -> Iterator[Remark]:
    last: dict[tuple[str | None, ClauseKind], tuple[int, str]] = {}
    running: dict[ClauseKind, int] = {}
    for clause in clauses:
        number = _ordinal(clause.id) if clause.kind in _NUMBERED else None
        if number is None:
            continue
        before, label = last.get((clause.parent, clause.kind), (0, ""))
        # Numbers may run on across parents (7. under （二） after 6. under （一）).
        follows = number in (before, before + 1, running.get(clause.kind, 0) + 1) or number == 1
        if not follows:
            after = f"“{label}”之后" if label else "开头"
            message = f"编号不连续：{after}是“{clause.label}{clause.heading[:20]}”"
            yield Remark(Severity.NOTE, message, clause.heading_span)
        last[(clause.parent, clause.kind)] = (number, clause.label)
        running[clause.kind] = number


def _ordinal(clause_id: str) -> int | None:
    found = re.search(r"(\d+)(?:~\d+)?$", clause_id.rpartition("/")[2])
    return int(found.group(1)) if found else None


def _open_sentences(text: str, clauses: tuple[Clause, ...]) -> Iterator[Remark]:
    for clause in clauses:
        if clause.kind in (ClauseKind.TITLE, ClauseKind.SIGNATURE, ClauseKind.ANNEX_LIST, ClauseKind.ANNEX):
            continue
        if clause.path and clause.path[0] in ("附件",):
            continue
        for piece in clause.own:
            words = piece.of(text)
            paragraph = words.rpartition("\n")[2]
            body = _TAIL.sub("", paragraph).rstrip("*_ ")
            if len(body) >= _LONG and body[-1] not in _ENDS and body != clause.heading:
                end = piece.end - len(paragraph) + len(body)
                name = clause.path[-1] if clause.path else clause.label
                yield Remark(Severity.NOTE, f"“{name}”缺少句末标点：…{body[-12:]}", Span(end - 12, end))


def _strange_characters(text: str) -> Iterator[Remark]:
    """Yield characters that Chinese policy text does not hold: other alphabets, private ones, controls, U+FFFD."""
    seen: set[str] = set()
    for at, ch in enumerate(text):
        if ch in seen or not _is_strange(ch):
            continue
        seen.add(ch)
        around = re.sub(r"\s", " ", text[max(0, at - 8) : at + 5])
        shown = ch if ch.isprintable() else f"U+{ord(ch):04X}"
        times = text.count(ch)
        often = f"（共 {times} 处）" if times > 1 else ""
        yield Remark(Severity.WARNING, f"可疑字符“{shown}”{often}：…{around}…", Span(at, at + 1))


def _is_strange(ch: str) -> bool:
    if ch in "\n\t\r" or (ch.isascii() and ch.isprintable()):
        return False
    if ch == "�" or unicodedata.category(ch) in ("Cc", "Co", "Cn", "Cs"):
        return True
    return "Ѐ" <= ch <= "ӿ" or "֐" <= ch <= "࿿"
