"""A follow-up that asks the same again in, what it says anew and how many figures or years it repeats out.

Example: 农牧业行动的这两个数呢 → 农牧业行动, 2 figures; 城镇呢，同样两个年份 → 城镇, 2 years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.understand.attributes import GROUP_COLUMN
from assistant.understand.lexicon import Lexicon
from assistant.understand.question import Mention, MentionKind
from assistant.understand.turn import Turn, words_of
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.numerals import parse_chinese_integer

_DIGITS = r"(?:19|20)\d\d"
_YEAR = re.compile(rf"{_DIGITS}(?=年|[、和与及]{_DIGITS})")
_COUNT = r"(?P<count>[一两二三四五六几]|[1-6])"
_ENDING = r"(?:又|都|也|分别|各自?|是|有|为|多少|怎么样|如何|呢|[？?。！!\s])*"
_FIGURES = re.compile(r"(?:数字?|数[据值]|指标值)$")
_BETWEEN = r"[的在，,、；;：:\s]*"
_OF_ORDER = frozenset({"max", "min", "rank"})
_OF_FIGURES = frozenset({"sum", "average", "share"})


@dataclass(frozen=True, slots=True)
class Again:
    """What a follow-up repeats.

    Attributes:
        said: What says so: 这两个数.
        anew: What it says besides.
        count: How many figures or years are repeated; 0 where it says no number.
        of_years: Whether years are repeated: what is asked stays too.
        years: The years that it repeats by name.
    """

    said: str
    anew: str
    count: int
    of_years: bool
    years: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Return whether it can mean nothing else: 这两个指标 may be rows, 这两个数 are figures."""
        return self.count > 1 and (self.of_years or _FIGURES.search(self.said) is not None)


class Repeats:
    """Knows the words that ask the same again."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the words of conversation from ``lexicon``."""
        words = {
            name: words_of(lexicon.conversation, name)
            for name in ("same_year", "again", "again_these", "figures", "years", "years_kept")
        }
        same = rf"(?:(?:{words['again']})(?:的|是)*)+"
        these = rf"(?:{same}(?:{words['again_these']})?|(?:{words['again_these']}))"
        self._same_year = re.compile(words["same_year"])
        self._several_years = re.compile(rf"{these}{_COUNT}个?(?:{words['years']})")
        dated = rf"(?P<dated>{_DIGITS}年?(?:[和、与及]{_DIGITS}年?)*)"
        self._years = _set_apart(
            rf"{these}{_COUNT}个?(?:{words['years']})(?:的?(?:{words['figures']}))?|{same}(?:年份|年度)"
            rf"|{words['years_kept']}|{same}{dated}|(?:{same})?(?:{words['same_year']})"
        )
        counted = rf"{_COUNT}(?:[个项样组](?:{words['figures']})?|(?:{words['figures']}))"
        self._figures = _set_apart(rf"{these}(?:{counted}|[个项一]*{_FIGURES.pattern[:-1]})")

    def find(self, text: str) -> Again | None:
        """Return what ``text`` repeats and says besides; None where it does not do both."""
        for patterns, of_years in ((self._years, True), (self._figures, False)):
            if match := next((found for one in patterns if (found := one.fullmatch(text))), None):
                said = match.groupdict()
                number = said["count"] or ("" if of_years else "1")
                years = tuple(re.findall(r"\d{4}", said.get("dated") or ""))
                return Again(said["said"], said["anew"], parse_chinese_integer(number) or 0, of_years, years)
        return None

    def with_years(self, text: str, standing: Sequence[str]) -> str:
        """Return ``text`` with the years last spoken of for what points at them: 同一年, 这两年."""
        years = (tuple(dict.fromkeys(_YEAR.findall(one))) for one in reversed(standing))
        last = next((found for found in years if found), ())
        several = self._several_years.search(text)
        if several is not None and parse_chinese_integer(several["count"]) == len(last) > 1:
            return f"{text[: several.start()]}{'、'.join(f'{year}年' for year in last)}{text[several.end() :]}"
        return self._same_year.sub(f"{last[-1]}年", text, count=1) if last else text


def _set_apart(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a text that says something before or behind what ``pattern`` matches, and not both."""
    behind = rf"(?P<anew>.+?){_BETWEEN}(?P<said>{pattern}){_ENDING}"
    return re.compile(behind), re.compile(rf"(?P<said>{pattern}){_ENDING}[，,；;：:]+(?P<anew>.+?){_ENDING}")


def repeated(again: Again, turns: Sequence[Turn]) -> range:
    """Return which of the earlier questions are asked again, by their places; empty where what is said fits none.

    The last one, if it asks as many things or of as many years; else as many of the last as ask one thing each.
    """
    end, last = len(turns), turns[-1]
    if again.of_years:
        years = last.question.years
        fits = bool(years) and again.count in (0, len(years)) and (not again.years or set(again.years) == set(years))
        return range(end - fits, end)
    asked = [0 if turn.is_order else things_asked(turn) for turn in turns]
    if asked[-1] == again.count or (asked[-1] > 1 and not again.count):
        return range(end - 1, end)
    single = len(list(takewhile(lambda things: things == 1, reversed(asked))))
    count = again.count or single
    return range(end - count, end) if 1 < count <= single else range(0)


def things_asked(turn: Turn) -> int:
    """Return how many things a question asks of what it names: a count and a sum are 2, a figure of two years is 2.

    What rows are added up or put in order by is asked once; who does what sets a condition (能源局牵头几个项目).
    """
    attributes = {mention.name for mention in turn.question.mentions if _is_asked(mention, turn)}
    operations = {name for name in turn.operations if name in (*_OF_FIGURES, *_OF_ORDER, "count")}
    figures = len(attributes) + len(operations) - bool(attributes and operations - {"count"})
    return max(figures, 1) * max(len(turn.question.years), 1)


def _is_asked(mention: Mention, turn: Turn) -> bool:
    """Return whether an attribute is asked for: no class noun, no part of a name, and not what a value stands by."""
    span, named = mention.span, turn.named
    if mention.kind is not MentionKind.ATTRIBUTE or span.of(turn.question.key) in turn.nouns:
        return False
    if named is not None and named.overlaps(span):
        return False
    of_rows = [m.span.end for m in turn.values if any(ref.column > GROUP_COLUMN for ref in m.refs)]
    stands_by = mention.name in AGENCY_ATTRIBUTES and span.start in of_rows
    return not stands_by and all(span.start >= m.span.end for m in turn.values)


def exchanged(before: str, made: str, anew: str) -> str:
    """Return what of ``before`` stands as ``anew`` in ``made``, all else being equal; empty where it does not."""
    for place in re.finditer(re.escape(anew), made):
        head, tail = made[: place.start()], made[place.end() :]
        if before.startswith(head) and before.endswith(tail) and len(head) + len(tail) < len(before):
            return before[len(head) : len(before) - len(tail)]
    return ""
