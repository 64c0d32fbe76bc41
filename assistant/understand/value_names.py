"""A lookup and the values that its question names in, whether its rows are named by nothing but these out.

Example: of 林草局要牵头的项目 the row 林草监测项目 is named by a part of the agency's name, and so by nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.lexicon import load_lexicon
from assistant.understand.plan import LookupPlan
from assistant.understand.values import ValueMention
from corpus.folding import fold
from corpus.models import Span


def names_part_of_value(plan: LookupPlan, mentions: Sequence[ValueMention]) -> bool:
    """Return whether all that names the rows is a part of a value that they do not hold: 林草 of 林草局要牵头的项目."""
    key = plan.question.key
    core = fold(plan.named)
    for noun in load_lexicon().class_nouns:
        core = core.removesuffix(noun.key)
    start = key.find(core) if core else -1
    place = Span(start, start + len(core))
    longer = [m for m in mentions if start >= 0 and m.span.covers(place) and m.span != place]
    rows = [target.entity.row for target in plan.targets]
    return bool(longer) and all(
        row is not None and not any(ref.text in cell.text for cell in row.cells for m in longer for ref in m.refs)
        for row in rows
    )


def names_only_values(plan: LookupPlan, mentions: Sequence[ValueMention]) -> bool:
    """Return whether all that names the rows is a value of another column: 甲旗 in 由乙局牵头、又建在甲旗的有哪些."""
    core = fold(plan.named)
    return any(mention.span.of(plan.question.key) == core for mention in mentions)
