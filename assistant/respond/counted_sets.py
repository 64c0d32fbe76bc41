"""A question for things that the text counts as a set in, the set with all its items out; None where it has none.

Example: 部署了几大行动, against 实施甲行动、乙行动、丙行动等三大行动 → “三大行动”共3项：甲行动、乙行动、丙行动。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.models import Answer, AnswerKind
from assistant.respond.evidence import ancestry, cite, clause_evidence
from assistant.respond.listed import COUNT
from assistant.respond.sentences import split_sentences
from assistant.understand.question import Question
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.folding import fold, fold_once
from corpus.models import Clause, ParsedDocument, Span
from corpus.numerals import parse_chinese_integer

_NUMBER = rf"(?:几|{COUNT})"
_ENDS = (
    r"(?:一共|总共|分别|各自?|都|具体|到底|究竟|又|[是叫做有指的为含]|包[括含]|什么|啥|哪些|哪?几[个项条大]|名[字称]|内容|[呢吗]|请|列举?"
    r"|一下|说|出来|[，,、？?。！!])*$"
)
"""What may follow where nothing is asked but which things they are."""
_CALLED = re.compile(rf"(?<!第)哪?(?P<number>{_NUMBER})大(?P<noun>[\u3400-\u9fff]{{2,8}}?)(?={_ENDS})")
_HOW_MANY_OF = re.compile(
    rf"(?P<noun>[\u3400-\u9fff]{{2,8}}?)(?:一共|总共|共)?(?:[有是分](?:为|成|别是)?)?(?:哪?几[大个项条类种方面]+|哪些)(?={_ENDS})"
)
_NOT_ASKED = re.compile(r"多少|为什么|怎么|如何|谁|平均|每[个项]|哪个?[局委办厅部门单位]|牵头|负责")
_LEAD = re.compile(
    "(?:重点|组织|实施|开展|推进|推动|建设|打造|构建|坚持|抓好|落实|聚焦|针对|突出|围绕|加快|大力|全面|统筹|深入|着力|提出|部署|明确|确定|形成|做好)+"
)
_SHORTEST = 2

Lists = Callable[[str, str], tuple[str, ...]]
"""A sentence and a question → the things that the sentence lists in answer to it."""


@dataclass(frozen=True, slots=True)
class _Set:
    """So many things as a sentence of a clause counts and lists them."""

    document: ParsedDocument
    clause: Clause
    sentence: Span
    called: Span
    items: tuple[str, ...]


class CountedSets:
    """Answers what the sets are of that documents count: 三大任务, 五大行动."""

    def __init__(self, lists: Lists, support: Support) -> None:
        self._lists, self._support = lists, support

    def answer(self, understood: Understood) -> Answer | None:
        """Return the one set that is asked for; None where several are called so, or its words speak of another."""
        question = understood.question
        if _NOT_ASKED.search(question.key):
            return None
        for number, noun, place in _asked(question):
            found = [one for document in understood.documents for one in self._sets(document, noun, number)]
            if number is None and len({count for one in understood.documents for count in _counts(one, noun)}) > 1:
                return None  # 三大工程 and 五大工程: nothing says which of them is meant
            fitting = [one for one in found if self._is_meant(question, place, one)]
            if len({tuple(sorted(map(fold, one.items))) for one in fitting}) == 1:
                return _say(understood, fitting[0])
            if found:
                return None
        return None

    def _sets(self, document: ParsedDocument, noun: str, number: int | None) -> Iterator[_Set]:
        """Yield the sets of things called ``noun`` that a document lists in full: as many items as it counts."""
        text = fold_once(document.text)
        for match in re.finditer(rf"(?<!第)(?P<number>{COUNT})大{re.escape(noun)}", text):
            counted = parse_chinese_integer(match["number"])
            if number not in (None, counted) or (held := _clause_at(document, Span(*match.span()))) is None:
                continue
            clause, sentence = held
            called = Span(*match.span())
            for stretch in (Span(sentence.start, called.end), Span(called.end, sentence.end)):
                items = self._lists(stretch.of(document.text), match.group())
                if len(items) == counted and _is_beside(items, stretch.of(document.text), match.group()):
                    yield _Set(document, clause, sentence, called, _without_lead(items))
                    break

    def _is_meant(self, question: Question, place: Span, found: _Set) -> bool:
        """Return whether what the question says besides stands in the sentence, over it or in the title."""
        over = "\n".join(one.heading for one in ancestry(found.document, found.clause.id))
        context = fold(f"{found.sentence.of(found.document.text)}\n{over}\n{found.document.info.title}")
        words = [word for word in question.telling if not word.overlaps(place)]
        return not self._support.unsupported(question.key, words, context)


def _asked(question: Question) -> Iterator[tuple[int | None, str, Span]]:
    """Yield how many things of what name the question may ask for, the longest names first, and where it says so."""
    for pattern in (_CALLED, _HOW_MANY_OF):
        for match in pattern.finditer(question.key):
            number = parse_chinese_integer(match["number"]) if pattern is _CALLED and match["number"] != "几" else None
            noun = match["noun"]
            # 瓶颈问题 of 卡住发展的瓶颈问题有几个: what stands before the name is no part of it.
            lengths = [len(noun)] if pattern is _CALLED else range(len(noun), _SHORTEST - 1, -1)
            for length in lengths:
                yield number, noun[len(noun) - length :], Span(match.end("noun") - length, match.end())


def _counts(document: ParsedDocument, noun: str) -> Iterator[int | None]:
    """Yield how many things of a name a document counts, listed or not."""
    for match in re.finditer(rf"(?<!第)({COUNT})大{re.escape(noun)}", fold_once(document.text)):
        yield parse_chinese_integer(match[1])


def _is_beside(items: tuple[str, ...], stretch: str, called: str) -> bool:
    """Return whether the items stand beside what they are called: 聚焦甲、乙、丙，实施三大工程 lists none."""
    if not stretch.endswith(called):
        return re.match(rf"”?[：:]“?{re.escape(items[0])}", stretch) is not None
    return re.search(rf"{re.escape(items[-1])}[”等这的共“]*{re.escape(called)}$", stretch) is not None


def _without_lead(items: tuple[str, ...]) -> tuple[str, ...]:
    """Return the items without what leads up to the first: 组织实施甲 beside 乙, but not 实施甲 beside 推进乙."""
    if not items or any(_LEAD.match(item) for item in items[1:]):
        return items
    lead = _LEAD.match(items[0])
    first = items[0][lead.end() :] if lead is not None else items[0]
    return (first, *items[1:]) if len(first) >= _SHORTEST else items


def _clause_at(document: ParsedDocument, place: Span) -> tuple[Clause, Span] | None:
    """Return the clause in whose own text ``place`` stands, with the sentence that holds it."""
    for clause in document.clauses:
        for own in clause.own:
            if own.covers(place):
                return clause, next(one for one in split_sentences(document.text, [own]) if one.overlaps(place))
    return None


def _say(understood: Understood, found: _Set) -> Answer:
    evidence = clause_evidence(found.document, found.clause, found.sentence)
    joint = "；" if any(mark in item for item in found.items for mark in "，,、") else "、"
    said = f"“{found.called.of(found.document.text)}”共{len(found.items)}项：{joint.join(found.items)}。[1]"
    quote = " ".join(evidence.quote.split())
    info = found.document.info
    status = f"（{info.status}）" if info.status else ""
    place = f"依据：《{info.title}》{status}{evidence.locator.rstrip('.、')}。"
    text = f"{said}\n\n原文：“{quote}”[1]\n\n{place}"
    return Answer(understood.asked, understood.standalone, AnswerKind.PASSAGE, text, citations=cite([evidence]))
