"""The lines of a document in, its title lines, status, contents list and signatures out.

Example: the first line “…三年行动方案” is the title, “（征求意见稿）” below it the status.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Span
from corpus.numbering import match_label
from corpus.raw import Line

_TITLE_END = re.compile(
    r"(方案|办法|规定|条例|通知|意见|决定|法|规划|纲要|报告|细则|批复|公告|通告|计划|措施|要点|制度|指南|标准|"
    r"准则|规程|规则|章程|命令|令|函|议案|纪要|通报|政策|说明|指引|清单|预案|告知[书单]|须知|问答|手册|公开信|倡议书|承诺书)"
    r"\s*([（(][^（）()]{1,40}[）)])?\s*$"
)
_BRACKETED = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]$")
_NUMBER = re.compile(r"\S{0,20}[〔\[（(［【]\s*(?:19|20)\d\d\s*[〕\]）)］】]\s*第?\s*\d+\s*号")
_STATUS = re.compile(
    r"[（(]\s*((?:修订|修正|修改)?(?:草案|稿)?(?:公开)?征求意见稿|(?:修订|修正|修改)?草案|试行|暂行|送审稿|讨论稿|修订稿|已废止|废止|失效)"
    r"\s*[）)]"
)
_DATE = re.compile(r"(?:(?:19|20)\d\d|[二一][〇○零Ｏ0九一二三四五六七八O]{3})\s*年.{1,4}月.{1,4}日$")
_ENDED = re.compile(r"[。；;：:！？，,、]$")
_NUMBERED_TABLE = re.compile(r"附?[表图]\s*[\d一二三四五六七八九十]")
_ISSUED = re.compile(r"(?P<date>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:印发|发布|公布|颁布|施行|通过)")
_GIVEN = re.compile(
    r"^[\s　（(—\-]*(?P<date>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*"
    r"在[^\n，。；]{4,40}[会议]上[\s　）)]*$",
    re.MULTILINE,
)
_SEAL = re.compile(r"[（(](?:公章|盖章|印章|章)[）)]")
_CONTENTS = re.compile(r"目[\s　]*[录次]$")
_FRONT = 8
_LONGEST_TITLE = 120
_LONGEST_SIGNATURE = 60


def find_title(text: str, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return (number of the title line, number after the last line of the title block), or None.

    The block takes a document number, a repeated title and bracketed lines right below the title.
    """
    at = _title_line(text, lines)
    if at is None:
        return None
    title = lines[at].content.of(text)
    after = at + 1
    while after < len(lines):
        words = lines[after].content.of(text)
        if not (_BRACKETED.match(words) or _NUMBER.match(words) or _same(words, title)):
            break
        after += 1
    return at, after


def _title_line(text: str, lines: Sequence[Line]) -> int | None:
    front = [line.content.of(text) for line in lines[:_FRONT]]
    for number, words in enumerate(front):
        if lines[number].depth == 1 and match_label(words) is None:
            return number
        if match_label(words) or _ENDED.search(words):
            break
        if _is_title(words):
            return number
    first = front[0] if front else ""
    plain = first and len(first) <= 60 and not _ENDED.search(first) and match_label(first) is None
    return 0 if plain and not _BRACKETED.match(first) and re.search("[㐀-鿿]", first) else None


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and _TITLE_END.search(words) is not None


def looks_like_title(words: str) -> bool:
    """Return whether a line could head a document that is attached to a notice."""
    return _is_title(words) and len(words) >= 6 and match_label(words) is None and not _NUMBERED_TABLE.match(words)


def _same(words: str, title: str) -> bool:
    marks = str.maketrans("（）〈〉()<>", "()<>()<>")
    return words.translate(marks).replace(" ", "") == title.translate(marks).replace(" ", "")


def find_status(words: str) -> str:
    """Return the status that a title block states (征求意见稿, 试行, …), or an empty string."""
    match = _STATUS.search(words)
    return match.group(1) if match else ""


def find_number(words: str) -> str:
    """Return the document number (国发〔2019〕3号) that a title block states, or an empty string."""
    match = _NUMBER.search(words)
    return match.group().lstrip("（( ") if match else ""


def find_date(words: str) -> str:
    """Return the date that ends a signature, without blanks, or an empty string."""
    match = _DATE.search(words.rstrip())
    return "".join(match.group().split()) if match else ""


def find_issued(words: str) -> str:
    """Return the date that a title block says it was issued on (2021年11月26日印发), or an empty string."""
    match = _ISSUED.search(words)
    return "".join(match.group("date").split()) if match else ""


def find_given(text: str) -> str:
    """Return the day on which a report says at its top that it was given, or an empty string.

    ——2023年1月12日在某旗第十九届人民代表大会第二次会议上 → 2023年1月12日.
    """
    match = _GIVEN.search("\n".join(text.split("\n")[:_FRONT]))
    return "".join(match.group("date").split()) if match else ""


def find_issuer(words: str) -> str:
    """Return the offices that a signature names above its date, joined by 、, or an empty string."""
    lines = (line.strip().strip("*#　 ") for line in words.splitlines())
    named = [line for line in lines if line and not re.search(r"[：:]|\d|日$", line)]
    offices = [one for line in named for one in re.split(r"[ 　]{2,}", _SEAL.sub("", line)) if one]
    return "、".join(offices)


def find_contents(text: str, lines: Sequence[Line]) -> range:
    """Return the lines of a list of contents: from 目录 until its first entry comes again; empty if there is none."""
    for at, line in enumerate(lines[: 4 * _FRONT]):
        if not _CONTENTS.match(line.content.of(text)):
            continue
        first = lines[at + 1].content.of(text) if at + 1 < len(lines) else ""
        label = match_label(first)
        head = first[: label.length] if label else first[:6]
        for number in range(at + 2, len(lines)):
            words = lines[number].content.of(text)
            if head and words.startswith(head):
                return range(at, number)
    return range(0)


def find_signatures(text: str, lines: Sequence[Line], first: int) -> dict[int, int]:
    """Return {first line: line after the last} of each signature: up to three office names, then a date."""
    found = {}
    for number in range(first + 1, len(lines)):
        if not _DATE.match(lines[number].content.of(text)):
            continue
        start = number
        while start - 1 > first and number - start < 3 and _is_office(lines[start - 1].content.of(text)):
            start -= 1
        found[start] = number + 1
    return found


def _is_office(words: str) -> bool:
    if len(words) > _LONGEST_SIGNATURE or _ENDED.search(words) or match_label(words) or _is_title(words):
        return False
    return re.match(r"附\s*件", words) is None and not any(ch.isdigit() for ch in words)


def title_span(lines: Sequence[Line], at: int) -> Span:
    """Return the span of the title line's words."""
    return lines[at].content
