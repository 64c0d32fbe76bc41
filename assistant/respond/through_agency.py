"""A question on the rows of an agency that is told by what it leads and not by name in, both answers out.

Example: 甲项目的牵头单位一共牵头几个项目 → who leads 甲项目[1], and how many rows that agency leads[2]–[5].
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.models import Answer, AnswerKind
from assistant.respond.parts import join_answers
from assistant.understand.question import MentionKind, Question
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.cell_values import AGENCY
from corpus.knowledge import AGENCY_ATTRIBUTES

_BODY = "(?:单位|部门|机构|委办局|局)"
_TOLD = re.compile(f"(?<=.)的(?:那个|那家|这个|这家|(?P<of>牵头|责任|主管|负责|承担)(?:责任)?)?{_BODY}")
_SPOKEN_OF = re.compile(f"[，,；;？?。](?:那么?)?(?:它|该{_BODY}|这[个家]{_BODY})")
_ALIKE = re.compile(
    rf"(?:和|与|跟|同)(?P<thing>[^，,。；;？?]+?)"
    rf"(?:(?:是|属于)?(?:同一个?|同样的?|相同的?|一样的?)(?P<by>牵头|责任|主管){_BODY}(?:牵头)?"
    rf"|的?(?P<of>牵头|责任|主管){_BODY}(?:相同|一样|一致))的(?P<rows>.+)"
)
_BETWEEN = re.compile(
    r"[，,]?(?:在[^，,。；;？?]{1,8}[中里上])?[，,]?(?:它|其)?(?:自己|本身)?"
    r"(?:除了?[^，,。；;？?]{1,16}?(?:以外|之外|外)?[，,]?(?=还|又|也))?"
    r"(?:还|又|也|另外|同时|一共|总共|共|都|分别|各自|各|目前|现在|所)*"
)
_AT_HAND = re.compile(r"(?:名下|手[里上中头]|有(?=哪|几|多少))(?:的|有|管|还|一?共|都|总共)*")
_CLAUSE = re.compile("[，,。；;？?]")
_OTHERS = re.compile(
    r"除[^，,。；;？?]{1,16}外|以外|之外|其[他它]|另外|(?:不是|并非|不由|没有|非)[^，,。；;？?的]{1,12}的"
)
"""Says which agencies are not meant: 甲局以外的单位, 不是甲局牵头的单位."""
_LEADS = "牵头"
_INDICATORS = "指标"
"""Names rows even where it is the name of a column too, and so is read as no noun."""
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Nested:
    """The question who it is, and what is then asked of whoever that is (牵头几个项目)."""

    who: str
    rest: str


def through_agency(understood: Understood, understanding: Understanding, ask: Callable[[str], Answer]) -> Answer | None:
    """Return who it is and the answer to what is asked of them; None where no agency is told in this way.

    Where a few agencies are stated each is asked of. Where none is, the refusal is returned.
    """
    nested = _nested(understood.question, understanding)
    if nested is None:
        return None
    told = ask(nested.who)
    if told.kind is AnswerKind.REFUSAL:
        return replace(told, question=understood.asked, standalone=understood.standalone)
    conflicts = told.conflicts if _LEADS in nested.who else ()
    stated = [one.value for conflict in conflicts for one in conflict.statements]
    agencies = _agencies(understanding, "\n".join([told.answer.splitlines()[0], *stated]), nested.who)
    answers = [ask(agency + nested.rest) for agency in agencies]
    if not 0 < len(answers) <= _MOST:
        return None
    return join_answers([told, *answers], understood.asked, understood.standalone)


def _agencies(understanding: Understanding, told: str, asked: str) -> list[str]:
    """Return the agencies that ``told`` names and ``asked`` does not, or all if it names all, each by one name."""
    known = _named(understanding, asked)
    found: dict[str, str] = {}
    for name in filter(AGENCY.search, _named(understanding, told)):
        found.setdefault(next((names[0] for names in understanding.agencies if name in names), name), name)
    return [name for name in found.values() if name not in known] or list(found.values())


def _named(understanding: Understanding, text: str) -> list[str]:
    return [mention.span.of(text) for mention in understanding.values_in(understanding.read(text))]


def _nested(question: Question, understanding: Understanding) -> _Nested | None:
    """Return the two questions, where what stands behind an agency asks of rows by what an agency does."""
    text = question.text
    if alike := _ALIKE.fullmatch(text):
        return _Nested(f"{alike['thing']}的{alike['by'] or alike['of']}单位是谁", f"{_LEADS}的{alike['rows']}")
    starts = [mention.span.start for mention in question.mentions if mention.name in AGENCY_ATTRIBUTES]
    others = _OTHERS.search(text)
    for told in (*_SPOKEN_OF.finditer(text), *_TOLD.finditer(text)):
        if others is not None and others.start() < told.end():
            continue
        between = _BETWEEN.match(text, told.end())
        start = between.end() if between else told.end()
        at_hand = _AT_HAND.match(text, start)
        rest = f"{_LEADS}的{text[at_hand.end() :]}" if at_hand else text[start:] if start in starts else ""
        first = _CLAUSE.split(rest, maxsplit=1)[0]
        if first and (understanding.read(first).named(MentionKind.CLASS_NOUN) or _INDICATORS in first):
            return _Nested(_who(question, told, starts), rest)
    return None


def _who(question: Question, told: re.Match[str], starts: Sequence[int]) -> str:
    """Return the question who the agency is that is told up to where ``told`` ends."""
    text = question.text
    if told.re is _SPOKEN_OF:
        return text[: told.start()]
    if told["of"]:
        return f"{text[: told.end()]}是谁"
    opening = next((mention for mention in question.mentions if mention.span.start == 0), None)
    ordered = any(m.kind is MentionKind.OPERATION and m.span.end <= told.start() for m in question.mentions)
    if opening is None or opening.span.start not in starts or ordered:
        return f"{text[: told.end()]}是哪个"
    return f"{text[opening.span.end : told.start()]}由哪个单位{opening.span.of(text)}"
