"""The segments of a found chunk in, what of them no question changes out: their places, forms and marks, as numbers.

Example: “延长至2月24日，” is the second segment of its sentence, ends in a comma and holds a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

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

_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True)
class PageText:
    """The segments of a chunk, one at least, and the folded headings above it."""

    segments: tuple[Segment, ...]
    above: str

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the folded segments."""
        return tuple(segment.key for segment in self.segments)

    @cached_property
    def pairs(self) -> tuple[tuple[str, ...], ...]:
        """Return the pairs of neighbouring characters of each segment."""
        return tuple(tuple(key[i : i + 2] for i in range(len(key) - 1)) for key in self.keys)

    @cached_property
    def sentences(self) -> NDArray[np.int64]:
        """Return the number of each segment's sentence; they count from 0 and none is left out."""
        return np.array([segment.sentence for segment in self.segments])

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Return the place of the first segment of each sentence."""
        return np.flatnonzero(np.diff(self.sentences, prepend=-1))

    @cached_property
    def sentence_keys(self) -> tuple[str, ...]:
        """Return the folded sentences."""
        ends = (*self.starts[1:], len(self.keys))
        return tuple("".join(self.keys[start:end]) for start, end in zip(self.starts, ends, strict=True))

    @cached_property
    def lengths(self) -> Numbers:
        """Return the characters of each segment."""
        return np.array([len(key) for key in self.keys], dtype=float)

    @cached_property
    def places(self) -> Numbers:
        """Return where each segment stands: first or last of its sentence, from both ends of page and sentences."""
        number, count = np.arange(len(self.keys)), len(self.starts)
        first = np.isin(number, self.starts)
        last = np.append(first[1:], True)
        columns = (first, last, number, len(number) - number, self.sentences, count - self.sentences)
        return np.stack(columns, axis=1).astype(float)

    @cached_property
    def marks(self) -> Numbers:
        """Return which mark ends each segment, and which the one before it."""
        ends = [_mark(segment.mark) for segment in self.segments]
        return np.array([ends, [-1.0, *ends[:-1]]]).T

    @cached_property
    def counts(self) -> Numbers:
        """Return how many listing marks and how many figures each segment holds."""
        return np.array([[key.count("、"), len(_FIGURE.findall(key))] for key in self.keys], dtype=float)

    @cached_property
    def forms(self) -> Numbers:
        """Return which of ``FORMS`` each segment holds."""
        return np.array([[float(form.search(key) is not None) for form in FORMS] for key in self.keys])


def _mark(mark: str) -> float:
    return float("，,、；;：:。！!？?\n”）)".find(mark)) if mark else -2.0
