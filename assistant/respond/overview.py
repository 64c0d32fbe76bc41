"""A question about what a document is for or says as a whole in, its theme and its parts out.

Example: 这个方案是讲什么的 → 《…三年行动方案》（征求意见稿）共4部分：一、总体要求[1]；二、任务目标[2]；….
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import cite
from assistant.respond.outline import heading_evidence
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument

_DOCUMENT = r"(?:[这那本该此][个份部篇项]?)?(?:文件|方案|通知|办法|规定|规划|意见|条例|材料)"
_ABOUT = re.compile(
    rf"(?:请|帮我|简单|简要)*(?:介绍|概括|总结|说说|讲讲)?(?:一下)?{_DOCUMENT}(?:的|里|中)?(?:主要|大概|大致|到底|都)*"
    r"(?:是)?(?:(?:讲|说|写|规定|包括|包含|关于|干|做|管)(?:了|的是|的)?)?(?:什么|啥|哪些)?(?:事情?|内容|方面|主题|用)?(?:的|用的)?"
    r"(?:是什么|有哪些|是啥)?[呢吗啊？?。]*"
)
_ASKS = re.compile(r"什么|啥|哪些|介绍|概括|总结|说说|讲讲")
_PARTS = (ClauseKind.LEVEL1, ClauseKind.CHAPTER, ClauseKind.PART)
_MOST_ARTICLES = 1


def overview(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return the parts of the one document as its headings; None for any other question, and where it has none."""
    key = question.key
    if len(documents) != 1 or _ABOUT.fullmatch(key) is None or not _ASKS.search(key):
        return None
    document = documents[0]
    parts = headed_parts(document)
    if len(parts) <= _MOST_ARTICLES:
        return None
    info = document.info
    listed = "；".join(f"{part.label}{_spaced(part)}{part.heading}[{number}]" for number, part in enumerate(parts, 1))
    status = f"（{info.status}）" if info.status else ""
    text = f"《{info.title}》{status}共{len(parts)}部分：{listed}。\n\n可以接着问其中任何一部分的内容。"
    citations = cite(heading_evidence(document, parts))
    return Answer(asked, question.text, AnswerKind.PASSAGE, text, citations=citations)


def headed_parts(document: ParsedDocument) -> tuple[Clause, ...]:
    """Return the headed clauses of the highest kind that the document has."""
    for kind in _PARTS:
        found = tuple(c for c in document.clauses if c.kind is kind and c.heading)
        if len(found) > _MOST_ARTICLES:
            return found
    return ()


def _spaced(part: Clause) -> str:
    return " " if fold(part.label).startswith("第") else ""
