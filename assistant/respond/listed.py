"""A noun with a number in, whether sentences list so many things of it out.

Example: 甲区、乙区、丙区 are three 区; “A”“B”两大难题 are two 难题, and “两个难题” alone is none.
"""

from __future__ import annotations

import re

from corpus.numerals import parse_chinese_integer

COUNT = r"[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九]|\d{1,2}"
"""How many things are counted: 三, 十二, 37."""
QUOTED = re.compile(r"“([^“”]{2,})”")
NUMBERED = re.compile(r"[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]")
_OF_ANYTHING = re.compile(
    r"事|东西|内容|问题|方面|优势|产业|项目|措施|手段|工作|任务|领域|环节|方向|技术|行业|机制|体系|步骤|顺序|句|话|原则|思路|方针|做法|方式|途径|渠道"
)
"""Nouns that a list of just so many things need not repeat: 哪三类项目."""


def items_of(part: str) -> list[str]:
    """Return what a stretch without commas lists: the last two things may be joined by 与."""
    *first, last = part.split("、")
    return [*first, *re.split(r"和|及|与", last)]


def _is_called(item: str, noun: str) -> bool:
    """Return whether an item ends like a noun, or is of a place so called: 甲镇污水处理厂, of towns."""
    return item.endswith(noun[-1]) or (len(noun) == 1 and noun in item[1:])


def names_several(noun: str, sentences: str) -> bool:
    """Return whether one list of ``sentences`` has two things or more that are called ``noun`` at their end."""
    parts = re.split(r"[，,：:。；;\n]", sentences)
    called = (sum(one.rstrip("等”").endswith(noun[-2:]) for one in re.split(r"、|和|及", part)) for part in parts)
    return any(number > 1 for number in called)


def lists_just(sentences: str, wanted: int) -> bool:
    """Return whether ``sentences`` list ``wanted`` things and no more, of whatever kind."""
    if len(NUMBERED.findall(sentences)) == wanted:
        return True
    parts = re.split(r"[，,：:。；;\n]", sentences)
    return any(len(items_of(part)) == wanted or len(QUOTED.findall(part)) == wanted for part in parts)


def lists(sentences: str, wanted: int, noun: str) -> bool:
    """Return whether ``sentences`` list at least ``wanted`` things.

    They are things of a ``noun`` if they end like it, if it is said with its number, or (a noun of several characters)
    if they are just so many.

    甲区、乙区、丙区 are three 区; “A”“B”两大难题 are two 难题, and “两个难题” alone is none.
    """
    if len(NUMBERED.findall(sentences)) >= wanted:
        return True
    for sentence in re.split(r"[。；;\n]", sentences):
        parts = [re.split(r"、|和|及", part) for part in re.split(r"[，,：:]", sentence)]
        if len(noun) > 1 and sum(part[-1].rstrip("等").endswith(noun) for part in parts) >= wanted:
            return True  # 甲体系，乙体系，丙体系等
        items = [part for part in parts if len(part) > 1]
        longest = max((len(item) for item in items), default=0)
        quoted = [item for item in QUOTED.findall(sentence) if not re.match(rf"(?:{COUNT})", item)]
        if not noun:
            if max(longest, len(quoted)) >= wanted:
                return True
            continue
        counts = re.findall(rf"(?<!第)({COUNT})[大个项种类条]{re.escape(noun)}", sentence) if len(noun) > 1 else []
        if counts and wanted not in map(parse_chinese_integer, counts):
            continue  # two of them are spoken of, and three asked for
        if any(sum(_is_called(one.rstrip("等”"), noun) for one in item) >= wanted for item in items):
            return True
        unquoted = re.sub(r"“[^”]*”", "", sentence)
        stretches = re.split(r"[，,：:]", sentence)
        # A number in quotation marks is a name: “两个屏障” lists none.
        of_noun = [part for part in stretches if noun[:2] in re.sub(rf"“(?:{COUNT})[^”]*”", "", part)]
        listed = [part.count("、") + 1 for part in of_noun if "、" in part]
        if len(noun) > 1 and of_noun and wanted in (*listed, len(quoted)):
            return True
        lists_them = stretches if _OF_ANYTHING.match(noun) else of_noun if len(noun) > 1 else []
        if any(len(items_of(part)) == wanted for part in lists_them):
            return True
        said = re.search(rf"(?:{COUNT})(?:大|个|项|种|类|条|方面)?{re.escape(noun[:2])}", unquoted)
        if said and max(longest, len(quoted)) >= wanted:
            return True
    return False
