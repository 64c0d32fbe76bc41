"""A question for both ends of one order in, the question for each end out.

Example: 哪个局牵头的项目最多，哪个最少 → 哪个局牵头的项目最多 and 哪个局牵头的项目最少.
"""

from __future__ import annotations

import re

from corpus.folding import fold

_MOST = r"最(?:[大多高长晚迟贵]|后)"
_LEAST = r"最(?:[小少低短早]|便宜)"
_ENDS = re.compile(
    rf"(?P<one>{_MOST})(?P<mid>.*?)(?P<other>{_LEAST})|(?P<least>{_LEAST})(?P<between>.*?)(?P<most>{_MOST})"
)
_NEXT = re.compile(
    rf"(?P<first>{_MOST}|{_LEAST})(?P<mid>[^，,；;。？?]*)[，,；;。？?]+(?:排名?|排在|位居|居)?第(?P<number>[二三])"
    r"(?:名|位|[大多高长晚小少低短早])?的?(?:又?是)?(?:谁|哪一?[个家项](?:单位|部门|局|行动|项目|工程|指标|地方|旗区)?)?"
)
_JOINT = re.compile(r"^[，,、；;？?]*(?P<tail>.*?)(?:以及|还有|[，,、；;？?和与及跟又])*$")
_WHICH = re.compile(r"(?:又?是)?(?:谁|哪一?[个家项种类些]?(?P<noun>[^，,。；;？?]{0,4}))")
_TWO = re.compile(
    rf"(?P<one>{_MOST}|{_LEAST})(?:以及|[和与、及])(?P<measure>[^，,。；;？?的谁哪]{{2,6}})(?P<other>{_MOST}|{_LEAST})"
)
"""The ends of orders by two measures: 工期最长和投资最小的项目分别是哪个."""
_AMONG = re.compile(r".*[里中内，,的]|")
_APART = re.compile(r"分别|各自?|都")
_COMPUTED = re.compile(r"差|(?<!一)比(?!一|较)|倍|合计|一共|总共|共计|之和|加起来|占|平均")
_FAR_APART = re.compile(
    r"[，,；;？?](?:(?:这|它|他)?们?(?:两者|二者|俩)?之?间?)(?:相差|差距|差额|差)(?:了|是|为|有)?多少(?:[万亿]?元|[万亿]|钱)?$"
)
_THAN_NEXT = re.compile(
    r"[，,；;？?](?:它|其)?比(?:排名?|排在)?第(?P<number>[二三])(?:名|位)?的?(?:[高多大长低少小短]出?)了?"
    r"(?P<much>多少(?:[万亿]?元|[万亿]|个|项|钱)?)$"
)
_LAST_END, _WHICH_ONE = re.compile(rf"(?:{_MOST}|{_LEAST})$"), re.compile(r"(?:又?是)?哪一?[个家项](?:项目|指标|工程)?")
_ENDING = re.compile(r"[呢吗啊呀？?。\s]*$")


def apart(text: str) -> tuple[str, str]:
    """Return a question for both ends of an order without what asks how far they lie apart, and that question.

    哪个投资最大，哪个最小，差多少 → 哪个投资最大，哪个最小 and 投资最大的和最小的相差多少; so is 比第二的高多少 asked.
    Two empty texts for others.
    """
    key = _ENDING.sub("", fold(text))
    if (than := _THAN_NEXT.search(key)) is not None:
        asked = f"{key[: than.start()]}，第{than['number']}是哪个"
        return (asked, f"相差{than['much']}") if both_ends(asked) else ("", "")
    match = _FAR_APART.search(key)
    ends = both_ends(key[: match.start()]) if match is not None else ()
    least = _LAST_END.search(ends[1]) if ends else None
    if match is None or least is None:
        return "", ""
    return key[: match.start()], f"{_WHICH_ONE.sub('', ends[0])}的和{least.group()}的相差多少"


def both_ends(text: str) -> tuple[str, ...]:
    """Return the two questions, the end that is said first before the other; empty where not both ends are asked for.

    Behind the first the second or third may be asked for: 最大的是谁，第二是谁.
    What is computed of both (最大的和最小的相差多少) is one question.
    """
    key = _ENDING.sub("", fold(text))
    if (later := _NEXT.search(key)) and later.end() == len(key):
        before, order = key[: later.start()], later["first"].removeprefix("最")
        return f"{before}{later['first']}{later['mid']}", f"{before}第{later['number']}{order}{later['mid']}"
    if (two := _TWO.search(key)) and re.search(r"分别|各", key[two.end() :]):
        before, rest = key[: two.start()], _APART.sub("", key[two.end() :])
        return f"{before}{two['one']}{rest}", f"{_among(before)}{two['measure']}{two['other']}{rest}"
    match = _ENDS.search(key)
    if match is None or _COMPUTED.search(key) or _ENDS.search(key, match.end() - len("最少")) is not None:
        return ()
    one, mid, other = (part for part in match.groups() if part is not None)
    before, behind = key[: match.start()], key[match.end() :]
    said = _JOINT.match(_without_end(mid, before))  # 投资最大的和投资最小的
    tail = said["tail"] if said else mid
    if not tail or behind.startswith(tail):
        rest = _APART.sub("", behind)  # 最多和最少的单位各是谁
        return f"{before}{one}{rest}", f"{before}{other}{rest}"
    which = _WHICH.fullmatch(tail) if not behind else None
    # 谁投资最多谁最少; but 哪个行动投资最大，哪个局最小 asks of other things.
    if which is not None and (not which["noun"] or re.search(rf"哪一?[个家项种类]{which['noun']}", before)):
        return f"{before}{one}", f"{before}{other}"
    return ()


def _without_end(text: str, before: str) -> str:
    """Return ``text`` without what it ends on as ``before`` does."""
    length = 0
    while length < min(len(text), len(before)) and text[-1 - length] == before[-1 - length]:
        length += 1
    return text[: len(text) - length]


def _among(before: str) -> str:
    """Return what of the words before an order says among what it is, without what is measured."""
    match = _AMONG.match(before)
    return match.group() if match is not None else ""
