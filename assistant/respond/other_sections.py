"""A question and a clause of a document on several things in, whether it stands in another thing's section out.

Example: 高龄津贴的申请材料, of 高龄津贴和养老服务补贴办事指南 → not those below “二、养老服务补贴”.
"""

from __future__ import annotations

from assistant.respond.evidence import ancestry
from assistant.understand.question import Question
from assistant.understand.support import join
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument

_LEAST, _MOSTLY = 3, 2


def stands_elsewhere(question: Question, document: ParsedDocument, clause: Clause | None, end: int) -> bool:
    """Return whether a thing that the question and the title name heads one section, and the clause is of another.

    ``end`` is where the words of the clause end that would be told.

    The title names all things of which a document speaks, and says of no sentence that it is about this one. So it is
    with what heads the clause beside it: 使用面积 below “（二）助餐点。” is none of 老年食堂, which heads （一）.
    """
    if clause is not None and _is_of_sibling(question.key, document, clause, end):
        return True
    title = fold(document.info.title)
    named = [stretch.of(question.key) for stretch in join(question.telling)]
    named = [word for word in named if len(word) >= _LEAST and word in title]
    if clause is None or not named:
        return False
    above = {one.id: one.parent for one in ancestry(document, clause.id)}
    said = fold("\n".join((*clause.path, *(span.of(document.text) for span in clause.own))))
    headings = [
        fold(one.heading)
        for one in document.clauses
        if one.parent in set(above.values()) and one.id not in above and one.kind is not ClauseKind.TITLE
    ]
    # 示范区建设 in the heading of a table's caption is no section of its own.
    own = {word for word in named if any(word in one and _MOSTLY * len(word) >= len(one) for one in headings)}
    return any(word not in said for word in own)


def _is_of_sibling(key: str, document: ParsedDocument, clause: Clause, end: int) -> bool:
    """Return whether ``key`` names the heading of a clause beside ``clause``, or beside one above it, and not its own.

    What is told in a clause that has spoken of the thing named is of it all the same.
    """
    title = fold(document.info.title)
    for one in ancestry(document, clause.id):
        if not one.heading or fold(one.heading) in key:
            continue
        beside = (c.heading for c in document.clauses if c.parent == one.parent and c.kind is one.kind and c.heading)
        named = [word for heading in beside if len(word := fold(heading)) >= _LEAST and word in key]
        named = [word for word in named if word not in title]
        if named and any(word not in fold(document.text[one.span.start : end]) for word in named):
            return True
    return False
