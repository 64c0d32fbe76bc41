"""ROUGE-L: an answer and the gold answer in, the F1 of their longest common subsequence of characters out.

Example: ``rouge_l("由市水利局负责。[1]", "市水利局")``: 4 characters in common, of 8 and of 4: F1 = 0.67.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\[\d+\]")


def rouge_l(answer: str, gold: str) -> float:
    """Return F1 = 2PR / (P + R), in 0…1, with P = LCS / |answer| and R = LCS / |gold|; 0.0 where either is empty.

    Units are characters, without blanks and citation marks [n]. Source: Lin 2004, sentence level, β = 1.
    """
    said, wanted = ("".join(_MARK.sub("", text).split()) for text in (answer, gold))
    if not said or not wanted:
        return 0.0
    # 2PR / (P + R) with P = n/a, R = n/g is 2n / (a + g).
    return 2 * _common(said, wanted) / (len(said) + len(wanted))


def _common(first: str, second: str) -> int:
    """Return the length of the longest common subsequence, a row of the usual table as the bits of one number.

    Source: Hyyrö 2004, bit-parallel LCS: a bit that is cleared stands for one more character in common.
    """
    places: dict[str, int] = {}
    for number, character in enumerate(first):
        places[character] = places.get(character, 0) | 1 << number
    whole = (1 << len(first)) - 1
    row = whole
    for character in second:
        kept = row & places.get(character, 0)
        row = ((row + kept) | (row - kept)) & whole
    return len(first) - row.bit_count()
