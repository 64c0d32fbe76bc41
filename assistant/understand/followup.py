"""A question and the questions before it in, the question as it stands alone out.

Example: after 十大孔兑项目由哪个局牵头, “它的建设时间呢” → “十大孔兑项目的建设时间”.

Rules, in this order: another value alone (“水利局呢”) takes the place of the previous question's value of that
column; a pronoun becomes the previous question's subject; a question that names nothing of its own (“投资呢”) is asked
about the previous subject; anything else stands alone. The subject is the rows that the previous question set
conditions on (“能源局牵头的项目”) or the thing that it named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.lexicon import Lexicon
from assistant.understand.plan import Planner
from assistant.understand.question import MentionKind, Question
from assistant.understand.values import Values
from corpus.folding import fold

_EDGES = re.compile(r"^(?:那么|那|还有|另外)+|[呢？?。！!\s]+$")
_SLACK = 2


def stand_alone(question: str, history: Sequence[str], planner: Planner, values: Values, lexicon: Lexicon) -> str:
    """Return ``question`` with what earlier questions supply filled in; unchanged where nothing is missing.

    ``history`` holds earlier questions, oldest first; each is itself completed from those before it.
    """
    standing = ""
    for text in (*history, question):
        standing = _complete(text, standing, planner, values, lexicon) if standing else text
    return standing


def _complete(text: str, previous: str, planner: Planner, values: Values, lexicon: Lexicon) -> str:
    if exchanged := _exchange(text, previous, values):
        return exchanged
    subject = _subject(previous, planner, values)
    if not subject or not text.strip():
        return text
    key = fold(text)
    for pronoun in sorted(lexicon.follow_up, key=lambda word: -len(word.key)):
        place = key.find(pronoun.key)
        if place >= 0 and pronoun.name in ("pronouns", "among"):
            joint = "中" if pronoun.name == "among" else ""
            return text[:place] + subject + joint + text[place + len(pronoun.key) :]
    reading = planner.read(text)
    if reading.telling or reading.named(MentionKind.CLASS_NOUN) or not _asks_something(reading):
        return text
    return f"{subject}的{_EDGES.sub('', text)}"


def _exchange(text: str, previous: str, values: Values) -> str:
    """Return the previous question with its value replaced, where ``text`` names only another value of that column."""
    bare = _EDGES.sub("", text)
    named, before = values.find(fold(bare)), values.find(fold(previous))
    if len(named) != 1 or len(before) != 1 or len(bare) > named[0].span.end - named[0].span.start + _SLACK:
        return ""
    columns = {(ref.table_id, ref.column) for ref in before[0].refs}
    if not any((ref.table_id, ref.column) in columns for ref in named[0].refs):
        return ""
    span, new = before[0].span, named[0].span
    return previous[: span.start] + bare[new.start : new.end] + previous[span.end :]


def _asks_something(reading: Question) -> bool:
    asking = (MentionKind.ATTRIBUTE, MentionKind.YEAR, MentionKind.ASK, MentionKind.OPERATION)
    return any(mention.kind in asking for mention in reading.mentions)


def _subject(previous: str, planner: Planner, values: Values) -> str:
    """Return what the previous question was about: the rows it set conditions on, or the thing it named."""
    reading = planner.read(previous)
    conditions = values.find(reading.key)
    nouns = [m.span for m in reading.mentions if m.kind is MentionKind.CLASS_NOUN]
    if conditions and (after := [span for span in nouns if span.start >= conditions[-1].span.end]):
        return previous[conditions[0].span.start : after[0].end]
    plan = planner.plan_lookup(previous)
    return plan.named if plan is not None else ""
