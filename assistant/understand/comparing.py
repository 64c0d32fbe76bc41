"""A question in, the words by which it combines several results, and the question without them, out.

Example: 绿氢产业项目和煤制烯烃哪个投资大 → greater, by “大”; what remains is 绿氢产业项目和煤制烯烃投资.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.understand.combination import Combining
from corpus.units import UNIT

_REMEMBERED = 256
_MUCH = rf"(?:多少|几|多大|多长)(?:个?点|万亿|亿|万)?(?:{UNIT}|[个项家条位岁张人])?(?:钱)?"
_MORE = "大|高|多|长|贵|晚|久"
_FEWER = "小|低|少|短|便宜|早|先"
_CHANGE = "延长|缩短|提高|提升|增长|增加|上升|下降|降低|减少|压减|降|涨|升"
_IN_FULL = {"提": "提高"}
_GROWN = {"高": "提高", "多": "增加", "低": "降低", "少": "减少"}
_WHETHER_CHANGED = (
    rf"(?:有没有|有无|是否|是不是|会不会)(?:要|会|有所|再)?(?P<whether>{_CHANGE})了?(?=[，,]|$)"
    rf"|(?:有所)?(?P<so>{_CHANGE})(?:了(?:吗|么|没有?)|(?:吗|么))(?=[，,]|$)"
)
_ABOUT = "(?:一些|一点|些|点)?"
_STARTED_OR_DONE = "开工|开始|启动|动工|开建|完工|建成|建完|完成|结束|竣工"
_WHICH = r"(?:到底|究竟)?是?(?:谁|哪一?(?:个|家|项|者|位|边|种|类|座|块|方|只|部门|单位)?)"
_PHRASES = (
    (
        Combining.RANK,
        rf"能?(?:(?<!安)排名?|名列|位列|位居|排行)(?:在|列|到)?(?:了)?第?(?:几|多少)[位名]?|(?:是|为)?第几(?P<rank>{_MORE}|{_FEWER})的?"
        r"|的?(?:排名|名次|位次)(?:是|为)?(?:第?几|多少)?[位名]?$",
    ),
    (
        Combining.GROWTH,
        r"的?(?P<growth>增长率|增幅|涨幅|增速|降幅|变化率|变化幅度)(?:大?约)?(?:是|为|有|达)?(?:大?约)?(?:多少|多大|百分之几|百分之多少|几成)?"
        rf"|(?P<grown>{_CHANGE}|高|低|多|少)出?了?(?:百分之(?:几|多少)|多大(?:比例|幅度)|的(?:百分比|百分率|比例|幅度)(?:是|为|有)?(?:多少|多大)?)",
    ),
    (Combining.RATIO, r"的?(?:相差)?(?:多少|几)倍|的?倍数(?:是多少)?|的?(?:之比|比值|比率)(?:是|为)?(?:多少)?$"),
    (
        Combining.PERCENT,
        r"的?(?:百分之(?:几|多少)|多大的?(?:比例|比重(?!点))|(?:比例|比重(?!点)|百分比)(?:是|为|有)?(?:多少|多大)"
        rf"|的(?:比例|比重|百分比)(?=[，,](?!.*(?:{_CHANGE}|{_MORE}|{_FEWER})[出了]?(?:多少|几))|$))",
    ),
    (
        Combining.DIFFERENCE,
        rf"(?:之间)?的?(?:相差|差距|差额|差值|差异|之差|还差|差)了?(?:是|为|有)?(?:{_MUCH})?"
        rf"|[还要更又]?(?P<much>{_MORE}|{_FEWER})(?:安排|投入|投资?|花|用|负责|牵头|承担|有|建|种)?(?:出了?|了)?{_MUCH}|从{_MUCH}(?P<both>{_CHANGE}|提)到{_MUCH}|(?P<change>{_CHANGE}|(?<!前)提(?=几|多少))了?{_MUCH}|{_WHETHER_CHANGED}",
    ),
    (
        Combining.GREATER,
        rf"{_WHICH}(?:项目|工程)?(?:会|要|更|较|最)?(?P<time>早|先|晚)(?P<event>{_STARTED_OR_DONE})"
        rf"|{_WHICH}(?:公司|企业|单位|部门)?的?(?P<kept>[^，,。？?]{{0,12}}?)"
        rf"(?:会|要|更加|更|较|比较|相对|最)?(?P<more>{_MORE}|{_FEWER}){_ABOUT}$"
        rf"|(?:会|要|更加|更|较)?(?P<than>{_MORE}|{_FEWER}){_ABOUT}(?:吗|么|对吗|是吗)$",
    ),
    (Combining.EACH, r"分别|各自|都?各(?=有|是|为|多少|投|由|在|需|要|花|占|达|几)"),
    (Combining.TOTAL, r"一共|总共|合计|共计|总计|加起来|[加合](?:在|到)?一(?:起|块儿?)|合起来|之和|总和|总额"),
)
_COMPILED = tuple((operation, re.compile(pattern)) for operation, pattern in _PHRASES)
_EITHER_IS = re.compile(
    rf"(?:是)?(?P<one>.+?)(?:更|还|要)?(?P<more>{_MORE}|{_FEWER})[，,]?还是(?P<other>.+?)(?:更|要)?(?P=more)(?:一些|些|一点)?"
)
_EITHER_OF = re.compile(rf"(?P<kept>.*?)(?:更|较|要)?(?P<more>{_MORE}|{_FEWER})的是(?P<names>.+?还是.+)")
_EITHER_BEHIND = re.compile(
    rf"(?P<before>.*?){_WHICH}(?:公司|企业|单位|部门)?的?(?P<kept>[^，,。？?]*?)(?:更|较|要)?(?P<more>{_MORE}|{_FEWER})"
    r"(?:一些|些|一点)?[，,](?:是)?(?P<names>.+?还是.+)"
)
_EITHER_MORE = re.compile(rf"(?P<before>.*?)(?:是)(?P<names>.+?还是.+?)(?:更加?|较|相对)(?P<more>{_MORE}|{_FEWER})")
_WHICH_AND = re.compile(rf"{_WHICH}的?(?:会|要|更|较|最)?(?P<more>{_MORE}|{_FEWER})[，,]?$")
_FRAMING = re.compile(
    r"^(?:请)?(?:比较|对比)(?:一下|下)?[，,：:]?|[，,](?:相比|比较|比起来|对比)?|相比(?:之下)?|比起来|(?<![占同环对正])比一?比?(?=[，,])|这?两者|之间"
)
_SPENT = re.compile(r"投|花")
_AMOUNT = re.compile(r"投资|资金|经费|金额|费用|预算")
_TAIL = re.compile(r"[\s。？?！!呢呀啊]+$")
_WHETHER = re.compile(r"(?!.*[谁哪]).*(?:吗|么)$")
_COUNT_NOUN = re.compile(r"(?<=项目|指标|工程|单位|部门|企业)(?:的)?(?:总)?(?:数量|个数|数目|数)")
_COUNTS = re.compile(r"(?:多少|几)[个项家条位](?!百分点|点)|数量|个数|(?:项目|指标|工程|单位|部门|企业)数")


@dataclass(frozen=True, slots=True)
class Comparing:
    """An operation with the question's ``word`` for it, and the question ``rest`` without the words that ask for it.

    ``event`` is what comes earlier or later (完工); ``counts`` says that things are counted (多几个) and no figure is
    measured.
    """

    operation: Combining
    word: str
    rest: str
    counts: bool
    asks_whether: bool
    event: str = ""


@lru_cache(maxsize=_REMEMBERED)
def find_comparing(key: str) -> Comparing | None:
    """Return how a folded question combines results; None where it does not."""
    bare = _TAIL.sub("", key)
    if match := _EITHER_IS.fullmatch(_FRAMING.sub("", bare)):
        return _comparing(Combining.GREATER, match["more"], f"{match['one']}还是{match['other']}", bare)
    if match := _EITHER_OF.fullmatch(bare):
        return _comparing(Combining.GREATER, match["more"], f"{match['names']}{match['kept']}", bare)
    if match := _EITHER_BEHIND.fullmatch(bare):
        names = f"{match['before']}{match['names']}{match['kept']}"
        return _comparing(Combining.GREATER, match["more"], names, bare)
    if match := _EITHER_MORE.fullmatch(bare):
        return _comparing(Combining.GREATER, match["more"], f"{match['before']}{match['names']}", bare)
    for operation, pattern in _COMPILED:
        if match := pattern.search(bare):
            said = match.groupdict()
            kept, event = said.get("kept") or "", said.get("event") or ""
            word = next((v for k, v in said.items() if v and k not in ("kept", "event")), "")
            before, behind = bare[: match.start()], bare[match.end() :]
            if operation is Combining.DIFFERENCE:
                # 行动一比行动二多几个项目 are 行动一's and 行动二's rows, no 一项 and 二项.
                behind = ("的" if behind and before else "") + behind
            if operation is Combining.DIFFERENCE and not word and (higher := _WHICH_AND.search(before)):
                word, before = higher["more"], before[: higher.start()]  # 谁高，差几个百分点
            rest = before + kept + behind + _of_money(operation, match, before + behind)
            word = _GROWN.get(word, word) if operation is Combining.GROWTH else _IN_FULL.get(word, word)
            found = replace(_comparing(operation, word, rest, bare), event=event)
            return replace(found, asks_whether=True) if said.get("whether") or said.get("so") else found
    return None


def _of_money(operation: Combining, match: re.Match[str], rest: str) -> str:
    """Return what is compared where money is and the ``rest`` names no amount: 多投多少, 多投资几亿元."""
    spent = operation is Combining.DIFFERENCE and match["much"] and _SPENT.search(match.group())
    return "的投资" if spent and not _AMOUNT.search(rest) else ""


def is_falling(word: str) -> bool:
    """Return whether a comparing word asks for less: 少, 下降, 早."""
    return word in _FEWER.split("|") or word in ("下降", "缩短", "降低", "减少", "压减", "降", "降幅")


def is_change(comparing: Comparing) -> bool:
    """Return whether it is asked how something changes in time: 提高多少, 增长百分之多少, and not 多多少."""
    return comparing.operation is Combining.GROWTH or (
        comparing.operation is Combining.DIFFERENCE and comparing.word in _CHANGE.split("|")
    )


def _comparing(operation: Combining, word: str, rest: str, key: str) -> Comparing:
    if operation is Combining.GREATER and is_falling(word):
        operation = Combining.LESS
    rest = _COUNT_NOUN.sub("", _FRAMING.sub("", rest))
    return Comparing(operation, word, rest, bool(_COUNTS.search(key)), bool(_WHETHER.match(key)))
