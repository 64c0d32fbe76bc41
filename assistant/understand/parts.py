"""A question that asks several things in, the questions it is made of out.

Example: 绿氢产业项目由谁牵头，施工单位又是哪家 → two questions, the second asked after the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understand.question import MentionKind, Question
from assistant.understand.question_reader import QuestionReader
from assistant.understand.values import Values
from corpus.folding import fold
from corpus.models import Span

_SENTENCES = re.compile(r"[。？?！!；;\n]+")
_CLAUSES = re.compile(r"[，,；;？?。！!]+")
_LISTED = re.compile(r"[、，,；;？?。]+")
_AND = (
    r"以及|、|(?<!总)和(?!谐|睦|平(?:共处|解|路)|美乡村)|(?<!参)与(?!会(?![计展])|否|时俱)|跟(?!踪|进|随|上(?!海))"
    r"|(?<![涉波普危触提顾])及(?![以之其时格早])"
)
"""What joins two things, and is no part of a word: 涉及, 参与, 和谐."""
_JOINT = re.compile(_AND)
_LIMITS = re.compile(r"[以之]外|除|不|未|没|非|只|仅|都|均|^(?:[两三四五六七八九十]|\d+)[个家项]")
_BOUNDARY = re.compile(r"[的各分是为有多几哪谁呢吗，,；;？?。！!：:]")
_EACH = re.compile(r"各自|分别|各(?=[^级地类种项])")
_ASKS = re.compile(
    r"谁|哪|(?<![那这好十前后])(?<!(?<!牵)头)几|多少|什么|啥|何|吗|是否|是不是(?=.)|有没有(?=.)|(?<!\d)(?<!\d.)还是|怎么|怎样|多大|多久|呢$"
    r"|([行能会要用该够成算])不\1"
)
_CONFIRM = re.compile(
    r"(?:(?:这|以上|上述)?[两二三]?[个点条]?(?:数字?|数据|说法|情况)?[都全均]?)?"
    r"(?:对[吗吧]|对不对|是[吗吧]|是不是(?:这样)?|是这样[吗吧]|没错[吗吧]|没问题[吗吧]|[准正]确[吗吧]|属实[吗吧])"
)
_CLAIMS = re.compile(r"(?<![\d年.])\d+(?!\d*年)|是|由|归|属于|[一二两三四五六七八九十]+[个项家座]")
"""Stands in a piece that states something to confirm; a year alone says when."""
_REQUESTS = re.compile(
    r"(?<=.{4})(?:也|一并|顺便|同时|都)(?:请|麻烦)?(?:你|您)?(?:帮我)?(?:告诉|告知|说|给|列|查|报|写|提供)[^，,。；;？?]{0,4}$"
)
"""Asks without a question word behind a piece that asks: 建设时间和投资额也告诉我."""
_SAYS_AMONG = re.compile(
    r"(?:项目|指标|工程|行动|任务|单位|部门|专家|企业|公司|[个项家位类名])(?:当中|之中|里面|[中里])$"
)
"""Says only among what the next piece asks: 林草局牵头的几个项目中，…"""
ASKED_SHORTLY = "？"
"""Ends a part that asks without a question word."""
TO_CONFIRM = "，对吗"
"""Ends each claim of a question that has several of them confirmed."""
ALSO = r"(?:另外|此外|还有|再者|再有|对了|顺便|顺带)(?:再?(?:问|想问|想知道|说|讲)(?:一下|下)?)?[，,：:]?"
"""What only says that something more is asked; 还有 in 还有哪些 asks itself, and 另外的 are others."""
_ALSO = re.compile(rf"^{ALSO}(?![几多哪什谁的没啥]|其[他它]|别的|[一二两三四五六七八九十\d]+[个项家])(?=.{{2}})")
_SHORTEST = _SEVERAL = 2
_IN_UNIT = re.compile(r"(?:[要需应将能可得会有是为建]|达到?|总?共|新建)*(?:多少|几)[\u3400-\u9fff]")
_OF_ALL = re.compile(r"的|\d年")
_OF_BOTH = re.compile(
    r"(?P<things>[^，,；;。？?！!：:]{4,80}?)(?P<whether>是不是|是否)?[都均](?P<asks>[由是归在属][^，,；;。？?！!：:]{2,30}?)"
    r"(?P<end>[吗么]?[？?]?)"
)
_OF_EACH_THING = re.compile(
    rf"(?<![^，,；;。？?！!：:])(?P<things>[^，,；;。？?！!：:]{{0,60}}(?:{_AND})[^，,；;。？?！!：:]{{0,60}}?)"
    r"的?(?:各自的?|分别|各(?![自级地类种项旗县区市镇乡部单行业个位家方]))"
    r"(?P<asks>[^，,；;。？?！!：:]{0,6}(?:多少|(?<![好十])几|[以由在](?:哪|谁|什么))[^，,；;。？?！!：:]*[？?]?)$"
)
_LOOSE = 4
_TOGETHER = re.compile(r"共同|联合|同时|一同|一起|合计|相差|都有|均有")


def clauses_that_ask(text: str, reader: QuestionReader, values: Values) -> tuple[str, ...]:
    """Return the parts of a question that ask something each; empty where it is one.

    What is to be confirmed as a whole (…，…，都对吗) is asked claim by claim. A later clause that names rows by their
    noun only (牵头几个项目) is asked of the value that the first names.
    """
    for marks in (_CLAUSES, _LISTED):
        pieces = _pieces(text, marks)
        confirms = marks is _CLAUSES and len(pieces) > _SEVERAL and _CONFIRM.fullmatch(pieces[-1][0])
        clauses = _claims([piece for piece, _ in pieces[:-1]]) if confirms else _asking(pieces, reader)
        clauses = [said for clause in clauses for part in _halves(clause) if (said := _ALSO.sub("", part))]
        if len(clauses) > 1:
            break
    else:
        return ()
    named = values.find(fold(clauses[0]))
    for number, clause in enumerate(clauses[1:], 1):
        reading = reader.read(clause)
        of_rows = reading.named(MentionKind.CLASS_NOUN) and not names_own_rows(reading)
        if of_rows and not values.find(reading.key) and len(named) == 1:
            clauses[number] = named[0].span.of(clauses[0]) + clause
    return tuple(clauses)


def names_own_rows(reading: Question) -> bool:
    """Return whether a clause says which rows it asks of: by a word that tells, or by one before their noun."""
    nouns = [mention.span for mention in reading.mentions if mention.kind is MentionKind.CLASS_NOUN]
    return bool(reading.telling) or any(word.end == noun.start for word in reading.words for noun in nouns)


def _pieces(text: str, marks: re.Pattern[str]) -> list[tuple[str, bool]]:
    """Return the stretches between ``marks``, each with whether a question mark stands behind it."""
    ends = [*((match.start(), match.end()) for match in marks.finditer(text)), (len(text), len(text))]
    starts = [0, *(end for _, end in ends)]
    pieces = zip(starts, ends, strict=False)
    return [
        (part, "？" in text[a:b] or "?" in text[a:b]) for start, (a, b) in pieces if (part := text[start:a].strip())
    ]


def _asking(pieces: Sequence[tuple[str, bool]], reader: QuestionReader) -> list[str]:
    """Return pieces that ask, what stands before one and asks nothing joined to it; empty where the last asks nothing.

    某率，2020年、2024年各多少，责任单位是谁 → 某率，2020年、2024年各多少 and 责任单位是谁. What names an attribute and
    nothing else asks too behind a piece that asks (由谁牵头？投资额也给我), and so does anything between two
    question marks (治理面积？).
    """
    clauses: list[str] = []
    held: list[str] = []
    stopped = True
    for piece, marked in pieces:
        if clauses and (request := _REQUESTS.search(piece)):
            clauses.append("，".join([*held, piece[: request.start()]]) + ASKED_SHORTLY)
            held, stopped = [], marked
            continue
        held.append(piece)
        asks = _ASKS.search(piece) and not _SAYS_AMONG.search(piece)
        # Behind a comma the question mark is that of the whole: 要建多少座，某项目？
        alone = marked and stopped and not asks
        shortly = not asks and not held[:-1] and _asks_shortly(reader.read(piece), alone, bool(clauses))
        if asks or shortly:
            clauses.append("，".join(held) + ASKED_SHORTLY * alone)
            held = []
        stopped = marked
    return [] if held else clauses


def _halves(clause: str) -> list[str]:
    """Return the parts of a clause between 、 where each of them asks: 种多少、在哪儿种, but no list of years."""
    parts = clause.split("、")
    return parts if all(_ASKS.search(part) for part in parts) else [clause]


def _claims(pieces: Sequence[str]) -> list[str]:
    """Return each piece that states something as a question, with what stands before it and states nothing."""
    claims: list[str] = []
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if _CLAIMS.search(piece):
            claims.append("，".join(held) + TO_CONFIRM)
            held = []
    return [] if held else claims


def _asks_shortly(reading: Question, marked: bool, is_further: bool) -> bool:
    """Return whether a piece without a question word asks: an attribute, or what stands behind the first question."""
    attribute = bool(reading.named(MentionKind.ATTRIBUTE))
    if marked:
        return attribute or (
            is_further and bool(reading.words or reading.years or reading.named(MentionKind.OPERATION))
        )
    return attribute and is_further and not reading.telling


def of_each_thing(text: str) -> dict[str, str]:
    """Return what is asked of each of the things joined in a question for their figures, by thing; empty for none.

    高企和独角兽企业各要达到几家 → 高企要达到几家 and 独角兽企业要达到几家.
    """
    match = _OF_EACH_THING.search(text)
    things = [thing.strip() for thing in _JOINT.split(match["things"])] if match else []
    if match is None or len(things) < _SEVERAL or any(len(thing) < _SHORTEST for thing in things):
        return {}
    if _OF_ALL.search(things[-1]):
        return {}  # 甲市和乙市2020年的失业率各是多少: what is asked of both stands behind the last
    return {thing: f"{text[: match.start()]}{thing}{match['asks']}" for thing in things}


def of_both_things(text: str) -> Iterator[tuple[str, str]]:
    """Yield, for each place where two things may be joined, what is asked to be so of both, asked of each.

    甲和乙都由某局牵头吗 → 甲由某局牵头吗 and 乙由某局牵头吗.
    """
    match = _OF_BOTH.fullmatch(text)
    whether = match is not None and (match["whether"] or match["end"][:1] in ("吗", "么"))
    if match is None or not whether:
        return
    for joint in _JOINT.finditer(match["things"]):
        first, second = match["things"][: joint.start()], match["things"][joint.end() :]
        if min(len(first), len(second)) >= _SHORTEST:
            yield f"{first}{match['asks']}吗", f"{second}{match['asks']}吗"


def asks_in_unit(asked: str) -> bool:
    """Return whether a figure in a unit is asked for, and nothing done with it: 各要达到几家, but not 各分担多少家."""
    match = _OF_EACH_THING.search(asked)
    return match is not None and _IN_UNIT.match(match["asks"]) is not None


def without_remarks(text: str) -> str:
    """Return the sentences up to the last that asks something; empty where none stands behind it.

    …由谁牵头？我要写材料，请简要回答 → …由谁牵头.
    """
    sentences = _pieces(text, _SENTENCES)
    asking = [number for number, (part, marked) in enumerate(sentences) if marked or _ASKS.search(part)]
    kept = [part for part, _ in sentences[: asking[-1] + 1]] if asking else []
    return "？".join(kept) if len(kept) < len(sentences) else ""


def without(text: str, missing: Sequence[str]) -> str:
    """Return the question without the one of two joined things that is ``missing``; empty where none is joined.

    人均预期寿命2024年和2030年的目标, missing 2030年 → 人均预期寿命2024年的目标. What limits all of it (之外, 两个都) is
    none of two things: without it, something else would be asked.
    """
    if _TOGETHER.search(text):
        return ""
    key, left = fold(text), text
    for part in missing:
        place = key.find(fold(part))
        if place < 0 or len(part) < _SHORTEST or _LIMITS.search(part):
            return ""
        left = _without_one(text, place, place + len(part)) if left == text else ""
    return _EACH.sub("", left) if left != text else ""


def _without_one(text: str, start: int, end: int) -> str:
    """Return ``text`` without the stretch around ``start``–``end`` that a joint binds to another; empty if none."""
    before = max((match.end() for match in _BOUNDARY.finditer(text, 0, start)), default=0)
    after = _BOUNDARY.search(text, start + 1)
    stop = after.start() if after else len(text)
    if stop - end >= _LOOSE:
        stop = end  # 包头2020年的: the year is not part of what is missing
    joints = list(_JOINT.finditer(text, before, stop))
    # Only what is missing may go, with the word it is part of: a condition beside it must not be dropped with it.
    if earlier := [joint for joint in joints if joint.end() <= start]:
        cut = Span(earlier[-1].start(), max(stop, earlier[-1].end()))
    elif later := [joint for joint in joints if joint.start() >= min(end, stop)]:
        cut = Span(before, later[0].end())
    else:
        return ""
    return text[: cut.start] + text[cut.end :] if cut.end - cut.start <= end - start + _LOOSE else ""
