"""A question and the sentences that should answer it in, what it asks for that they do not have out.

Example: “双减”到底减哪两样, against 落实“双减”要求，提高质量 → “哪两样”: none of two is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.respond.asked_forms import CALLED, FORMS, NAMED
from assistant.respond.expected_figures import FIGURE_CHECKS, Alike, Check, has_form
from assistant.respond.listed import COUNT, NUMBERED, QUOTED, items_of, lists
from assistant.understand.which_asked import SEVERAL_PERSONS
from corpus.models import Span
from corpus.numerals import parse_chinese_integer

_REMEMBERED = 256
BY_CHANCE = 2
_NOUN = 2

IN_CHARGE = re.compile(
    r"由[^，。；\n]{2,24}?(?:负责|牵头|主管|承担|组织|实施|解释)|[局委办厅部院所站心府](?:负责|牵头|主管|承担|组织|会同)"
)
"""What a sentence says of who is in charge: 由镇经济发展办公室负责."""
_CHARACTER = "字"
_COUNTERS = r"(?:方面|部分|项(?!目(?!标|的))|[大个种类条座家处所句样点本张段件块股位名层级步支套份篇批对])*"
_WHICH_PLACE = re.compile(r"排(?:名|在|行|到)*第?几|第几[位名]|名次")
_PLACE = re.compile(r"第[\d一二三四五六七八九十]|首位|前列|前[\d一二三四五六七八九十]")
_SO_MANY = re.compile(
    rf"哪“?(?P<count>{COUNT}){_COUNTERS}[“”]*(?P<noun>(?:(?![要应能会需将须可是有在由被把都])[\u3400-\u9fff]){{0,4}})"
)
_SO_MANY_CALLED = re.compile(
    rf"(?P<count>{COUNT})[个项种类条座](?:“(?P<noun>[\u3400-\u9fff]{{1,4}})”|(?P<single>[\u3400-\u9fff]))(?:分别|各自?|都)(?:叫|是|为)做?(?:什么|啥|哪)"
)
_MANY_CALLED = re.compile(
    r"(?<!\d)(?P<count>\d{2,4})[余多]?[个项种类条座处家](?P<noun>[\u3400-\u9fff]{2,12}?)(?:具体|分别|各自?|都)*叫做?(?:什么|啥|哪)"
)
"""Names asked of more things than a sentence would name by chance: 60余项工程分别叫什么."""
_MEMBER = re.compile(rf"(?:第(?P<number>{COUNT}|一)|头一)(?:条|个|项|款|点|步)(?=.{{0,3}}(?:什么|啥|哪))")
_POST = r"副?(?:[组局院所校会处科站队市县区镇乡村路]长|主任|书记|秘书长|负责人|科学家|专员|顾问|指挥长|召集人)"
_WHO = rf"(?:谁|哪(?:一?[位个]|(?:{COUNT}|几)(?:[位名]|个人))(?:领导|同志)?|何人)"
_WHO_HOLDS = re.compile(
    rf"(?P<post>{_POST})[，,？?]?(?:现在|目前|最后|最终|分别)*(?:[确选]?[定选请聘]了?的?)?(?:现在|目前|最后|分别)?(?:又?[是由为])?{_WHO}"
    rf"|(?:聘|选|请|任命|推举)(?:请|任|定)?(?:了|的)?是?{_WHO}[^，。？?]{{0,6}}?(?P<named>{_POST})"
    rf"|{_WHO}(?:来)?(?:是|担任|任|当|做)[^，。？?]{{0,10}}?(?P<held>{_POST})"
)
_HOLDS = re.compile(
    rf"由[^，。；]{{2,30}}?(?:任|担任|兼任)|(?:任|担任|兼任|兼)[^，。；]{{0,8}}?{_POST}|{_POST}(?:由|为|是)"
)
_PERSON = re.compile(r"[人者员位长家师]$|书记|主任|领导|同志|委员|院士|教授")
_KIND = re.compile(
    r"哪(?:[一些几]?(?:家|所|个|座|名|位|处|条(?=街|路(?!线)))|一|些|几)?"
    r"(?P<noun>公司|企业|集团|大学|高校|学校|医院|银行|研究院|研究所|实验室|科室|街道?|路|旗|区(?![域间别])|县|镇|乡|村"
    r"|煤矿|矿(?![井区山产石业藏工种])|园区|城市|省(?![水电]费|[钱油气煤力时事心工料]|[水电](?![利力]))|国家?)"
)
_WHICH_THINGS = re.compile(
    r"哪(?:些(?=..)|[几二两三四五六七八九十\d]+[个家座条处类种项大])(?P<noun>[\u3400-\u9fff]{1,5})[？?。]*$"
)
_ANYWHERE = re.compile(r"^片?(?:地方|地区|区域)(?:率先|首先|先|共同|取得|进行|开展|实施|推进|推广|建设)?$")
"""What places are called by that are listed by their names alone: 哪两个地方."""
_GENERIC = "各全本每该某等的和与及在为是由对向到把家些个位所座所有其他"
_CLAUSE_ENDS = re.compile(r"[，,；;？?。！!]")
_FAR_MORE = 2
"""A part that says twice as much of what is asked speaks of it, and the other of something else."""
_LISTED = re.compile(r"[、，,；;\s和及与]")
"""What stands between the things of a list."""
_NAME = rf"[^\W\d{_GENERIC}上下内外老旧新小大型采探选开找工厂处座批类项有停产露天生煤]"
_KINDS_OF = {
    "学校": "学[校院](?!长)|大学|(?<!在)(?<!中)[中小]学|幼儿园",
    "大学": "大学|学院",
    "高校": "大学|学院",
    "医院": "医院|卫生院|保健院",
    "公司": "公司|集团",
    "企业": "公司|集团|企业|(?<!出)厂(?![价房址界区])",
    "银行": "银行|信用社",
}
"""What things of a kind are called by: 哪所学校, answered by 职业学院."""
_NAMED_MINE = {
    "煤矿": re.compile(rf"{_NAME}煤矿"),
    "矿": re.compile(rf"{_NAME}煤?矿(?![井区山产石业藏工种权证])"),
}
"""A mine by its name: 红石煤矿, but not 以下煤矿, 30处煤矿 or 采矿权."""


def _has_so_many(match: re.Match[str], sentences: str, _: Alike) -> bool:
    if SEVERAL_PERSONS.match(match.string, match.start()):
        return lists(sentences, parse_chinese_integer(match["count"]) or 0, "")
    if match["noun"].startswith(_CHARACTER):
        return _says_characters(sentences, match["count"])
    called = match["noun"].partition("的")[0].rstrip("来呢是")
    noun, wanted = _ANYWHERE.sub("", called), parse_chinese_integer(match["count"]) or 0
    if noun == called:
        return lists(sentences, wanted, noun)
    # Places are listed by their names, in the stretch that says what is asked of them: any two things are no places.
    asked = match.string[: match.start()] + "\n" + match.string[match.end() :]
    near = [part for part in re.split(r"[，,；;。\n]", sentences) if shared_pairs(asked, part) > BY_CHANCE]
    return any(len(items_of(part)) == wanted for part in near) or lists("，".join(near), wanted, noun)


def shared_pairs(one: str, other: str) -> int:
    """Return how many pairs of characters stand in both."""
    return sum(pair in other for pair in {one[at : at + 2] for at in range(len(one) - 1)})


def _has_called(match: re.Match[str], sentences: str, _: Alike) -> bool:
    return lists(sentences, parse_chinese_integer(match["count"]) or 0, match["noun"] or match["single"])


def _names_many(match: re.Match[str], sentences: str, _: Alike) -> bool:
    return lists(sentences, int(match["count"]), match["noun"][-_NOUN:])


def _has_member(match: re.Match[str], sentences: str, _: Alike) -> bool:
    return len(NUMBERED.findall(sentences)) >= (parse_chinese_integer(match["number"] or "一") or 1)


def _names_holder(match: re.Match[str], sentences: str, _: Alike) -> bool:
    holds = [part for part in re.split(r"[，,。；;\n]", sentences) if _HOLDS.search(part)]
    if (several := SEVERAL_PERSONS.search(match.string, match.start())) and several["number"]:
        holds = [part for part in holds if len(items_of(part)) == parse_chinese_integer(several["number"])]
    return (match["post"] or match["held"] or match["named"]) in sentences and bool(holds)


def _names_kind(match: re.Match[str], sentences: str, _: Alike) -> bool:
    """Return whether a thing of a kind is named: 甲煤矿, not 60万吨以下煤矿.

    Of the parts of a sentence between semicolons another one must not say far more of what is asked: who 建设甲平台;
    组建乙大学研究院 says nothing of where 甲平台 is.
    """
    noun = match["noun"]
    kinds = _KINDS_OF.get(noun) or re.escape(noun)
    name = _NAMED_MINE.get(noun) or re.compile(rf"[^\W{_GENERIC}](?:{kinds})")
    before, behind = _CLAUSE_ENDS.split(match.string[: match.start()]), _CLAUSE_ENDS.split(match.string[match.end() :])
    asked = f"{before[-1]}\n{behind[0]}"
    for sentence in re.split(r"[。\n]", sentences):
        parts = re.split(r"[；;]", sentence)
        shared = [shared_pairs(asked, part) for part in parts]
        if any(name.search(part) and _FAR_MORE * own >= max(shared) for part, own in zip(parts, shared, strict=True)):
            return True
    return False


def _says_name(match: re.Match[str], sentences: str, _: Alike) -> bool:
    """Return whether something is called by a name, a thing (…研究站叫什么) also by words before what it is."""
    thing = re.search(rf"[\u3400-\u9fff]{{{_NOUN}}}[，,]?$", match.string[: match.start()])
    if NAMED.search(sentences) or thing is None or _PERSON.search(noun := thing.group().rstrip("，,")):
        return NAMED.search(sentences) is not None
    return re.search(rf"[^\W{_GENERIC}]{re.escape(noun)}", sentences) is not None


_CHECKS: tuple[tuple[re.Pattern[str], Check], ...] = (
    *FIGURE_CHECKS,
    (_WHICH_PLACE, has_form(_PLACE)),
    (_SO_MANY, _has_so_many),
    (_SO_MANY_CALLED, _has_called),
    (_MANY_CALLED, _names_many),
    (_MEMBER, _has_member),
    (_WHO_HOLDS, _names_holder),
    (CALLED, _says_name),
    *((pattern, has_form(form)) for pattern, form in FORMS),
    (_KIND, _names_kind),
)
"""What asks for something of a kind, and whether sentences have it."""


@lru_cache(maxsize=_REMEMBERED)
def _asked(key: str) -> tuple[tuple[re.Match[str], Check], ...]:
    return tuple((match, check) for pattern, check in _CHECKS for match in pattern.finditer(key))


def missing_of_kind(key: str, sentences: str, same: Alike) -> Iterator[Span]:
    """Yield the stretches of the folded question ``key`` that ask for what the folded ``sentences`` do not have.

    A unit must stand behind a figure, a figure have its bound, N things must be listed, a meaning be given, a day or
    month be dated, and a company or a town be named; ``same`` gives the units of a unit's own dimension.
    """
    return (Span(*match.span()) for match, has in _asked(key) if not has(match, sentences, same))


def lists_one_of_many(key: str, text: str) -> bool:
    """Return whether the folded question ``key`` asks which so many things, and the folded ``text`` is no list at all.

    Years are stated by their first and last: 哪两年.
    """
    counts = (parse_chinese_integer(m["count"]) for m in _SO_MANY.finditer(key) if not m["noun"].startswith("年"))
    return any((count or 0) > 1 for count in counts) and len(_LISTED.split(text)) == 1


def asked_of_kind(key: str) -> list[Span]:
    """Return the stretches of the folded question ``key`` that ask for something of a kind."""
    return [Span(*match.span()) for match, _ in _asked(key)]


def _says_characters(sentences: str, count: str) -> bool:
    """Return whether something in quotation marks has so many characters: 哪十六个字的思路."""
    wanted = parse_chinese_integer(count)
    return any(len(re.findall(r"[\u3400-\u9fff]", said)) == wanted for said in QUOTED.findall(sentences))


def listed_noun(key: str) -> str:
    """Return what the things are called that the folded question asks the names of: 涉及哪些保护区; empty for none."""
    match = _WHICH_THINGS.search(key)
    return match["noun"] if match else ""
