"""A stretch that asks for something of a kind and the sentences that should have it in, whether they do otherwise out.

Example: 哪三门技术, against 甲、乙和丙三类措施 → three are listed; 几所, against 产业学院6个 → so many are counted.

That is far less than ``expected`` asks for: just three things are listed. It is enough only where question and passage
read together leave no doubt.
"""

from __future__ import annotations

import re

from assistant.respond.expected import BY_CHANCE, shared_pairs
from assistant.respond.expected_figures import PERCENT, states_end
from assistant.respond.listed import COUNT, lists_just
from corpus.models import Span
from corpus.numerals import parse_chinese_integer
from corpus.units import MEASURE_WORDS

_SO_MANY = re.compile(rf"哪(?P<count>{COUNT})(?:个|种|类|条|项|样|大)?(?P<single>[\u3400-\u9fff]$)?")
_PART = re.compile(r"[，,：:。；;\n]")
_DATE = re.compile(r"哪(?:一?[天日年]|个?月|段日子)|几时|何时|什么时候|啥时候?")
_DATED = re.compile(r"(?:19|20)\d\d年|\d月|\d日|[一二三四五六七八九十]月|[年月季]底|节")
_PERIOD = re.compile(r"时限|期限|多久")
_LASTS = re.compile(
    r"(?:\d|[一二两三四五六七八九十])(?:年|个?月|日|天|小时|个?工作日|分钟|周)(?!一[度次届])|[年月季]底"
)
_SHARE = re.compile(r"占多少|几成|几个点|多少(?:股份|比例)|百分之几")
_OF_SHARE = re.compile(rf"{PERCENT.pattern}|一半")
_TOTAL = re.compile(r"总[量数]|合计|[拢一总]共|加(?:在)?一(?:块|起)|合起来")
_SUMMED = re.compile(r"(?<!公)共|合计|总计|总[量数]")
_FIGURE = re.compile(r"(?<![第\d.,])\d[\d.,]*(?![\d年月日号条])")
_WHO = re.compile(r"谁")
_IN_CHARGE = re.compile(r"由[\u3400-\u9fff]{2}|负责|责任人|承担")
_COUNTERS = "|".join(sorted(MEASURE_WORDS - {"个"}))
_MANY = re.compile(rf"(?:多少|几)(?:个|{_COUNTERS})(?!月|年|点|钱)")
_COUNTED = re.compile(rf"(?:\d[余多]?|[二两三四五六七八九十百千万])(?:个(?!月|百分点|工作日)|{_COUNTERS})")


def is_stated_otherwise(key: str, span: Span, sentences: str) -> bool:
    """Return whether the folded ``sentences`` have what a stretch of the folded question ``key`` asks for, in any form.

    So many things are listed, something is counted, dated or a share; the one figure there is may be a total.
    """
    asked = span.of(key)
    if so_many := _SO_MANY.search(asked):
        wanted = parse_chinese_integer(so_many["count"]) or 0
        # 哪三种水: three of anything are no waters, unless they stand where the question's other words do.
        parts = _PART.split(sentences) if so_many["single"] else [sentences]
        other = key[: span.start] + "\n" + key[span.end :]
        near = [part for part in parts if not so_many["single"] or shared_pairs(other, part) > BY_CHANCE]
        return any(lists_just(part, wanted) for part in near)
    if _DATE.search(asked):
        return _DATED.search(sentences) is not None
    if _PERIOD.search(asked):
        return _LASTS.search(sentences) is not None
    if _SHARE.search(asked):
        return _OF_SHARE.search(sentences) is not None
    if _TOTAL.search(asked):
        return len(_FIGURE.findall(sentences)) == 1 or _SUMMED.search(sentences) is not None
    if (stated := states_end(asked, sentences)) is not None:
        return stated
    if _MANY.search(asked):
        return _COUNTED.search(sentences) is not None
    return _WHO.search(asked) is not None and _IN_CHARGE.search(sentences) is not None
