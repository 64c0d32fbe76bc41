"""A question and the passages that should answer it in, whether these bind another party than it asks about out.

Example: 供热单位擅自停热罚多少 is not answered by “用热户违反本条例…处…罚款”.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understand.question import Question

if TYPE_CHECKING:
    from assistant.respond.passage import Passage

_NOUN = r"(?:单位|用户|[热水电气]户|企业|公司|机构|经营者|申请人|承包人|业主|个人)"
_ASKED = re.compile(rf"^(?P<party>[\u3400-\u9fff]{{0,6}}?{_NOUN})(?=擅自|违反|未|不|拒|逾期|有|违规|违法|如果|要是|应)")
_BOUND = re.compile(
    rf"(?:^|[。\n])(?:第[^\s　条]{{1,8}}条[\s　]*)?(?P<party>[\u3400-\u9fff]{{0,6}}?{_NOUN})"
    "(?=违反|应当|不得|未|有下列|擅自|拒不)"
)


def binds_another(question: Question, passage: Passage) -> bool:
    """Return whether a clause begins with a party that the question does not name, and lacks the one asked about."""
    asked = _ASKED.match(question.key)
    if asked is None or asked["party"] in passage.clause:
        return False
    bound = _BOUND.search(passage.clause)
    return bound is not None and bound["party"] not in question.key
