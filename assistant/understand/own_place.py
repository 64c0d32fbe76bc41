"""Documents in, the words for the place that they are about out.

Example: papers of 澜溪县 → 全县, 本县, 县里: none of them says so of each thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold
from corpus.models import ParsedDocument

_RANK = r"(?:[省市县旗州盟]|(?<!小)区|[镇乡](?!村|镇))(?![域化])"
_OF_PLACE = re.compile(
    rf"^(?:.{{0,8}}?关于)?[《“]?(?:[\u3400-\u9fff]{{2,4}}?[省市州盟])?(?P<name>[\u3400-\u9fff]{{2,7}}?(?P<level>{_RANK}))"
)
_PAID_BY = "级(?:财政|资金|补助|补贴|配套|承担|负担|奖)"
_PAYS = re.compile(r"财政|资金|经费|配套|承担|负担|出资|[补贴奖助钱款费拨掏]")
"""What asks who of several pays: there 县里 is no mere 全县."""

_FRONT = 12
_PLACE = r"(?P<place>[\u3400-\u9fff]{2,6}?(?P<rank>[省市旗县区州盟镇乡]))"
_GIVEN_FOR = re.compile(rf"(?:^|代表){_PLACE}(?:人民政府|人民代表大会常务委员会)")
_OF_A_PLACE = re.compile(r"[\u3400-\u9fff]{2}[省市旗县区州盟镇乡]")
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """The folded ``words`` for the one place of all documents, and those that may mean who ``pays`` there."""

    words: frozenset[str] = frozenset()
    pays: frozenset[str] = frozenset()

    def is_named(self, word: str, key: str) -> bool:
        """Return whether ``word`` of the folded question ``key`` says no more than that place: 全县, 县里."""
        return word in self.words or (word in self.pays and _PAYS.search(key) is None)


def own_place(documents: Sequence[ParsedDocument]) -> OwnPlace:
    """Return the words for the one place of all documents; none where they are of several places or of none."""
    named = [match for document in documents if (match := _OF_PLACE.match(document.info.title)) is not None]
    unnamed = [document for document in documents if _OF_PLACE.match(document.info.title) is None]
    # A report of few words in its title (政府工作报告) is of the place that it speaks of.
    if len({match["name"] for match in named}) != 1 or not all(named[0]["name"] in one.text for one in unnamed):
        return OwnPlace()
    level = named[0]["level"]
    words = {f"全{level}", f"本{level}", f"我{level}", f"咱{level}", f"咱们{level}"}
    inside = {f"{level}里", f"{level}上"}
    if any(re.search(level + _PAID_BY, document.text) for document in documents):
        return OwnPlace(frozenset(map(fold, words)), frozenset(map(fold, inside)))
    return OwnPlace(frozenset(map(fold, words | inside)))


@lru_cache(maxsize=_REMEMBERED)
def place_given(document: ParsedDocument) -> tuple[str, ...]:
    """Return the place that a report says at its top that it is given for, and how it is called there.

    None where the title names a place.
    """
    if _OF_A_PLACE.search(document.info.title):
        return ()
    lines = (fold("".join(line.split())) for line in document.text.split("\n")[:_FRONT])
    given = next((match for line in lines if (match := _GIVEN_FOR.search(line)) is not None), None)
    if given is None:
        return ()
    rank = given["rank"]
    return (given["place"], f"全{rank}", f"本{rank}", f"我{rank}", f"{rank}里")
