"""A question in everyday words in, the same question in plain ones out.

Example: 水利局手上的项目拢共得花多少亿 → “水利局负责的项目一共投资多少亿”.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from corpus.folding import fold
from corpus.models import Span


def in_plain_words(text: str, names: Iterable[Span] = ()) -> str:
    """Return ``text`` reworded by the rules of ``spoken.toml``; the stretches ``names`` stay as they are.

    It is returned unchanged where no rule fits.
    """
    kept = {text[span.start : span.end] for span in names}
    key = fold(text)
    for rule in _rules("rules"):
        if rule.pattern.search(key) is not None:
            text = _reword(text, key, rule.pattern, rule.plain, () if rule.drops_names else kept)
            key = fold(text)
    return text


def as_meant(text: str) -> str:
    """Return ``text`` with what is said in a way that has one meaning put plainly: 这些钱从哪来 is 资金来源是什么."""
    for rule in _rules("always"):
        text = _reword(text, fold(text), rule.pattern, rule.plain, ())
    return text


def _reword(text: str, key: str, pattern: re.Pattern[str], plain: str, kept: Iterable[str]) -> str:
    names = [Span(match.start(), match.end()) for name in kept for match in re.finditer(re.escape(fold(name)), key)]
    for match in reversed(list(pattern.finditer(key))):
        if not any(Span(*match.span()).overlaps(name) for name in names):
            text = text[: match.start()] + match.expand(plain) + text[match.end() :]
    return text


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern over the folded question and what it becomes; only some rules may take a name away with it."""

    pattern: re.Pattern[str]
    plain: str
    drops_names: bool


@lru_cache(maxsize=2)
def _rules(section: str) -> tuple[_Rule, ...]:
    raw = tomllib.loads(resources.files(__package__).joinpath("spoken.toml").read_text(encoding="utf-8"))
    return tuple(_Rule(re.compile(r["say"]), r["mean"], r.get("drops_names", False)) for r in raw[section])
