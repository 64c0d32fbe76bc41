"""A question about what places state in, whether a finding is of the sort that it asks for out.

Example: 到2024年…是多少，前后一致吗 → findings on figures of 2024, and none on who leads.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from corpus.agreement.models import Finding, Topic
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

AGENCIES = frozenset(AGENCY_ATTRIBUTES)
FIGURES = frozenset({"target", "base_value", "amount"})


def other_attributes(question: Question, said: Sequence[Span], names: Sequence[str]) -> list[str]:
    """Return the attributes asked for that no finding is about, by words that say nothing else (地方, 指标表)."""
    tables = [Span(at, at + len(key)) for key in map(fold, names) if (at := question.key.find(key)) >= 0]
    return [
        mention.name
        for mention in question.mentions
        if mention.kind is MentionKind.ATTRIBUTE
        and mention.name not in AGENCIES | FIGURES
        and not any(span.overlaps(mention.span) for span in (*said, *tables))
    ]


def fits(question: Question, finding: Finding, said: Sequence[tuple[Span, str]] = ()) -> bool:
    """Return whether a finding is of the sort and the year asked for; 哪个为准, as ``said``, asks nothing."""
    if question.years and not set(question.years) <= {finding.year}:
        return False
    asks = [m for m in question.mentions if m.kind is MentionKind.ASK and m.name == Ask.WHO]
    asks_who = any(not any(m.span.overlaps(span) for span, _ in said) for m in asks)
    if AGENCIES & set(question.named(MentionKind.ATTRIBUTE)) or asks_who:
        counts = Ask.HOW_MANY in question.asks or bool(question.named(MentionKind.OPERATION))
        return finding.topic is Topic.AGENCY and not counts
    return True
