"""A passage that only announces what follows in, the items that follow out.

Example: 第八条 禁止携犬进入下列场所：→ （一）…；（二）…；（三）…, all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.respond.evidence import Evidence, clause_evidence
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument, Span

_ANNOUNCES = re.compile(r"[：:]$|(?:下列|以下|如下)[^。；]{0,12}[：:。]?$")

_SEVERAL = 2
_WHICH = r"(?:哪[些几][个项条类]?|什么)"
_WORD, _LONGEST, _AROUND = 2, 8, 3
_BOUND = re.compile(r"\d[^，。；：:]{0,6}以下[^：:]*$")
"""500公斤以下 announces nothing."""


def items_behind(document: ParsedDocument, clause: Clause | None, cited: Span) -> tuple[Evidence, ...]:
    """Return the items of ``clause`` in order where ``cited`` ends with announcing them; empty otherwise.

    An item is the whole clause under it, its own items included.
    """
    said = cited.of(document.text).rstrip()
    headed = clause is not None and cited == clause.heading_span and bool(said)
    if clause is None or not (headed or _ANNOUNCES.search(said)) or _BOUND.search(said):
        return ()
    children = [child for child in document.clauses if child.parent == clause.id and child.span.start >= cited.end - 1]
    children = children or list(_running_on(document, clause))
    return tuple(clause_evidence(document, child, _trimmed(document.text, child.span)) for child in children)


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
    if _is_asked(parent, key):
        return parent, parent.heading_span
    before = [span for span in parent.own if span.end <= beside[0].span.start + 1]
    said = Span(before[-1].start, min(before[-1].end, beside[0].span.start)) if before else None
    if said is None or not _ANNOUNCES.search(said.of(document.text).rstrip()):
        return None
    return parent, _trimmed(document.text, said)


def _is_asked(clause: Clause, key: str) -> bool:
    """Return whether a clause is its heading and what stands below it, and the question asks for just that.

    有哪些扶持政策, 扶持政策有哪些; 资金方面的扶持政策有哪些 asks for one of them.
    """
    heading = fold(clause.heading)
    alone = sum(span.end - span.start for span in clause.own) <= len(clause.label) + len(clause.heading) + _AROUND
    said = re.escape(heading)
    asked = re.search(
        rf"{_WHICH}{said}|(?:^|[，,、。]|[^的面关]){said}(?:主要|具体|都)*(?:是|有|包括|分)?{_WHICH}", key
    )
    return alone and _WORD <= len(heading) <= _LONGEST and asked is not None


def _running_on(document: ParsedDocument, clause: Clause) -> Iterator[Clause]:
    """Yield the items (一是…；二是…) that go on right where a clause without a number ends."""
    end = clause.span.end
    for one in document.clauses:
        if one.kind is ClauseKind.RUN and one.parent == clause.parent and one.span.start == end:
            end = one.span.end
            yield one


def _trimmed(text: str, span: Span) -> Span:
    kept = span.of(text)
    start = span.start + len(kept) - len(kept.lstrip())
    return Span(start, max(start, span.start + len(kept.rstrip())))
