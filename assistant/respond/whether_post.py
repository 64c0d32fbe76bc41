"""A question that asks whether somebody is something in, the post that the row of the name states out.

Example: 甲是工程院院士吗, of 中国工程院院士、乙所所长 → 是。“甲”的职务是中国工程院院士、乙所所长。[1]

What the post does not say is neither confirmed nor denied: it is told as it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.models import Answer
from assistant.respond.lookup import answer_lookup
from assistant.respond.whether import worded
from assistant.understand.attributes import Attributes
from assistant.understand.columns import columns_of
from assistant.understand.lexicon import Ask
from assistant.understand.row_details import Target
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.row_names import cell_text
from index.facts import Facts

_IS = re.compile(
    r"[也还]?(?:是|属于|在|来自)(?P<what>[\u3400-\u9fff]{2,14}?)(?:任职|工作)?的?(?:专家|人|学者)?[吗么吧][？?]?"
)
_POST = re.compile(
    r"(?:院士|教授|研究员|[院所校局部会]长|主任|秘书长|博士|大学|学院|研究[院所]|中心|公司|联盟|[协学]会|[局委部])$"
)


def answer_post(understood: Understood, attributes: Attributes, facts: Facts) -> Answer | None:
    """Return whether the post of the one named says so, or what it says instead; None where it asks no such thing."""
    plan, question = understood.plan, understood.question
    if plan is None or not question.asks <= {Ask.YES_NO} or len(plan.things) != 1:
        return None
    entity = plan.things[0]
    if entity.table is None or entity.row is None or not question.key.startswith(entity.key):
        return None
    columns = columns_of("post", entity.table, (), attributes)
    match = _IS.fullmatch(question.key, len(entity.key))
    if len(columns) != 1 or match is None:
        return None
    held = match["what"] in fold(cell_text(entity.row, columns[0]))
    if not held and _POST.search(match["what"]) is None:
        return None
    asked = replace(plan, targets=(Target(entity, columns),), unexplained=())
    return worded(answer_lookup(asked, facts, understood.asked, understood.standalone), True if held else None, ())
