"""A passage that only announces what follows in, the items that follow out.

Example: 第八条 禁止携犬进入下列场所：→ （一）…；（二）…；（三）…, all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.respond.evidence import Evidence, clause_evidence
from assistant.understand.entities import common_blocks
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument, Span
from corpus.raw import trim

_ANNOUNCES = re.compile(r"[：:]$|(?:下列|以下|如下)[^。；]{0,12}[：:。]?$")

_OPENING = re.compile(r"\s*答[：:]?\s*")
_COUNTED = re.compile(r"(?<!第)[二两三四五六七八九十\d]+[件项个条大]")
_QUESTION_MARKS = ("？", "?")
_SEVERAL, _MARKUP = 2, 12
_WHICH = r"(?:哪[些几][个项条类]?|什么)"
_APPLYING = frozenset({"申请", "申报", "办理", "所需", "需要", "提交", "报名", "应交"})
_WORD, _LONGEST, _AROUND = 2, 8, 3
_STATES = re.compile(r"[,，][^,，]*\d(?![\d年])")
_BOUND = re.compile(r"\d[^，。；：:]{0,6}以下[^：:]*$")
"""500公斤以下 announces nothing."""


def items_behind(document: ParsedDocument, clause: Clause | None, cited: Span) -> tuple[Evidence, ...]:
    """Return the items of ``clause`` in order where ``cited`` ends with announcing them; empty otherwise.

    An item is the whole clause under it, its own items included.
    """
    said = cited.of(document.text).rstrip()
    headed = clause is not None and bool(said) and _is_heading(clause, cited)
    if clause is None or not (headed or _ANNOUNCES.search(said)) or _BOUND.search(said):
        return ()
    children = [child for child in document.clauses if child.parent == clause.id and child.span.start >= cited.end - 1]
    children = children or list(_running_on(document, clause))
    return tuple(_item(document, child) for child in children)


def _is_heading(clause: Clause, cited: Span) -> bool:
    """Return whether only the heading of a clause is cited; one that counts (办好十件实事) with its label too."""
    head = clause.heading_span
    if cited == head:
        return True
    counts = _COUNTED.search(clause.heading) is not None
    return counts and clause.span.start <= cited.start <= head.start < head.end <= cited.end <= head.end + 1


def answers_below(
    document: ParsedDocument, clause: Clause | None, cited: Span
) -> tuple[Span | None, tuple[Evidence, ...]]:
    """Return the text and the items below a heading that is a question, where no more than that is ``cited``.

    要交哪些材料？ is answered by its items, or by the text behind 答：; so is a heading that is all its clause says, by
    items that have none of their own. None and none elsewhere.
    """
    if clause is not None and is_heading_alone(document, clause):
        return None, _items_of(document, clause) if _are_plain(document, clause) else ()
    mark = document.text[clause.heading_span.end : clause.heading_span.end + 1] if clause is not None else ""
    if clause is None or not clause.heading or mark not in _QUESTION_MARKS:
        return None, ()
    below = [trim(document.text, max(own.start, clause.heading_span.end + 1), own.end) for own in clause.own]
    said = [span for one in below if (span := _without_opening(document.text, one)).end > span.start]
    if cited.end > min((span.start for span in said), default=cited.end):
        return None, ()
    items = _items_of(document, clause)
    return (said[0] if said and not items else None), items


def is_heading_alone(document: ParsedDocument, clause: Clause) -> bool:
    """Return whether a clause says no more than its heading: （三）申请材料."""
    if sum(span.end - span.start for span in clause.own) > len(clause.label) + len(clause.heading) + _MARKUP:
        return False
    own = fold("".join(span.of(document.text) for span in clause.own))
    own = own.replace(fold(clause.label), "", 1).replace(fold(clause.heading), "", 1)
    return bool(clause.heading) and not any(character.isalnum() for character in own)


def tells_nothing(document: ParsedDocument, clause: Clause | None) -> bool:
    """Return whether a clause is a heading alone, with whole clauses or nothing below it: 一、高龄津贴.

    An item of one sentence (3.80周岁以上的老年人，每人每餐补贴4元。) is its own heading, and states a figure.
    """
    if clause is None or not is_heading_alone(document, clause) or _STATES.search(fold(clause.heading)):
        return False
    return not _are_plain(document, clause)


def _item(document: ParsedDocument, clause: Clause) -> Evidence:
    return clause_evidence(document, clause, trim(document.text, clause.span.start, clause.span.end))


def _items_of(document: ParsedDocument, clause: Clause) -> tuple[Evidence, ...]:
    children = (child for child in document.clauses if child.parent == clause.id)
    return tuple(_item(document, child) for child in children)


def _are_plain(document: ParsedDocument, clause: Clause) -> bool:
    """Return whether a clause has items, and none of them items of its own."""
    children = {child.id for child in document.clauses if child.parent == clause.id}
    return bool(children) and not any(one.parent in children for one in document.clauses)


def _without_opening(text: str, span: Span) -> Span:
    match = _OPENING.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match is not None else span


def announcement_of(document: ParsedDocument, item: Clause | None, key: str) -> tuple[Clause, Span] | None:
    """Return the clause and its words that announce ``item`` with others beside it; None where nothing does.

    提交下列材料： over 1. 申请表；2. 身份证；… So does the heading that the folded question ``key`` asks for: 扶持政策.
    """
    if item is None or item.parent is None:
        return None
    parent = next((one for one in document.clauses if one.id == item.parent), None)
    beside = [one for one in document.clauses if one.parent == item.parent and one.kind is item.kind]
    if parent is None or len(beside) < _SEVERAL:
        return None
    if _is_asked(parent, key) and not _names_one_of(beside, key.replace(fold(parent.heading), "，")):
        return parent, parent.heading_span
    before = [span for span in parent.own if span.end <= beside[0].span.start + 1]
    said = Span(before[-1].start, min(before[-1].end, beside[0].span.start)) if before else None
    if said is None or not _ANNOUNCES.search(said.of(document.text).rstrip()):
        return None
    return parent, trim(document.text, said.start, said.end)


def _is_asked(clause: Clause, key: str) -> bool:
    """Return whether a clause is its heading and what stands below it, and the question asks for just that.

    有哪些扶持政策, 扶持政策有哪些; 资金方面的扶持政策有哪些 asks for one of them.
    """
    heading = fold(clause.heading)
    alone = sum(span.end - span.start for span in clause.own) <= len(clause.label) + len(clause.heading) + _AROUND
    said, first, last = (re.escape(part) for part in (heading, heading[:-_WORD], heading[-_WORD:]))
    ways = [rf"{_WHICH}{said}", rf"(?:^|[，,、。]|[^的面关]){said}(?:主要|具体|都)*(?:是|有|包括|分)?{_WHICH}"]
    if first:
        ways.append(rf"(?:^|[，,。要想去]){first}[^，,。]*{_WHICH}{last}")  # 申报…要交哪些材料
    if heading[:-_WORD] in _APPLYING:
        ways.append(rf"{_WHICH}{last}")  # 要提交哪些材料, of 申请材料
    asked = any(re.search(way, key) for way in ways)
    return alone and _WORD <= len(heading) <= _LONGEST and asked


def _names_one_of(items: Sequence[Clause], key: str) -> bool:
    """Return whether the question speaks of one item by its heading: 资金方面的保障措施, of 拓宽资金渠道."""
    blocks = (block for item in items for block in common_blocks(key, fold(item.heading)))
    return any(block.end - block.start >= _WORD for block in blocks)


def _running_on(document: ParsedDocument, clause: Clause) -> Iterator[Clause]:
    """Yield the items (一是…；二是…) that go on right where a clause without a number ends."""
    end = clause.span.end
    for one in document.clauses:
        if one.kind is ClauseKind.RUN and one.parent == clause.parent and one.span.start == end:
            end = one.span.end
            yield one
