"""Question words and the nouns behind them in, what they ask for out: a person, a thing or the value of a column.

Example: 哪个矿区 asks which thing, 哪个单位 who, and 哪一 of 哪一类别 asks for a column's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.understand.lexicon import Ask, Word
from assistant.understand.question import Mention, MentionKind
from corpus.models import Span

_WHICH = ("哪个", "哪家")
_WHICH_ONE = "哪一"
_PLACE_NOUN = re.compile(r"[镇乡村旗县州盟省厂]|区(?!域|间)|市(?!局|委|直)|园区|开发区|公司|企业|学校|大学|医院")
_AGENCY_NOUN = re.compile(r"[局委办厅部院会]$|单位|部门|机构|人|领导|责任|牵头")
_SEVERAL = "哪几"
_OF_ANYTHING = ("哪几家", "哪几年", "哪几个区")
"""Ask for more than the values of a column: 哪几家 for companies, 哪三个区 for 样板区、引领区、先行区."""
_HOLDS = r"(?:担任|出任|兼任|任(?!务)|当(?![地前中下])|做|负责|牵头|主管|分管|主持|挂帅|带队)"
HOW_OFTEN = re.compile(r"(?:多久|多长时间|几年|几个?月)[^，,。；;？?]{0,5}?(?P<times>一[次回遍])")
"""多久评估一次 asks how often; once is no word to be found."""
_THOSE = re.compile(r"(?<=[\u3400-\u9fff])[这那]几[个家项条座处](?!月)")
"""Points at things, and asks for no number of them: 制氢的那几个示范."""
_WHICH_OF = re.compile(
    r"哪(?:[几二两三四五六七八九十]|\d+)(?:[个项类种样条点处座家位名套份批块段篇支]|方面|部分|句话?)"
    r"|哪[二两三四五六七八九十](?![年月天日局部单旗县区市])"
)
_WHICH_POLICY = re.compile(
    r"(?:有|享受|给)(?:什么|哪些|何|啥)(?:样的)?(?:支持|扶持|优惠|鼓励|激励|奖励|帮扶)*(?:政策|待遇|优惠|奖励|福利|支持|好处)"
)
SEVERAL_PERSONS = re.compile(
    rf"哪(?:(?P<number>[二两三四五六七八九十]|\d+)|几)(?:[位名]|个人)(?:主要)?(?:领导|同志)?(?=(?:来|去|共同|一起)*{_HOLDS}|[？?。]*$)"
)
"""Asks for persons who do something (由哪两位担任, 哪几位任组长); 哪几位专家 asks for things of a kind."""


class SeveralOf:
    """What is asked for by a number of its values: 哪几个旗区, and so 哪三个旗区; 哪几个部门, and so 哪两个部门."""

    def __init__(self, words: Mapping[MentionKind, Sequence[Word]]) -> None:
        self._asked = {
            word.key.removeprefix(_SEVERAL): (kind, word.name)
            for kind, listed in words.items()
            for word in listed
            if word.key.startswith(_SEVERAL) and word.key not in _OF_ANYTHING
        }
        behind = "|".join(map(re.escape, sorted(self._asked, key=len, reverse=True)))
        self._words = re.compile(rf"哪(?:[几两二三四五六七八九十]|\d+)(?P<of>{behind})") if behind else None

    def find(self, key: str) -> Iterator[Mention]:
        """Yield what asks in words that are one, in a folded question: 哪三个旗区, 多久…一次, 哪几项, 享受什么政策."""
        for match in SEVERAL_PERSONS.finditer(key):
            yield Mention(MentionKind.ASK, Ask.WHO, Span(*match.span()))
        for match in self._words.finditer(key) if self._words else ():
            yield Mention(*self._asked[match["of"]], Span(*match.span()))
        formal = (*(m.span("times") for m in HOW_OFTEN.finditer(key)), *(m.span() for m in _THOSE.finditer(key)))
        yield from (Mention(MentionKind.FUNCTION, "words", Span(*place)) for place in formal)
        for match in (*_WHICH_OF.finditer(key), *_WHICH_POLICY.finditer(key)):
            yield Mention(MentionKind.ASK, Ask.LIST, Span(*match.span()))


def which_thing(mention: Mention, nouns: Sequence[Span], key: str) -> Mention:
    """Return 哪个 before a noun that is no agency as asking which thing, not who: 哪个矿区."""
    if mention.kind is not MentionKind.ASK or mention.name != Ask.WHO or mention.span.of(key) not in _WHICH:
        return mention
    if _PLACE_NOUN.match(key, mention.span.end):
        return replace(mention, name=Ask.WHAT)
    behind = next((span.of(key) for span in nouns if span.start == mention.span.end), "")
    return replace(mention, name=Ask.WHAT) if behind and not _AGENCY_NOUN.search(behind) else mention


def which_value(key: str, found: Sequence[Mention], taken: set[int]) -> Iterator[Span]:
    """Yield where 哪一 stands before a column, and take the place: 哪一类别."""
    for mention in found:
        span = Span(mention.span.start - len(_WHICH_ONE), mention.span.start)
        is_said = mention.kind is MentionKind.ATTRIBUTE and span.start >= 0 and span.of(key) == _WHICH_ONE
        if is_said and taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            yield span
