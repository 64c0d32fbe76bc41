"""A question for what each of so many headings has below it in, all of them heading by heading out.

Example: 五大行动各有哪些工程 → the five actions, each with its works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Clause, ParsedDocument
from corpus.numerals import parse_chinese_integer

_ASKED = re.compile(
    r"(?P<count>[二两三四五六七八九十\d]+)[个大项类](?:重点|主要)?(?P<over>[\u3400-\u9fff]{2})(?:底下|下面|之下|[下里中])?"
    r"(?:各自?|分别|都)(?:是|有|包括|包含|安排了?)?(?:哪些|哪几[个项]|什么)(?P<under>[\u3400-\u9fff]{2})"
)
_BEHIND = re.compile(r"(?:[（(][^（）()]*[）)]|[。.：:；;，,\s])+$")
"""What stands in a heading behind the name: 河道疏浚工程（二期）。"""


def below_each(question: Question, asked: str, documents: Sequence[ParsedDocument]) -> Answer | None:
    """Return what stands below each of the headings, where one document has as many of them as the question says."""
    match = _ASKED.search(question.key)
    if match is None:
        return None
    wanted = parse_chinese_integer(match["count"])
    found = [(one, below) for one in documents for below in _families(one, match) if len(below) == wanted]
    if len(found) != 1:
        return None
    document, parents = found[0]
    lines: list[str] = []
    shown: list[Evidence] = []
    for parent, children in parents.items():
        first = len(shown) + 1
        shown += [clause_evidence(document, one, one.heading_span) for one in (parent, *children)]
        names = "、".join(f"{child.heading}[{number}]" for number, child in enumerate(children, first + 1))
        lines.append(f"{parent.heading}[{first}]，共{len(children)}项：{names}。")
    text = "\n\n".join(lines)
    return Answer(asked, question.text, AnswerKind.PASSAGE, text, citations=cite(shown))


def _families(document: ParsedDocument, match: re.Match[str]) -> Iterator[dict[Clause, list[Clause]]]:
    """Yield the clauses beside each other whose headings end in the one noun, with those below that end in the other.

    Where one of them has none below, the others are not all that there are, and none are told.
    """
    families: dict[str | None, dict[Clause, list[Clause]]] = {}
    for one in (clause for clause in document.clauses if _ends(clause, match["over"])):
        children = [c for c in document.clauses if c.parent == one.id and _ends(c, match["under"])]
        families.setdefault(one.parent, {})[one] = children
    yield from (family for family in families.values() if all(family.values()))


def _ends(clause: Clause, noun: str) -> bool:
    return _BEHIND.sub("", fold(clause.heading)).endswith(noun)
