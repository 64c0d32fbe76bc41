"""A question and the segments of a found chunk in, what speaks for each segment being the answer out, as numbers.

Example: for 延期到哪天 the segment “延长至2月24日” holds a date, stands behind the words that the question repeats, and
says what the question does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.respond.reading.segments import Segment

Numbers = NDArray[np.float64]
FORMS = tuple(
    re.compile(form)
    for form in (
        r"\d",
        r"\d+(?:\.\d+)?(?:%|‰|个百分点)|百分之",
        r"\d+(?:\.\d+)?[万亿]?(?:元|美元)",
        r"\d[\d,.]*[余多]?(?:万|亿)?[^\d\s%年月日时点分:、,.。()]{1,2}",
        r"\d{4}年|\d+月|\d+日|\d+时|\d+个(?:月|工作日)|\d+天|之日|每年|每月|每日|期间|起$",
        r"\d{3,4}-?\d{6,8}|1\d{10}|\b1\d{4}\b",
        r"https?:|www\.|网站|app|公众号|平台|小程序|电话|邮箱",
        r"[局委办部厅院组会司队站]|中心|政府|单位|企业|公司",
        r"、",
        r"(?:、[^、]+){2,}",
        r"《[^》]+》",
        r"“[^”]+”",
        r"^\s*(?:[一二三四五六七八九十]+[、是要]|[((]?[一二三四五六七八九十\d]+[))、.]|第[一二三四五六七八九十]+[、,条]?)",
        r"^(?:对|对于|凡|在|为了?|按照|根据|自|从|当|如|若)",
        r"^(?:由|将|可|要|应|须|不得|不|暂停|实行|通过|采取|加强|建立|免|给予|予以|至|达|提供|按)",
        r"是指|即|为|是",
        r"以便|确保|为了|由于|因为|从而|保障|防止|目的",
        r"不得|禁止|严禁|暂停|取消|不予|不再|不能|无需|可以|允许|应当|必须",
        r"省|市|县|区|镇|村|路|街|楼|号",
    )
)
_PLACES = 4


OWN, LENGTH, FRESH = 0, 28, 29
"""Columns of the features: what a segment holds of the question, its characters, its share of what is new."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the reader needs it.

    ``grams`` are its content bigrams with their weights, ``words`` its words likewise, ``kinds`` one 0 or 1 for each
    kind of question, ``focus`` the content characters next to the question word, ``substitutes`` what may stand for a
    pair or word.
    """

    key: str
    grams: dict[str, float]
    words: dict[str, float]
    kinds: tuple[float, ...]
    focus: str
    substitutes: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """A found chunk: its segments, the folded headings above it, and how well the search found it (rank from 1)."""

    segments: tuple[Segment, ...]
    above: str
    rank: int
    lexical: float
    cosine: float


def page_features(asked: Asked, page: Page) -> Numbers:
    """Return one row of features for each segment of ``page``."""
    keys = [segment.key for segment in page.segments]
    sentences = [segment.sentence for segment in page.segments]
    held = _held(asked, asked.grams, keys)
    weights = np.array(list(asked.grams.values())) if asked.grams else np.zeros(1)
    total = float(weights.sum()) or 1.0
    own = held @ weights / total
    words = _held(asked, asked.words, keys)
    word_weights = np.array(list(asked.words.values())) if asked.words else np.zeros(1)
    own_words = words @ word_weights / (float(word_weights.sum()) or 1.0)
    by_sentence = np.zeros((sentences[-1] + 1, held.shape[1]))
    np.maximum.at(by_sentence, sentences, held)
    whole = by_sentence @ weights / total
    left = np.maximum.accumulate(np.vstack([np.zeros((1, held.shape[1])), held[:-1]]))
    left_sentence = _left_of_sentence(held, sentences)
    above = _held(asked, asked.grams, [page.above])[0]
    union = np.maximum(by_sentence, above) @ weights / total
    page_all = held.max(axis=0) @ weights / total
    best = int(own.argmax())
    rows = []
    for i, segment in enumerate(page.segments):
        s = sentences[i]
        first = i == 0 or sentences[i - 1] != s
        last = i + 1 == len(keys) or sentences[i + 1] != s
        fresh = _fresh(asked, segment.key)
        near = [own[j] if 0 <= j < len(keys) else 0.0 for j in (i - 2, i - 1, i + 1, i + 2)]
        rows.append(
            [
                own[i], own_words[i], *near, whole[s], union[s],
                whole[s - 1] if s else 0.0, whole[s + 1] if s + 1 < len(whole) else 0.0,
                float(left_sentence[i] @ weights / total), float(np.maximum(left_sentence[i], above) @ weights / total),
                float(left[i] @ weights / total), float(above @ weights / total), page_all,
                own[i] - own[best], whole[s] - whole.max(), union[s] - union.max(), i - best, abs(i - best),
                float(sentences[best] == s), s - sentences[best],
                float(first), float(last), i, len(keys) - i, s, len(whole) - s,
                len(segment.key), fresh, fresh * len(segment.key),
                share_of(asked.focus, segment.key), share_of(asked.focus, keys[i - 1]) if i else 0.0,
                share_of(asked.focus, "".join(k for k, t in zip(keys, sentences, strict=True) if t == s)),
                _run(asked.key, segment.key),
                page.rank, page.lexical, page.cosine,
                _mark(segment.mark), _mark(page.segments[i - 1].mark) if i else -1.0,
                *(float(form.search(segment.key) is not None) for form in FORMS),
                *asked.kinds,
            ]
        )  # fmt: skip
    return np.array(rows, dtype=float)


def _held(asked: Asked, terms: dict[str, float], keys: Sequence[str]) -> Numbers:
    """Return which of ``terms`` (columns) stand in which of ``keys`` (rows), themselves or by a substitute."""
    if not terms:
        return np.zeros((len(keys), 1))
    ways = [(term, *asked.substitutes.get(term, ())) for term in terms]
    return np.array([[float(any(way in key for way in known)) for known in ways] for key in keys])


def _left_of_sentence(held: Numbers, sentences: Sequence[int]) -> Numbers:
    """Return for each segment which terms stand before it in its sentence."""
    out = np.zeros_like(held)
    for i in range(1, len(sentences)):
        if sentences[i] == sentences[i - 1]:
            out[i] = np.maximum(out[i - 1], held[i - 1])
    return out


def _fresh(asked: Asked, key: str) -> float:
    """Return the share of a segment's pairs that the question does not hold."""
    pairs = [key[i : i + 2] for i in range(len(key) - 1)]
    return sum(pair not in asked.key for pair in pairs) / len(pairs) if pairs else 1.0


def share_of(word: str, key: str) -> float:
    """Return how much of ``word`` (by pairs of characters) stands in ``key``."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(pair in key for pair in pairs) / len(pairs) if pairs else 0.0


def _run(key: str, other: str) -> float:
    """Return the length of the longest run of characters that both hold."""
    longest = 0
    for i in range(len(key)):
        while i + longest < len(key) and key[i : i + longest + 1] in other:
            longest += 1
    return float(longest)


def _mark(mark: str) -> float:
    return float("，,、；;：:。！!？?\n”）)".find(mark)) if mark else -2.0
