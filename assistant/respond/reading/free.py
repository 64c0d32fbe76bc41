"""A question for a price and the sentences read for it in, what is said to cost nothing out.

Example: 办证收多少钱, of 均不收取费用 before 刻章收费每枚85元 → 均不收取费用.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.respond.expected_figures import FREE
from assistant.respond.reading.segments import Segment
from assistant.understand.question import Question
from corpus.models import Span

_PRICE = re.compile(
    r"(?<!招)(?<!接)(?<!验)(?<!吸)收(?:取|费)?多少(?:钱|费|元)|多少(?:钱|费用?)$|(?:是否|怎么|如何)收费[？?。]*$|费用(?:是|为|要)?多少"
)


def free_of_charge(question: Question, segments: Sequence[Segment], read: Span) -> Span | None:
    """Return what is said to cost nothing where its price is asked, if it says as much of the question as what is read.

    均不收取费用 of what is asked, before 刻章收费每枚85元.
    """
    if not _PRICE.search(question.key):
        return None
    words = [span.of(question.key) for span in question.words]
    held = {one.span: sum(word in one.key for word in words) for one in segments}
    of_read = max((count for span, count in held.items() if span.overlaps(read)), default=0)
    free = [one.span for one in segments if FREE.search(one.key) and held[one.span] >= max(of_read, 1)]
    return max(free, key=lambda span: held[span], default=None)
