"""A turn that names its subject before it asks in, the same in one piece out.

Example: 那工信局呢，牵头几个 → 工信局牵头几个; 不说文旅了，空气好的天数要占多少 → 空气好的天数要占多少.
"""

from __future__ import annotations

import re

_LEFT = re.compile(
    r"^(?:换个?(?:事|话题|问题)|(?:说|问)个?(?:别的|其他的?)(?:事|问题)?)(?:吧|问问)?[，,。；;：:]\s*"
    r"|^(?:先|就|咱们?|我们)*[不别](?:说(?!明)|聊|管(?!理)|问|谈|提(?![供高升倡醒拔]))[^，,。；;]{0,8}了[，,。；;]\s*"
)
_IN_TABLE = re.compile(r"^(?:那么?)?(?:在)?(?:附件|附表|项目表|表格|表)[里中]面?(?=都?对应.{0,6}(?:项目|工程|指标))")
_SET_BEFORE = re.compile(r"^(?:那么?)?(?!还有)(?P<subject>[^，,。；;？?谁哪几什多怎啥何]{2,16})呢[，,？?]\s*(?=.)")


def in_one(text: str) -> str:
    """Return ``text`` without the topic that it leaves or the table it looks into, its subject before its question."""
    return _SET_BEFORE.sub(r"\g<subject>", _IN_TABLE.sub("", _LEFT.sub("", text)))
