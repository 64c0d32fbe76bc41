"""The first words of a line in, the numbering that opens a clause there out.

Example: “（一）强化荒漠化防治提质增效行动” opens with the label “（一）”, level 2, ordinal 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import ClauseKind
from corpus.numerals import parse_chinese_integer

_N = "[零〇一二两三四五六七八九十百千]"
_UNITS = {
    "编": ClauseKind.PART,
    "篇": ClauseKind.PART,
    "章": ClauseKind.CHAPTER,
    "节": ClauseKind.SECTION,
    "条": ClauseKind.ARTICLE,
}
_UNIT_LABEL = re.compile(rf"第\s?({_N}{{1,7}}|\d{{1,4}})\s?([编篇章节条])(?:之({_N}{{1,3}}))?")
_LABELS = (
    # 一、2024年工作回顾 is a heading; 二、3、四 and 三.14 are none.
    (ClauseKind.LEVEL1, "一、", re.compile(rf"({_N}{{1,4}})\s?(?:、(?!\d+\s?[、，,])|[．.](?!\d))")),
    (ClauseKind.LEVEL2, "（一）", re.compile(rf"[（(]\s?({_N}{{1,4}})\s?[）)]")),
    (ClauseKind.LEVEL3, "1.", re.compile(r"(\d{1,3})\s?[.．](?:(?![\d.．])|(?=(?:19|20)\d\d年))")),
    (ClauseKind.LEVEL3, "1、", re.compile(r"(\d{1,3})\s?、")),
    (ClauseKind.LEVEL4, "（1）", re.compile(r"[（(]\s?(\d{1,3})\s?[）)]")),
    (ClauseKind.LEVEL4, "1)", re.compile(r"(\d{1,2})[)）](?!\d)")),
    (ClauseKind.RUN, "一是", re.compile(r"([一二三四五六七八九十]{1,3})是(?=[\S])")),
)
_INNER_UNIT = re.compile(rf"(?<=\S)[\s　]*(?=第{_N}{{1,4}}节)|[\s　]+(?=第{_N}{{1,7}}条[\s　])")
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})[.．、]?(?=[\s　]|[㐀-鿿])")
_PLAIN = re.compile(r"(\d{1,2})[ \t　]+(?=[㐀-鿿][^。；;，,：:\t]{1,20}$)")
_CIRCLED = re.compile(r"[①-⑳]")
_BULLET = re.compile(r"(?:——|──|—|●|•|■|◆|▪|▶|※)(?=\s*[^\s—─\d])")
_MARK_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_ASKED = re.compile(r"(?:问|提问|Q)\s*[:：]\s*(?=[^\n]{2,}[？?]\s*$)")
ASKED = "问："
"""The style of a question that a paper asks itself, answered by what stands below it."""
PLAIN = "1"
"""The style of a number with nothing but a blank behind it (1 总则): a numbering only where 1.1 stands below it."""
# What follows a number when running text only refers to a clause: “第三条规定的”, “第三条、第五条”.
_REFERENCE = re.compile(r"(规定|所|的|至|到|和|或|及|与|中|第|款|项|之|以|、|，|,|；|;|。|》|”|）|\))")
_DELIMITER = re.compile(r"[\s　*_【：:]|$")


@dataclass(frozen=True, slots=True)
class Label:
    """A numbering: ``style`` tells 1. from 1、; ``length`` counts its characters.

    ``prefix`` holds the leading numbers of 1.2.3; ``firm`` is false where the words might only refer to a clause
    (no blank behind 第三条), so that its place in the sequence must confirm it.
    """

    kind: ClauseKind
    style: str
    ordinal: int
    length: int
    prefix: tuple[int, ...] = ()
    firm: bool = True


def match_label(words: str, *, marks: bool = False) -> Label | None:
    """Return the numbering at the start of ``words``, or None.

    Args:
        words: the line without outer blanks.
        marks: whether ``-`` and ``*`` open list entries (Markdown).
    """
    unit = _UNIT_LABEL.match(words)
    if unit:
        return _unit_label(words, unit)
    for kind, style, pattern in _LABELS:
        match = pattern.match(words)
        if match:
            ordinal = parse_chinese_integer(match.group(1))
            if ordinal is None or match.end() == len(words):
                return None
            return Label(kind, style, ordinal, match.end())
    decimal = _DECIMAL.match(words)
    if decimal:
        numbers = tuple(int(part) for part in re.split("[.．]", decimal.group(1)))
        style = ".".join("1" * len(numbers))
        return Label(ClauseKind.LEVEL4, style, numbers[-1], decimal.end(), numbers[:-1], firm=False)
    if plain := _PLAIN.match(words):
        return Label(ClauseKind.LEVEL3, PLAIN, int(plain.group(1)), plain.end(), firm=False)
    if _CIRCLED.match(words):
        return Label(ClauseKind.LEVEL4, "①", ord(words[0]) - ord("①") + 1, 1)
    bullet = _BULLET.match(words) or (_MARK_BULLET.match(words) if marks else None)
    if asked := _ASKED.match(words):
        return Label(ClauseKind.BULLET, ASKED, 0, asked.end())
    if bullet:
        return Label(ClauseKind.BULLET, bullet.group().strip(), 0, bullet.end())
    return None


def find_inner_unit(words: str) -> re.Match[str] | None:
    """Return where a smaller unit begins on the line of a chapter's title: “总则　　第一条 为规范…”."""
    return _INNER_UNIT.search(words)


def _unit_label(words: str, match: re.Match[str]) -> Label | None:
    ordinal = parse_chinese_integer(match.group(1))
    rest = words[match.end() :]
    firm = _DELIMITER.match(rest) is not None
    if ordinal is None or (not firm and _REFERENCE.match(rest)):
        return None
    kind = _UNITS[match.group(2)]
    inner = find_inner_unit(rest)
    title = rest[: inner.start()] if inner else rest
    if kind is not ClauseKind.ARTICLE and re.search("[。；]", title):
        return None  # a chapter has a title; a sentence that begins with 第一章 only speaks of it
    return Label(kind, match.group(2), ordinal, match.end(), firm=firm)
