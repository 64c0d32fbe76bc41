"""A follow-up that names things by their place in a list and the questions before it in, the things called by name out.

Example: after 科技局牵头的项目有哪些, 第二个项目的建设时间 → “高新技术企业培育行动项目的建设时间”.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto

from assistant.understand.earlier import Earlier
from assistant.understand.exchange import exchange_ordinal
from assistant.understand.ordinals import NTH, Beyond, of_list, position
from assistant.understand.recalled import Picked, Recall, Recalled
from assistant.understand.topic import without_asking
from assistant.understand.turn import Turn, simplified
from corpus.numerals import parse_chinese_integer

_COUNTER = r"(?:[个项条位名家类种点]|方面|行)"
_AMONG = re.compile(r"^(?:其中|里面)的?")
_NTH = re.compile(rf"(?:{NTH}){_COUNTER}(?:项目|指标|工程)?的?")
_SEVERAL = re.compile(
    rf"(?P<end>前面?|头|最后|后面?|末|倒数)(?P<count>[两二三四五六七八九十]+|\d{{1,2}}){_COUNTER}(?:项目|指标|工程)?的?"
)
_REST = re.compile(
    r"(?:其余|剩余|剩下|余下|其[他它]|另外|别的|不是(?=的))"
    rf"(?:的?(?P<these>[这那])?的?(?P<count>[一两二三四五六七八九十]+|\d{{1,2}}|几){_COUNTER}(?:项目|指标|工程|专家|人)?"
    r"|的?[这那][个项位些](?:项目|指标|工程|专家|人)?|的?(?:项目|指标|工程|专家|人)|的|(?=[呢？?]|$))的?"
)
_MOST_LEFT = 20
_NAMES_FIRST = re.compile(r"^(?:都|分别)?(?:是|有)(?:哪几?[个些项位]|谁|什么)[，,]")
_WHICH_ONE = re.compile(r"^(?:是|叫)(?:什么|哪一?个|啥|谁|哪一?项)(?:项目|指标|名字)?[？?]*$")
_NAMES = re.compile(
    r"^(?:(?:分别)?(?:都|各)?(?:是|叫|为|有)?(?:什么|哪一?[个项些]|哪几?[个项]|啥|谁)?(?:名字|名称)?[呢？?]*)$"
)


class _Kind(Enum):
    """What a list lists."""

    ROWS = auto()
    HEADINGS = auto()
    WORDS = auto()


class Positions:
    """Finds what stands at a place of a list that an earlier answer gave."""

    def __init__(self, read: Callable[[str], Turn], nouns: frozenset[str]) -> None:
        """Take what reads a turn and the class nouns."""
        self._read, self._nouns = read, nouns

    def pick(self, text: str, recall: Recall) -> str | Beyond:
        """Return ``text`` with the row of a list that it names by number called by name: 能源局牵头的第二个项目."""
        match = of_list(text)
        head = self._read(text[: match.start()]) if match is not None else None
        if match is None or head is None or not head.has_condition or head.is_order:
            return text  # 按投资从高到低排，第二位 is a place in that order
        nouns = (match["noun"], head.noun.of(head.text) if head.noun is not None else None, *sorted(self._nouns))
        rows = head.rows() or f"{head.text.removesuffix('的')}的{next(filter(None, nouns))}"
        listed = recall(f"{rows}有哪些").rows
        number = position(match, len(listed))
        if number is None:
            return Beyond(match.group().strip("的中里面"), rows, len(listed)) if listed else text
        rest = _WHICH_ONE.sub("", text[match.end() :].lstrip("的"))
        return self._asked_of(listed[number - 1], rest)

    def nth(self, turn: Turn, earlier: Earlier, recall: Recall) -> str | Picked:
        """Return the question about what stands at a place of the last list; empty where none is named."""
        if found := exchange_ordinal(turn, earlier.before):
            return found
        if left := self._rest(turn, earlier):
            return left
        text = _AMONG.sub("", turn.text)
        one, several = _NTH.match(text), _SEVERAL.match(text)
        if one is None and (several is None or earlier.before.is_order):
            return ""
        match = one or several
        assert match is not None
        by, listed, kind = self._last_list(earlier, recall)
        rest = text[match.end() :].lstrip("的")
        places = _places(one, several, len(listed))
        if not places:
            rows = earlier.before.rows() if listed else without_asking(earlier.before.text) if earlier.is_prose else ""
            return f"{rows}中{text}" if rows else ""
        items = tuple(listed[place - 1] for place in places)
        if _NAMES.fullmatch(rest) is not None and (len(items) > 1 or _is_only_named(kind, rest)):
            asked = match.group().rstrip("的")
            return Picked(asked, items, by, f"{without_asking(simplified(by))}中{asked}{rest or '是什么'}")
        return self._of_items(items, rest, earlier.before)

    def _rest(self, turn: Turn, earlier: Earlier) -> str | Picked:
        """Return what is asked of the rows of the last list that were not spoken of since: 其余三个合计多少."""
        match = _REST.match(turn.text)
        if match is None:
            return ""
        count = parse_chinese_integer((match["count"] or "").replace("两", "二"))
        if (rest := earlier.rest(count)) is None:
            told = match["these"] and not earlier.recalled.is_passage and earlier.recalled.rows
            # 剩下这几个 behind 其余三个 are these.
            return self._asked_of("、".join(told), turn.text[match.end() :]) if told else ""
        by, items = rest
        if len(items) > _MOST_LEFT or (count is not None and count != len(items)):
            return ""
        asked = _NAMES_FIRST.sub("", turn.text[match.end() :])
        if _NAMES.fullmatch(asked) is None or (not asked and earlier.before.is_of_one):
            return self._of_items(items, asked, earlier.before)
        said = match.group().rstrip("的")
        return Picked(said, items, by, f"{without_asking(simplified(by))}中{said}{asked or '是什么'}")

    def _of_items(self, items: tuple[str, ...], rest: str, before: Turn) -> str:
        """Return what is asked of the things: the rest of the turn, else what was asked of the last thing."""
        names = "、".join(items)
        if not rest and (named := before.named) is not None:
            return before.text[: named.start] + names + before.text[named.end :]
        return self._asked_of(names, rest)

    def _asked_of(self, names: str, rest: str) -> str:
        return f"{names}{'的' if not rest or self._read(rest).starts_with_noun else ''}{rest or '情况'}"

    def _last_list(self, earlier: Earlier, recall: Recall) -> tuple[str, tuple[str, ...], _Kind]:
        """Return the last question that a list answered, the list, and what it lists; questions may stand between."""
        for one in reversed(earlier.standing):
            text = one.text if one.picked is None else one.picked.listed_by
            names, kind = _listed(recall(text))
            of_one = one.picked is None and kind is not _Kind.WORDS and self._read(simplified(text)).named is not None
            if len(names) > 1 and not of_one:
                return text, names, kind
        return "", (), _Kind.ROWS


def _listed(recalled: Recalled) -> tuple[tuple[str, ...], _Kind]:
    if not recalled.listed:
        return recalled.rows, _Kind.ROWS
    return recalled.listed, _Kind.HEADINGS if recalled.listed == recalled.rows else _Kind.WORDS


def _is_only_named(kind: _Kind, rest: str) -> bool:
    """Return whether the answer is the name itself: of a row all cells are told, of a clause its text (是什么)."""
    return kind is _Kind.WORDS or (kind is _Kind.HEADINGS and not rest.startswith("是"))


def _places(one: re.Match[str] | None, several: re.Match[str] | None, size: int) -> tuple[int, ...]:
    """Return which of ``size`` things are named, counted from 1; empty where one of them is beyond."""
    if one is not None:
        number = position(one, size)
        return () if number is None else (number,)
    assert several is not None
    count = parse_chinese_integer(several["count"].replace("两", "二")) or 0
    if not 1 <= count <= size:
        return ()
    return tuple(range(1, count + 1)) if several["end"][0] in "前头" else tuple(range(size - count + 1, size + 1))
