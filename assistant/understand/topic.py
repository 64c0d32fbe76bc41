"""One question of a conversation in, what it is about in its own words out, where it names no row or clause.

Example: 秸秆综合利用率目标是多少 → subject “秸秆综合利用率”; 博士能申请多少科研启动资金 → “博士能申请科研启动资金”.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.understand.contexts import asked_unit
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, runs
from assistant.understand.turn import Turn
from corpus.folding import fold
from corpus.models import Span

_JOINTS = re.compile(r"[的和与及、·]+|以及")
_TAIL = re.compile(r"(?:(?:一共|总共|共计?)?[的是有呢吗？?。]*)+$")
_QUOTED = re.compile(r"(“[^”]*”|《[^》]*》)")
_ASKING = re.compile(
    r"(?:[要需应将能]?[由是有归让为])?"
    r"(?:(?:多少|几|什么|啥|哪[些个几里儿]?)(?:[个项座条家亩名位张种类处年月天日周次户]|方面|地方)*"
    r"|谁|怎么样?|怎样|如何|何[时处]?)"
)
_LONGEST_GAP = 4
_CONTENT = frozenset({MentionKind.CLASS_NOUN})


def stretches(turn: Turn) -> tuple[Span, ...]:
    """Return the stretches of content between question words, attributes, years and words without content.

    The name of a value is a stretch of its own, and what the documents write as one is one: 人均可支配收入,
    国有大型商业银行, though 可 and 国有 are words of other kinds.
    """
    question = turn.question
    covered = {p for m in question.mentions if m.kind not in _CONTENT for p in range(m.span.start, m.span.end)}
    covered.update(_unit_asked(turn))
    edges = {edge for mention in turn.values for edge in (mention.span.start, mention.span.end)}
    heads = {m.span.end: m.span.start for m in question.mentions if m.kind is MentionKind.ATTRIBUTE}
    joined: list[Span] = []
    for span in (piece for found in runs(question.key, covered) for piece in _split(found, edges)):
        headed = Span(heads.get(span.start, span.start), span.end)
        own = headed if headed != span and turn.texts.say(headed.of(question.key)) else span
        whole = Span(joined[-1].start, own.end) if joined else own
        gap = own.start - joined[-1].end if joined else 0
        if 0 < gap <= _LONGEST_GAP and turn.texts.say(whole.of(question.key)):
            joined[-1] = whole
        else:
            joined.append(own)
    return tuple(joined)


def _unit_asked(turn: Turn) -> range:
    """Return where the unit stands that a figure is asked in (多少万亩), unless it begins a word (多少人工种草)."""
    key, unit = turn.question.key, asked_unit(turn.question.key)
    if unit is None or any(word.start <= unit.start and word.end > unit.end for word in turn.question.words):
        return range(0)
    return range(unit.start - (key[unit.start - 1] in "万亿"), unit.end)


def subject(turn: Turn) -> str:
    """Return what the question is about: the first noun phrase, joined over 的, 和 and the like.

    A question that begins with an attribute (资金投入方面) is about that.
    """
    found = _without_aspect(turn, next(iter(phrases(turn)), None))
    attribute = next((m.span for m in turn.question.mentions if m.kind is MentionKind.ATTRIBUTE), None)
    if (
        attribute is not None
        and attribute.start == 0
        and not (found is not None and found.start == 0)
        and _ASKING.search(attribute.of(turn.text)) is None
    ):
        end = found.end if found is not None and _JOINTS.fullmatch(turn.text[attribute.end : found.start]) else None
        return turn.text[: end or attribute.end]
    return found.of(turn.text) if found is not None else ""


def _without_aspect(turn: Turn, phrase: Span | None) -> Span | None:
    """Return a phrase without what of the thing it asks, or what is done: 施工许可 of 施工许可的条件."""
    words = [span for span in turn.question.words if phrase is not None and phrase.covers(span)]
    if phrase is None or len(words) < 2:
        return phrase
    last, before = words[-1], words[-2]
    done = last.end - last.start == 1 and not turn.texts.say(phrase.of(turn.question.key))
    return Span(phrase.start, before.end) if done or turn.is_aspect(last) else phrase


def phrases(turn: Turn) -> tuple[Span, ...]:
    """Return the stretches of a question with those that 的, 和 and the like join made one, in order."""
    joined: list[Span] = []
    for span in stretches(turn):
        if joined and _JOINTS.fullmatch(turn.text[joined[-1].end : span.start]):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def stem(turn: Turn) -> str:
    """Return the question without its question words where it goes on behind them, else its subject.

    Behind 谁 stands what is done by whom and behind 怎么 what is done, which is asked no more.
    """
    asks = [m for m in turn.question.mentions if m.kind is MentionKind.ASK]
    last = max((m.span.end for m in asks), default=0)
    done = any(m.name in (Ask.WHO, Ask.HOW) for m in asks)
    behind = [span for span in stretches(turn) if span.start >= last and not turn.is_aspect(span)]
    if not asks or done or not behind:
        return subject(turn)
    return without_asking(turn.text)


def without_asking(text: str) -> str:
    """Return ``text`` without the words that ask: 绿氢产业项目投资是多少 → 绿氢产业项目投资; “几字弯” asks nothing."""
    if unit := asked_unit(fold(text)):
        text = text[: unit.start] + text[unit.end :]
    parts = _QUOTED.split(text)
    return _TAIL.sub("", "".join(part if _QUOTED.fullmatch(part) else _ASKING.sub("", part) for part in parts))


def coordinated(turn: Turn) -> tuple[str, ...]:
    """Return the two things that the subject joins: 秸秆综合利用率和畜禽粪污综合利用率; empty where they are not two.

    防沙治沙和盐碱化治理工程 is the name of one.
    """
    phrase = subject(turn) if turn.about is None else ""
    parts = [part for part in re.split(r"[和与及跟、]", phrase) if part]
    return tuple(parts) if len(parts) == 2 else ()


def _split(span: Span, edges: set[int]) -> list[Span]:
    cuts = sorted({span.start, span.end, *(edge for edge in edges if span.start < edge < span.end)})
    return [Span(start, end) for start, end in pairwise(cuts)]
