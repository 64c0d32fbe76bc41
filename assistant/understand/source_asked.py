"""A follow-up in, whether it asks where what was just told stands out.

Example: 这句话是哪个行动里写的, 依据是什么, 这个数字出自哪里 → the places that the last answer rests on.
"""

from __future__ import annotations

import re

_TOLD = (
    r"(?:这|那|上面|上述|刚才|以上|前面)"
    r"(?:一?(?:句话?|段话?|个数字?|个?数据|个?说法|些?内容|[条项]规定)|个?(?:结论|回答|答案))"
)
_STANDS = r"(?:写|出|规定|来|摘|引|提)?(?:自|在|于|到)"
_WHERE = (
    r"(?:哪里|哪儿|何处|什么地方|哪(?:一|几)?个?[条章节款项处页份段]|第几[条章节款项页]"
    r"|哪一?(?:个|项|份|部分)[\u4e00-\u9fff]{0,6})"
)
_SAYS = r"[里中]?面?(?:写|规定|说|提到|讲|提)?的?呢?"
_FORMS = (
    rf"{_TOLD}的?(?:是|都是|具体)?(?:{_STANDS})?(?:文件|原文|方案|正文)?的?{_WHERE}{_SAYS}",
    rf"[这那都它]?是?(?:写在|出自|摘自|引自)(?:文件|原文|方案|正文)?的?{_WHERE}{_SAYS}",
    rf"[这那]?是{_WHERE}[里中]?面?(?:写|规定|说|提到|讲)的",
    rf"{_TOLD}是?从?(?:哪里|哪儿|哪)来的",
    r"(?:这|那|以上|上述)?[个些]?(?:数字?|数据|回答|答案|说法|结论)?的?(?:出处|原文)(?:是什么|是啥|在哪里?|在哪儿|是哪里|呢)",
    r"(?:这|那|以上|上述)?[个些]?(?:数字?|数据|回答|答案|说法|结论)的?(?:依据|来源)(?:是什么|是啥|在哪里?|在哪儿|是哪里|呢)",
    r"依据是(?:什么|啥|哪一?[条款])",
)
_ASKED = re.compile(rf"(?:那么?|请问)?(?:{'|'.join(_FORMS)})[呢？?。]*")


def asks_for_source(text: str) -> bool:
    """Return whether a follow-up asks for nothing but where the last answer stands."""
    return _ASKED.fullmatch(text.strip()) is not None
