"""A question as typed in, the same with years by their last two figures in full out.

Example: 24年完工的项目 → 2024年完工的项目; of 从业20年的专家, 20年一遇 and 用了20年 nothing is changed.
"""

from __future__ import annotations

import re

_YEAR = r"(?<![\d.])(2\d)年"
_NO_DURATION = r"(?![间内前后来初代期]|以[来内上]|左右|多(?![多少])|的?时间|一[次回遍遇度])"
_BEGINS = re.compile(rf"(?:^|(?<=[，,、。；;？?！!到至比和与])){_YEAR}{_NO_DURATION}(?!的|[，,。；;？?！!]?$)")
_IS_ASKED = re.compile(
    rf"(?<![了过用需长时约近超不历达满设建干花共期第做有续作赁]){_YEAR}(?=的?(?:目标|规划|计划|任务|指标|数|值)|年?[底末]"
    r"|完工|完成|建成|竣工|开工|启动|到底|各|分别|多少|是|呢|投资|定|填|写|要|得|应|比|达|压|[降升提]|、2\d年|和2\d年|到2\d年)"
)


def in_full_years(text: str) -> str:
    """Return ``text`` with 2024年 for 24年 where that begins a clause, or something is asked of the year."""
    return _BEGINS.sub(r"20\1年", _IS_ASKED.sub(r"20\1年", text))
