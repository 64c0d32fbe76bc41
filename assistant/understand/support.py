"""Words of a question and a text that should support them in, the words that the text does not support out.

Example: “施工单位” against the row of a project that has no such column → “施工单位”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from assistant.understand.entities import common_blocks
from assistant.understand.lexicon import Listed
from assistant.understand.own_place import OwnPlace
from corpus.models import Span
from corpus.units import MEASURE_WORDS, UNIT

_FIGURE = re.compile(r"[0-9a-z]")
_UNIT_BEHIND = re.compile(rf"[\d.]*(?:万亿|亿|万|千|百)?(?P<unit>{UNIT})")
_SAME_UNITS = {
    "日": "天",
    "工作日": "个工作日",
    "千米": "公里",
    "km": "公里",
    "㎡": "平方米",
    "个百分点": "%",
    "百分点": "%",
}
_HALF = 0.5
_NOT_YET = re.compile(r"没(?!收|落|有$)有?(?P<done>[\u3400-\u9fff]{2,})")
"""Said for 未: 没完成 is 未完成."""
_REMEMBERED, _JUDGED = 256, 4096
_LEAST_PARTIAL = 4
_PAIR = 2
_AGENCY = re.compile(r"[\u3400-\u9fff]{2,6}[局委厅部院区园会]")
_TOWN = re.compile(r"(?![城乡市集小村古重本全各该那这建家故下回返])[\u3400-\u9fff][镇乡]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_GAP = r"[\u3400-\u9fff]{0,4}?"
"""What an agency's short name leaves out between two of its characters: 交通局 for 交通运输局."""
_BRACKET = r"(?:[（(][^（）()]{1,6}[）)])?"
_LEAST_BRACKETED = 3
_DOES = "治养修建护防补种造节控减排植保救扶育管查清"
"""Verbs that stand for longer ones before what they are done to: 治涝 for 内涝治理, 养路 for 公路养护."""
_DONE = "好完掉"
_UNIT_OF_GOVERNMENT = re.compile(r"[省市州盟县旗区乡镇厅局委办院部]$")


_PARTY = re.compile(r"(?P<of>[\u3400-\u9fff]{2,})(?P<noun>单位|用户|企业|公司|机构)")
_BETWEEN = r"[\u3400-\u9fff]{0,6}?"
_ROMAN = (
    str.maketrans({"ⅱ": "ii", "ⅲ": "iii", "ⅳ": "iv", "ⅵ": "vi", "ⅶ": "vii", "ⅷ": "viii", "ⅸ": "ix"}),
    str.maketrans({"ⅱ": "п", "ⅲ": "ш"}),
)
"""How Roman numerals are written else: in letters, which folding leaves alone, or by Cyrillic ones that look so."""
ROMAN_OF = {"一": ("ⅰ", "i"), "二": ("ⅱ", "ii"), "三": ("ⅲ", "iii"), "四": ("ⅳ", "iv"), "五": ("ⅴ", "v")}
"""How a grade is numbered else: 三级响应 is Ⅲ级响应."""
_GRADED = re.compile(r"(?<![十百一二三四五六七八九])(?P<number>[一二三四五])(?P<of>级)$")
_ROMAN_LETTER = re.compile("[ⅱⅲⅳⅵⅶⅷⅸiv]")

_OUTPUT = re.compile("gdp|(?:地区|国内)?生产总值")
_PER_OUTPUT = re.compile(rf"(?:单位|人均|每?[万亿]元)(?:{_OUTPUT.pattern})")


class Support:
    """Decides whether a text supports a word: it stands there, a synonym does, or most of its parts do."""

    def __init__(
        self,
        synonyms: Sequence[Sequence[str]],
        nouns: Iterable[tuple[str, Sequence[str]]] = (),
        measures: Mapping[str, re.Pattern[str]] | None = None,
        own: OwnPlace | None = None,
    ) -> None:
        """Take groups of folded words that may stand for each other, and headers with the ``nouns`` for rows.

        人 stands for the rows under 姓名, but 姓名 for no 人. ``measures`` are nouns that a figure answers (面积), and
        ``own`` the place that all documents speak of without saying so (全县).
        """
        self._own = own or OwnPlace()
        self._measures = measures or {}
        self._synonyms: dict[str, tuple[str, ...]] = {}
        for group in synonyms:
            for word in group:
                others = tuple(other for other in group if other != word)
                self._synonyms[word] = (*self._synonyms.get(word, ()), *others)
        for header, called in nouns:
            for noun in called:
                self._synonyms[noun] = (*self._synonyms.get(noun, ()), header)
        self._words = tuple(self._synonyms)
        self._listed = Listed(self._words)
        self._said = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._held = lru_cache(maxsize=_JUDGED)(self._holds)

    def substitutes(self, key: str, span: Span) -> tuple[str, ...]:
        """Return what may stand for the word at ``span`` of the question, longer phrases around it included."""
        return tuple(other for place, others in self._said(key) if place.covers(span) for other in others)

    def synonyms_in(self, key: str) -> tuple[tuple[Span, tuple[str, ...]], ...]:
        """Return where words that others may stand for are in the folded question, with these."""
        return self._said(key)

    def _find(self, key: str) -> tuple[tuple[Span, tuple[str, ...]], ...]:
        """Return where words with substitutes stand in the question, with these; recent ones are remembered."""
        return tuple((span, self._synonyms[self._words[number]]) for number, span in self._listed.places(key))

    def holds(self, key: str, span: Span, context: str) -> bool:
        """Return whether ``context`` supports the word at ``span`` of the folded question ``key``.

        A word of four characters or more is supported where at least half of it stands there in pieces of two or
        more (野生动物园提升 in 鄂尔多斯野生动物园); a figure, or a name that ends like a place or an agency, only as a
        whole: 阿拉善海子 is not 阿拉善盟. What is said in short is supported by its long form.

        Recent ones are remembered: a question is judged beside each passage, and each time beside its whole document.
        """
        return self._held(key, span, context)

    def _holds(self, key: str, span: Span, context: str) -> bool:
        word = span.of(key)
        if _OUTPUT.fullmatch(word) and _PER_OUTPUT.search(key) is None:
            context = _PER_OUTPUT.sub("", context)  # 单位GDP能耗 says nothing of GDP
        if word.isdigit():
            figures = re.finditer(rf"(?<!\d){word}(?!\d)", context)
            return any(not _is_of_other_kind(key[span.end :], context[match.end() :]) for match in figures)
        if (
            self._own.is_named(word, key)
            or word in context
            or any(other in context for other in self.substitutes(key, span))
        ):
            return True
        if _stands_in_other_letters(word, context):
            return True
        if word in self._measures:
            return self._measures[word].search(context) is not None
        if (undone := _NOT_YET.fullmatch(word)) is not None and f"未{undone['done']}" in context:
            return True
        if _says_shorter(word, context) or _says_in_brackets(word, context):
            return True
        if len(word) < _LEAST_PARTIAL or _FIGURE.search(word) or _UNIT_OF_GOVERNMENT.search(word):
            return False
        if (party := _PARTY.fullmatch(word)) is not None:
            # 供热 and 单位 far from each other are no 供热单位.
            return re.search(f"{party['of'][:_PAIR]}{_BETWEEN}{party['noun']}", context) is not None
        blocks = common_blocks(word, context)
        found = sum(block.end - block.start for block in blocks)
        # The end of a compound says what it is: 领导小组办公室 is an office, not the group.
        return found / len(word) > _HALF and blocks[-1].end == len(word)

    def states(self, key: str, span: Span, context: str) -> bool:
        """Return whether ``context`` holds the word at ``span`` whole, or one that may stand for it."""
        word = span.of(key)
        if word in context or any(other in context for other in self.substitutes(key, span)):
            return True
        return _TOWN.fullmatch(word) is not None and _says_town(word, context)

    def unsupported(self, key: str, words: Iterable[Span], context: str) -> tuple[Span, ...]:
        """Return the words that ``context`` does not support, neighbours joined."""
        return join(span for span in words if not self.holds(key, span, context))


def _is_of_other_kind(asked: str, said: str) -> bool:
    """Return whether two figures, by what stands behind them, are of two kinds: 100岁 is no 100元."""
    found = (match["unit"] for text in (asked, said) if (match := _UNIT_BEHIND.match(text)) is not None)
    units = [_SAME_UNITS.get(unit, unit) for unit in found]
    if len(units) < _PAIR or not MEASURE_WORDS.isdisjoint(units):
        return False
    one, other = units
    return one not in other and other not in one


def _stands_in_other_letters(word: str, context: str) -> bool:
    """Return whether a Roman numeral stands in the context in other letters: Ⅲ类 and III类, but no Ⅱ类 in III类."""
    if (graded := _GRADED.search(word)) is not None:
        ways = ROMAN_OF[graded["number"]]
        return any(re.search(rf"(?<![a-zⅰ-ⅹ]){way}{graded['of']}", context) for way in ways)
    if _ROMAN_LETTER.search(word) is None:
        return False
    spelt = [(word.translate(spelling), context) for spelling in _ROMAN]
    if word[0] in "iv":
        spelt += [(word, context.translate(_ROMAN[0]))]
    changed = [(one, text) for one, text in spelt if one != word or text != context]
    return any(re.search(rf"(?<![a-z]){re.escape(one)}", text) for one, text in changed)


def _says_shorter(word: str, context: str) -> bool:
    """Return whether ``context`` has what ``word`` is short for: an agency, a verb with its object, a verb and 好."""
    if len(word) == _PAIR and word[1] in _DONE:
        return word[0] in context
    if not all(character in context for character in word):
        return False  # whatever is left out of a word, none of its characters is
    if _AGENCY.fullmatch(word):
        return re.search(_GAP.join(word), context) is not None
    if _TOWN.fullmatch(word):
        return _says_town(word, context)
    if len(word) != _PAIR or word[0] not in _DOES:
        return False
    return _says_longer(word[0], word[1], context)


def _says_town(word: str, context: str) -> bool:
    """Return whether ``context`` has a town by its whole name behind the county it lies in: 甲镇, 前旗甲乙丙镇."""
    return re.search(rf"[旗区县市州盟、，]{word[0]}[\u3400-\u9fff]{{1,4}}?{word[1]}", context) is not None


def _says_in_brackets(word: str, context: str) -> bool:
    """Return whether ``context`` has ``word`` with brackets in it: 河（湖）长制 says 河长制, and 县（区） 县区."""
    if len(word) < _LEAST_BRACKETED or not all(character in context for character in word):
        return False
    if re.search(_BRACKET.join(map(re.escape, word)), context) is not None:
        return True
    return any(f"{word[:at]}({word[at:]})" in context for at in range(1, len(word)))


def _says_longer(verb: str, thing: str, context: str) -> bool:
    """Return whether ``context`` has a verb of two characters and a noun of two with these in them: 内涝治理."""
    at = context.find(verb)
    while at >= 0:
        before, behind = context[max(at - _PAIR, 0) : at], context[at + 1 : at + 1 + _PAIR + 1]
        if _is_longer(before, thing) and _HAN.match(behind):
            return True
        if _HAN.match(behind) and _is_longer(behind[1:], thing):
            return True
        at = context.find(verb, at + 1)
    return False


def _is_longer(pair: str, thing: str) -> bool:
    """Return whether a pair is ``thing`` with another character: 内涝 for 涝."""
    return len(pair) == _PAIR and any(pair[i] == thing and _HAN.match(pair[1 - i]) for i in range(_PAIR))


def join(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order with those that touch made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and joined[-1].end >= span.start:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def common(groups: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """Return the stretches that lie in a span of every group."""
    held = [{place for span in spans for place in range(span.start, span.end)} for spans in groups]
    return join(Span(place, place + 1) for place in set.intersection(*held)) if held else ()


def total_length(spans: Sequence[Span]) -> int:
    """Return how many characters ``spans`` hold together."""
    return sum(span.end - span.start for span in spans)
