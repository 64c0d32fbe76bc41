"""A question for the first or last row under each of all groups in, the answers group by group out.

Example: 五大行动各自投资最大的项目 → one order for each 行动, and none over all rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.parts import join_answers
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import ParsedDocument
from corpus.numerals import parse_chinese_integer
from index.chunks import group_word

_NOUN = 2
_OPENING = r"(?:请)?(?:分别)?(?:指出|列出|说明|给出|写出|说出)?"
_EACH = r"(?:(?P<count>[一二三四五六七八九十\d]+)[大个项]?|(?P<every>各个?|每一?[个项]))"
_ASKED = re.compile(r"(?:[各每]|分别).*最")
"""Stands in every such question, and spares the others a look at all tables."""
_REST = (
    r"(?:里面?|中|当中|之中|下面?|内)?[，,]?(?:(?P<within>[^，,。；;？?各]{3,20}?)的?[、，,]?(?=各))?(?P<each>各自?|分别|每个)?的?"
    r"(?P<rest>(?!(?:哪|是哪)|.*(?:合计|总共|一共|加起来))[^，,。；;？?]*最[大多高小少低长短早晚](?:的)?(?:项目|指标|工程)[^，,；;。]*)[？?。]*"
)


def first_of_each(understood: Understood, ask: Callable[[str], Answer]) -> Answer | None:
    """Return the answers to the question put to each group by its name; None where not each of all groups is asked for.

    A stated number of groups must be that of all of them, and each must have an answer.
    """
    if not any(_ASKED.search(key) for key in (understood.question.key, fold(understood.asked))):
        return None
    for document in understood.documents:
        for names, word in _levels(document):
            noun = rf"(?:重点)?(?:{re.escape(word)}|{re.escape(word[-_NOUN:])})"
            pattern = re.compile(f"{_OPENING}{_EACH}{noun}{_REST}")
            match = pattern.fullmatch(understood.question.key) or pattern.fullmatch(fold(understood.asked))
            if match is None or not (match["every"] or match["each"]):
                continue
            if match["count"] and parse_chinese_integer(match["count"]) != len(names):
                continue
            within = f"{match['within']}的" if match["within"] else ""
            answers = [ask(f"{name}中{within}{match['rest']}") for name in names]
            if all(answer.kind is AnswerKind.LOOKUP for answer in answers):
                return join_answers(answers, understood.asked, understood.standalone)
    return None


def _levels(document: ParsedDocument) -> list[tuple[Sequence[str], str]]:
    """Return the names of the outermost groups of each table, with the folded word that they are called by."""
    found: list[tuple[Sequence[str], str]] = []
    for table in document.tables:
        groups = dict.fromkeys(group for row in table.data_rows for group in row.groups if group.level == 0)
        if len(groups) > 1:
            found.append(([group.name for group in groups], fold(group_word(next(iter(groups))))))
    return found
