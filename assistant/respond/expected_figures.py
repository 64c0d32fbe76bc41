"""A question for a figure and the sentences that should answer it in, whether they have it as it is asked for out.

Example: 最低多少, against 每人最高不超过150元 → no figure that is the least.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.respond.listed import COUNT
from assistant.respond.reading.question_form import HOW, OF_A_WORD
from assistant.understand.measured_nouns import MEASURES, figure_in
from corpus.models import Span
from corpus.units import UNIT

Alike = Callable[[str], tuple[str, ...]]
"""Gives the units of a unit's own dimension."""
Check = Callable[[re.Match[str], str, Alike], bool]
"""Says whether folded sentences have what a match of the question asks for."""
_NOUN = 2

BOUND = re.compile(
    rf"(?:多少|(?<![好十])几(?!乎)|{HOW})(?:规模|面积|[\u3400-\u9fff]{{0,2}})以(?P<bound>[下上内])"
    rf"|(?:(?P<under>(?<!不)(?<!不[得能])(?:低于|少于|小于)|不到|不足|不[得能]?(?:高于|多于|大于|超过))"
    rf"|(?P<over>(?<!不)(?<!不[得能])(?:高于|多于|大于|超过)|不[得能]?(?:低于|少于|小于)))(?:多少|几(?!乎)|{HOW})"
)
"""What asks for a figure by its bound: 多大规模以下, 几岁以上, 产能低于多少."""
_NUMBER = r"[\d一二两三四五六七八九十百千万]"
_ANY_FIGURE = re.compile(_NUMBER)
_MOST = re.compile(
    rf"{_NUMBER}[^，。,；;]{{0,8}}?(?:以[下内]|之内|范围内|[天日年月]内)"
    rf"|(?:不得?(?:超过|高于|大于)[^，。,；;]{{0,12}}?|(?:不足|不到|低于|小于|少于|[≤<])[^，。,；;]{{0,4}}?){_NUMBER}"
)
_LEAST = re.compile(
    rf"{_NUMBER}[^，。,；;]{{0,8}}?以上|(?:不得?(?:少于|低于|小于)[^，。,；;]{{0,12}}?|(?:超过|高于|大于|达到?|满|[≥>])[^，。,；;]{{0,4}}?){_NUMBER}"
)
_HAS_BOUND = {"下": _MOST, "内": _MOST, "上": _LEAST}
_END_ASKED = re.compile(
    rf"(?P<end>最[低少高多短长小大早晚](?!的)|至[少多]|起码|上限|下限)[^，,。；;？?差]{{0,4}}?(?:多少|(?<![好十])几(?![乎家])|{HOW})"
)
_ENDS_SAID = {
    "upper": re.compile(r"最[高多大长晚]|至多|不得?(?:超过|高于|大于|多于|晚于|迟于|长于)|上限|封顶|[≤<]"),
    "lower": re.compile(r"最[低少小短早]|至少|起码|不得?(?:低于|少于|小于|早于|短于)|下限|[≥>]"),
}
_ENDS_BOUND = {"upper": re.compile(r"以[内下]|之内|不足|不到"), "lower": re.compile(r"以上")}
_ENDS_ASKED = {
    "upper": re.compile(r"最[高多大长晚远]|[至顶]多|上限|封顶"),
    "lower": re.compile(r"最[低少小短近早]|至少|起码|下限"),
}
_HOW_MUCH = re.compile(rf"[^，,。；;？?哪谁]{{0,8}}?(?:多少|(?<![好十])几(?![乎家])|{HOW}|要求|标准)")
_RESULTS = (
    (re.compile("占"), re.compile(r"占(?!地|用地)[^，。,；;]{0,12}(?:\d(?:%|分|成)|分之|一半|[一二三四五六七八九]成)")),
    (re.compile("垫底|倒数"), re.compile("[末尾]位|末尾|垫底|倒数|最后一?[名位]")),
)
_CONDITION = re.compile(r"(?:超过|高于|大于|满|达到?|不足)[^，,]*的(?:部分)?$")
"""Says of what a sum is given, and bounds nothing: 超过2万元的部分."""
_USED_FOR = re.compile(
    r"用[于在](?P<what>[\u3400-\u9fff]{2,12}?)(?:上|方面)?的?(?:资金|经费|钱|部分|比例)?(?:是|有|占|为)?(?:多少|几|百分之)"
)
_GRANTS = re.compile("补[助贴偿]?|奖|资助|津贴|发放?|领|给")
_SUM = re.compile(r"\d[\d.,]*(?:[万亿]*元|%|[万亿])|百分之")
_OF_UNIT = re.compile(
    rf"(?:多少|(?<![哪那这好十“])几(?!种|类|级|大|句|方面|样|部分|本|章|字[\u3400-\u9fff]))(?P<scale>[万亿千百]*)(?P<unit>{UNIT})"
    rf"(?!{OF_A_WORD}|(?<=个)(?:星期|礼拜|钟头|钱)|(?<=日)常|(?<=天)然|(?<=起)[步点草伏源用]|(?<=个)?人(?:员|口|才))"
)
_SPOKEN = {"星期": "周", "礼拜": "周", "钟头": "小时", "钱": "元"}
_IN_SPOKEN = re.compile(rf"几个?(?P<unit>{'|'.join(_SPOKEN)})")
"""Asks for a figure by an everyday name of its unit: 几个钟头."""
_OF_WHAT = re.compile(r"(?:的)?(?P<thing>[水煤电气油树草路桥田人车])[？?。]*$")
"""多少万吨水 is no 多少万吨 of something else; longer words are looked for as any word is."""
_THING, _COUNTED = "个", re.compile(r"[\u3400-\u9fff]{2}")
_MONEY = re.compile(r"多少(?:钱|资金|经费|补贴|补助|奖金)")
FREE = re.compile(
    r"不(?:再|予|得)?(?:收取|收)(?:任何)?(?:费|费用|钱)|(?<![可未不非])(?<!不予|不再|停止|取消)免费(?!师范|[的地])|免收|零收费"
)
"""What costs nothing."""
_SUM_ASKED = re.compile(
    r"(?:补贴|津贴|补助金?|补偿|奖金|奖励|工资|票价|租金|房租|押金|救助金)(?:标准)?(?:是|为|有|给|发|领|能领|能拿)?(?:多少(?![钱资家人个项类种次天日年月])|几(?![家人个项类种次天日年月周小工]))"
)
"""Asks for a sum, or a share of one: 每月补贴多少 is not answered by 2倍."""
_SHARE = re.compile(r"多[大少](?:比例|比重|百分比)")
PERCENT = re.compile(r"\d%|分之|[一二三四五六七八九]成|\d[:：∶]\d")
_ENERGY = re.compile(r"(?:多少|几)[万亿]*度电|(?<=电)[^，,。？?]{0,8}?(?:多少|几)[万亿]*度")
_DEGREES = re.compile(r"(?:多少|几)度(?!电)")
_IN_DEGREES = re.compile(r"[\d零一二两三四五六七八九十百](?:摄氏度|度(?!假|量))|℃")
_MUCH_OF = re.compile(r"多少(?P<thing>[水煤电气油])[？?。]*$")
_MEASURED = re.compile(
    r"(?P<measure>面积|长度|重量|产量|产能|装机(?:容量|规模)?|人口|人数)(?:大概|大约|一共|总共|共)?(?:是|有|为|达到?|要?达到)?(?:多[大少长高]|几)"
)
_HOW_LARGE = re.compile(r"多大(?:的|一块|一片|块|片)?(?:地方|地盘|面积|地皮|地(?![区点方]))")


def _has_unit(match: re.Match[str], sentences: str, same: Alike) -> bool:
    of = _OF_WHAT.match(match.string, match.end())
    counted = _COUNTED.match(match.string, match.end())
    # 几个领域 is answered by 五大领域, which counts them without the counter that is asked with.
    if match["unit"] == _THING and counted and re.search(rf"(?:{COUNT})大?{counted.group()}", sentences):
        return True
    return _has_figure_in(match["unit"], sentences, same) and (of is None or of["thing"] in sentences)


def _has_measure(match: re.Match[str], sentences: str, same: Alike) -> bool:
    """Return whether there is a figure of the kind, or a share: 修复面积达60%以上."""
    measure = match["measure"]
    share = re.search(rf"{measure}(?:要|能|将|应)?(?:达到?|为|占|超过|不低于)?\d[\d.]*%", sentences)
    return share is not None or _has_figure_in(MEASURES[measure[:2]], sentences, same)


def _has_bound(match: re.Match[str], sentences: str, _: Alike) -> bool:
    bound = match["bound"] or ("下" if match["under"] else "上")
    return _HAS_BOUND[bound].search(sentences) is not None


def _costs_or_is_free(match: re.Match[str], sentences: str, same: Alike) -> bool:
    """Return whether a sum is stated, or that nothing is to be paid where a price is asked and no grant."""
    asks_price = match.group() == "多少钱" and not _GRANTS.search(match.string)
    return (asks_price and FREE.search(sentences) is not None) or _has_figure_in("元", sentences, same)


def _has_end(match: re.Match[str], sentences: str, same: Alike) -> bool:
    """Return whether a figure is the least or the most asked for, in its unit: 最高不超过150元 is no 最低多少."""
    asked, other = ("lower", "upper") if _ENDS_ASKED["lower"].match(match["end"]) else ("upper", "lower")
    parts = re.split(r"[，,。；;\n]", sentences)
    figure = _figure_in_unit_asked(match.string, match.start(), same)
    bounded = [part for part in parts if figure.search(part) and not _CONDITION.search(part)]
    return any(
        _ENDS_SAID[asked].search(part)
        or (
            not _ENDS_SAID[other].search(part)
            and (_ENDS_BOUND[asked].search(part) or not _ENDS_BOUND[other].search(part))
        )
        for part in bounded
    )


def _is_used_so(match: re.Match[str], sentences: str, _: Alike) -> bool:
    """Return whether what something is used for has a figure of its own: it has none in 主要用于设备和人才."""
    parts = re.split(r"[，,。；;、\n]", sentences)
    return any(match["what"][-_NOUN:] in part and _SUM.search(part) for part in parts)


def _has_sum(_: re.Match[str], sentences: str, same: Alike) -> bool:
    """Return whether a sum stands in ``sentences``, or a share of one: 处五百元以上一千元以下罚款."""
    return _SUM.search(sentences) is not None or _has_figure_in("元", sentences, same)


def _figure(unit: Callable[[re.Match[str]], str]) -> Check:
    """Return what looks for a figure in the unit that a match asks for."""
    return lambda match, sentences, same: _has_figure_in(unit(match), sentences, same)


def has_form(form: re.Pattern[str]) -> Check:
    """Return what looks for a form."""
    return lambda _, sentences, __: form.search(sentences) is not None


def _has_figure_in(unit: str, sentences: str, same: Alike) -> bool:
    """Return whether a figure in ``unit`` or in another of its dimension stands in ``sentences``."""
    return figure_in(unit, same).search(sentences) is not None


def other_ends(key: str, sentences: str, same: Alike) -> list[Span]:
    """Return the stretches that ask for the least or the most, of which ``sentences`` state only the other."""
    return [Span(*m.span()) for m in _END_ASKED.finditer(key) if not _has_end(m, sentences, same)]


def _figure_in_unit_asked(key: str, start: int, same: Alike) -> re.Pattern[str]:
    """Return the pattern of a figure in the unit that ``key`` asks for from ``start`` on; of any where it says none."""
    unit = _OF_UNIT.search(re.split(r"[，,。；;]", key[start:])[0])
    return _ANY_FIGURE if unit is None else figure_in(unit["unit"], same)


def states_result(key: str, span: Span, sentences: str, same: Alike) -> bool:
    """Return whether ``sentences`` state what a word of the question would compute: 最小要做多大, by 不得小于.

    So do they what something is a share of (占10分) and what comes last (末位). 哪处最少 asks for no figure, and 几年
    for none in hours; ``same`` gives the units of a unit's own dimension.
    """
    word = span.of(key)
    if any(asked.search(word) and said.search(sentences) for asked, said in _RESULTS):
        return True
    if not _HOW_MUCH.match(key, span.end):
        return False
    return states_end(word, sentences, _figure_in_unit_asked(key, span.end, same)) or False


def states_end(asked: str, sentences: str, figure: re.Pattern[str] = _ANY_FIGURE) -> bool | None:
    """Return whether a ``figure`` of ``sentences`` is the least or the most ``asked`` for; None where neither is."""
    side = next((side for side, ends in _ENDS_ASKED.items() if ends.search(asked)), None)
    if side is None:
        return None
    parts = (part for part in re.split(r"[，,。；;\n]", sentences) if figure.search(part))
    return any(one[side].search(part) for part in parts for one in (_ENDS_SAID, _ENDS_BOUND))


FIGURE_CHECKS: tuple[tuple[re.Pattern[str], Check], ...] = (
    (_OF_UNIT, _has_unit),
    (_IN_SPOKEN, _figure(lambda match: _SPOKEN[match["unit"]])),
    (_MONEY, _costs_or_is_free),
    (_SUM_ASKED, _has_sum),
    (_SHARE, has_form(PERCENT)),
    (_ENERGY, _figure(lambda _: "千瓦时")),
    (_DEGREES, has_form(_IN_DEGREES)),
    (_MUCH_OF, lambda match, sentences, _: match["thing"] in sentences),
    (_MEASURED, _has_measure),
    (BOUND, _has_bound),
    (_END_ASKED, _has_end),
    (_USED_FOR, _is_used_so),
    (_HOW_LARGE, _figure(lambda _: MEASURES["面积"])),
)
"""What asks for a figure of a kind, and whether sentences have it."""
