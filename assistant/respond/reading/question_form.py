"""A folded question in, what its form says of the answer out: which kinds of question, the unit, what stands around.

Example: 对多少家单位进行了检查 → asks for a number, of 家; behind the question word stand 家单.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.units import UNIT

HOW = r"(?<![许很更最众诸])多(?:大(?![型数量家])|高(?![校新层中])|[长宽深远]|重(?![点大要视]))"
"""How large or long something is asked to be, as a pattern: 多大规模, no 许多重点项目."""

FORMS = tuple(
    re.compile(form)
    for form in (
        rf"多少|几(?!乎)|{HOW}",
        r"什么时候|何时|哪天|几点|时间|日期|多久|期限",
        r"电话|热线|号码|邮箱|网址|网站",
        r"谁|哪位|何人",
        r"哪个|哪家|哪一|哪座|何种",
        r"哪些",
        r"什么",
        r"如何|怎么|怎样|何",
        r"为什么|为何|原因|因为|目的|意义",
        r"措施|举措|做法|办法",
        r"要求|义务|规定|职责",
        r"政策|支持|优惠|补贴|奖励",
        r"方式|途径|渠道|形式|方法",
        r"是什么|是指|指什么|含义|什么是",
        r"哪里|何处|哪儿|地点|地址|哪地",
        r"单位|部门|机构|组织|公司|企业$",
        r"条件|范围|对象|内容|方面",
        r"处理|管理|开展|保障|加强",
        r"是否|能否|可否|吗|有没有|还能",
        r"流程|步骤|程序|材料|手续",
    )
)
"""Kinds of question by their words; they overlap, and what each is worth is learned."""

OF_A_WORD = r"(?<=场)[租馆地所]|(?<=户)籍|(?<=家)[庭长]"
"""Behind what reads like a unit and begins a word: 多少场租补助 counts no 场."""
UNIT_ASKED = re.compile(rf"(?:多少|(?<![哪好十])几)[万亿千百]*(?P<unit>{UNIT})(?!{OF_A_WORD})")
_QUESTION_WORD = re.compile(
    rf"多少|{HOW}(?:规模|面积|比例|比重)?|几(?!乎)|什么时候|何时|哪[些个家天里位座一种]?|什么|如何|怎么样?|怎样|为何|为什么|谁|何|吗|呢|是否"
)
_AROUND = 4


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """One 0 or 1 for each of ``FORMS``, the unit asked for, and the characters before and behind the question word."""

    flags: tuple[float, ...]
    unit: str
    before: str
    behind: str


def read_form(key: str) -> QuestionForm:
    """Return the form of a folded question; unit and surroundings are empty where it has none."""
    unit, word = UNIT_ASKED.search(key), _QUESTION_WORD.search(key)
    return QuestionForm(
        tuple(float(form.search(key) is not None) for form in FORMS),
        unit["unit"] if unit else "",
        key[max(0, word.start() - _AROUND) : word.start()] if word else "",
        key[word.end() : word.end() + _AROUND] if word else "",
    )


def holds_unit(unit: str, text: str) -> bool:
    """Return whether a folded text holds a number of ``unit``: 家, 200余家."""
    return bool(unit) and re.search(rf"\d[\d.,]*[余多万亿千百]*{re.escape(unit)}", text) is not None
