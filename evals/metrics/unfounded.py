"""What an answer says beside the gold: its words and what is known in, what no reader should find there out.

Example: to “计划投资多少” the answer “8.9亿元或7.5亿元” hedges, and 7.5亿元 stands in nothing that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from evals.metrics.folding import fold, plain
from evals.metrics.list_scores import COUNTERS
from evals.metrics.stated_phrase import states_phrase

_HEDGES = ("或", "还是", "可能", "也许", "大概", "要么")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_SENTENCE = re.compile(r"[^。！？?；;]+[。！？?；;]*(?:\[\d+\])*")
_FOUNDED = re.compile(r"[没未无不非缺]|\[\d+\]|[“《？?]")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")


def hedges(sentence: str, shown: str) -> tuple[str, ...]:
    """Return the words by which ``sentence`` leaves open what holds, without those of ``shown`` (question, quotes)."""
    return tuple(word for word in _HEDGES if word in sentence and word not in shown)


def unfounded_figures(answer: str, units: Collection[str], shown: str, gold: Collection[str]) -> tuple[str, ...]:
    """Return the figures in one of ``units`` that stand neither in ``shown`` nor among the ``gold`` numbers.

    ``shown`` is all that the answer shows for its figures: question, quotes, table, calculation. Figures in a counter
    (个, 项) are left out: an answer counts what it lists.
    """
    known = {Decimal(number) for number in (*_FIGURE.findall(plain(shown)), *gold)}
    return tuple(dict.fromkeys(said for said, number in _figures(plain(answer), units) if number not in known))


def other_names(sentence: str, names: Collection[str], allowed: str) -> tuple[str, ...]:
    """Return the ``names`` of other cells that ``sentence`` says, words alone; part of ``allowed`` is no other name."""
    words = [name for name in names if _WORD.search(name)]
    return tuple(name for name in words if states_phrase(sentence, name) and fold(name) not in fold(allowed))


def misplaced_figures(answer: str, column: str, figures: Collection[str]) -> tuple[str, ...]:
    """Return those of ``figures``, which other columns hold, that ``answer`` says right behind ``column``."""
    said = fold(answer)
    near = rf"{re.escape(fold(column))}[^\d,。;、()]{{0,6}}"
    return tuple(figure for figure in figures if re.search(rf"{near}{re.escape(figure)}(?![\d.])", said))


def bare_claims(refusal: str) -> tuple[str, ...]:
    """Return the sentences of a refusal that claim something out of nothing: they deny nothing, cite and quote nothing.

    Questions and lines of a listing are left out.
    """
    lines = [line for line in refusal.splitlines() if not line.lstrip().startswith(("-", "*"))]
    sentences = [match[0].strip() for line in lines for match in _SENTENCE.finditer(line)]
    return tuple(said for said in sentences if _WORD.search(said) and not _FOUNDED.search(said))


def _figures(text: str, units: Collection[str]) -> Iterator[tuple[str, Decimal]]:
    for unit in units:
        if not unit or unit in COUNTERS:
            continue
        for match in re.finditer(rf"{_FIGURE.pattern}\s*{re.escape(plain(unit))}", text):
            yield match[0], Decimal(_FIGURE.search(match[0])[0])  # type: ignore[index]
