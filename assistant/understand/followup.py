"""A question and the questions before it in, the question as it stands alone out.

Example: after 十大孔兑项目由哪个局牵头, “它的建设时间呢” → “十大孔兑项目的建设时间”.

Rules, in this order: a pronoun becomes the previous question's subject; a question that names nothing of its own
(“投资呢”) is asked about the previous subject; anything else stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.lexicon import Lexicon
from assistant.understand.plan import Planner
from assistant.understand.question import MentionKind, Question
from corpus.folding import fold

_EDGES = re.compile(r"^(?:那么|那|还有|另外)+|[呢？?。！!\s]+$")
_CARRIED = frozenset({MentionKind.CLASS_NOUN})


def stand_alone(question: str, history: Sequence[str], planner: Planner, lexicon: Lexicon) -> str:
    """Return ``question`` with what earlier questions supply filled in; unchanged where nothing is missing.

    ``history`` holds earlier questions, oldest first; each is itself completed from those before it.
    """
    standing = ""
    for text in (*history, question):
        standing = _complete(text, standing, planner, lexicon) if standing else text
    return standing


def _complete(text: str, previous: str, planner: Planner, lexicon: Lexicon) -> str:
    subject = _subject(previous, planner)
    if not subject or not text.strip():
        return text
    key = fold(text)
    for pronoun in sorted(lexicon.follow_up, key=lambda word: -len(word.key)):
        if pronoun.name == "pronouns" and (place := key.find(pronoun.key)) >= 0:
            return text[:place] + subject + text[place + len(pronoun.key) :]
    reading = planner.read(text)
    if reading.content(keep=_CARRIED) or not _asks_something(reading):
        return text
    return f"{subject}的{_EDGES.sub('', text)}"


def _asks_something(reading: Question) -> bool:
    asking = (MentionKind.ATTRIBUTE, MentionKind.YEAR, MentionKind.ASK)
    return any(mention.kind in asking for mention in reading.mentions)


def _subject(previous: str, planner: Planner) -> str:
    """Return what the previous question was about: its named stretches with the class noun that follows."""
    plan = planner.plan_lookup(previous)
    if plan is None:
        return ""
    reading = plan.question
    covered = {
        p for m in reading.mentions if m.kind is not MentionKind.CLASS_NOUN for p in range(m.span.start, m.span.end)
    }
    stretches = reading.content(keep=_CARRIED)
    return "".join(reading.text[p] for span in stretches for p in range(span.start, span.end) if p not in covered)
