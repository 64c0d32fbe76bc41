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


def stands_elsewhere(question: Question, document: ParsedDocument, clause: Clause | None) -> bool:
    """Return whether a thing that the question and the title name heads one section, and the clause is of another.

    The title names all things of which a document speaks, and says of no sentence that it is about this one.
    """
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
