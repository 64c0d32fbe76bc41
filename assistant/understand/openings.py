"""A folded question in, where it begins behind what only leads up to it, and where it names a table as a place, out.

Example: 会上要用，指标表里能耗是多少 → behind 会上要用，; 指标表里 says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.understand.lexicon import Word
from assistant.understand.question import CONTENT
from corpus.models import Span

_IN_TABLE = re.compile(r"(?:里面?|中|上|内|里头)(?:的|写着?|显示|列着?)?(?!有|共|一共|总共|哪|多少|几)")
_BY_TABLE = re.compile(r"(?:按照?|根据|依据|依|照|从|在)(?:附件\d+的?)?$")
_ASIDE = re.compile(
    r"[^，,：:。？?谁哪几]{0,12}(?:核对|核实|要用|要写|汇报|请教|想问|要问|查一下|确认|了解|帮忙|问下|问一下|急用"
    r"|写(?:报告|材料|稿子?|总结|简报|汇编|讲话稿?|新闻稿?|信息|文章|方案|答复)|做(?:汇报|报告|表格?|ppt|材料|简报)|填表|备课"
    r"|(?:领导|上级|群众|记者|企业|代表|委员|同事|老板|客户|市民|对方|老百姓|人家)(?:们|刚才|刚|今天|又|电话里|打电话|来电|来信|来|在)*(?:问|催|打听))"
    r"[^，,：:。？?谁哪几]{0,4}[，,：:]"
    r"|[^，,：:。？?谁哪几]{1,8}(?:需要?|想要|索要|等着要)[^，,：:。？?谁哪几]{0,6}[：:]"
)
"""A first clause that says why somebody asks: 会上要用，…; 审计需要核对：…."""


def opening(key: str, openers: Sequence[Word], names: Callable[[str], bool]) -> int:
    """Return where the question proper begins, after why somebody asks, words of politeness and punctuation.

    A first clause is none of the question only where what follows ``names`` something itself: of 甲园区核实，由谁负责
    all is.
    """
    aside = _ASIDE.match(key)
    start = aside.end() if aside is not None and names(key[aside.end() :]) else 0
    while opener := next((word.key for word in openers if key.startswith(word.key, start)), ""):
        start += len(opener)
        while start < len(key) and CONTENT.match(key[start]) is None:
            start += 1
    return start if start < len(key) else 0


def table_place(key: str, title: Span) -> Span | None:
    """Return a table's name with the words that something stands there by (指标表里, 按指标表，); None without."""
    behind, before = _IN_TABLE.match(key, title.end), _BY_TABLE.search(key[: title.start])
    if behind is None and (before is None or key[title.end : title.end + 1] not in "，,"):
        return None
    return Span(before.start() if before else title.start, behind.end() if behind else title.end)
