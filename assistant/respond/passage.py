"""What was read of one page in, the passage as it is told out, and what of a question it does and does not say.

Example: “以绿色为主题” says what the theme is, “主题日活动” does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.respond.evidence import Evidence
from assistant.respond.expected_figures import FREE
from assistant.respond.gaps import FIGURE_SAID
from assistant.respond.lacking import asked_what_is, says_of
from assistant.respond.reading.model import Reading
from assistant.respond.reading.pages import FoundPage
from assistant.respond.reading.question_form import UNIT_ASKED
from assistant.respond.reading.segments import Segment
from assistant.respond.reading.told import told
from assistant.respond.referred import said_where_referred
from assistant.understand.entities import common_blocks
from assistant.understand.levels import LEVEL
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import ROMAN_OF
from assistant.understand.understanding import Understanding
from corpus.folding import fold, fold_once
from corpus.models import Quantity, Span
from corpus.numbering import match_label
from corpus.numerals import find_quantities
from corpus.raw import trim

_THING, _LONGEST_KIND = 2, 6
_NO_KIND = re.compile("[不没未哪几谁何吗]|多少|什么")
_ONLY_YEAR = re.compile(r"(?:到|至|在)?\s*(?:19|20)\d\d年?[底末]?")
_NO_SUBJECT = re.compile(r"由|到\d|于\d|至\d|\d{4}年|预计|建成后|计划于|力争")
_BOUNDS = ("≥", ">", "≤", "<")
_ENTRY = re.compile(r"[^、，,；;。\n]+")
_PARTS = (re.compile(r"[^；;。\n]+"), re.compile(r"[^，,；;。\n]+"))
_NEGATIVE = re.compile(r"(?<![\dA-Za-z])[-－−]\d")
_GRADE = re.compile(r"(?<![a-z])[a-eivxⅰ-ⅻ][级类档](?!别)|[一二三四五]级(?=响应|预警|应急|事故)|[一二三四五]星级?")
"""A grade of things that are told side by side: A级企业每两年检查一次，D级企业…."""
_NAME_ASKED = re.compile(
    r"(?:[长任记员导人]|总?指挥)的?(?:都|各)?(?P<name>叫(?:什么|啥)(?:名字?)?|(?:是)?(?:什么|啥)名字|姓(?:什么|啥|名)[^，。？?]{0,3}|名字是(?:什么|啥))[？?。]*$"
)
_NAMED_BESIDE = re.compile(r"(?:联系|负责|经办|责任|值班)人员?[：:、\s]\s*[\u3400-\u9fff]{2,4}|姓名")
_COUNTED_THINGS = re.compile(r"哪(?=[两二三四五六七八九十\d]+[大个项类种]?(?P<noun>[\u3400-\u9fff]{2}))")


@dataclass(frozen=True, slots=True)
class Passage:
    """One reading as it is told: ``evidence`` is cited, ``direct`` the words of the clause that answer.

    ``key``, ``headed``, ``context`` and ``clause`` are folded: the cited sentences, these with their headings, with the
    articles that they refer to besides, and with the clause up to them.
    """

    reading: Reading
    evidence: Evidence
    direct: tuple[Span, ...]
    key: str
    headed: str
    context: str
    clause: str

    @property
    def subject(self) -> str:
        """Return the name of the row that a cell stands in; empty for a clause."""
        return self.reading.found.subject

    @property
    def ends_so(self) -> bool:
        """Return whether the words that answer stand in the last sentence cited, which may announce what follows."""
        text, span = self.evidence.document.text, self.evidence.span
        last = max(text.rfind(mark, span.start, span.end - 1) + 1 for mark in "。\n")
        return any(one.end > last for one in self.direct)


def is_other_kind(word: str, passages: Sequence[Passage]) -> bool:
    """Return whether the passages speak of another kind of the thing that ``word`` names: 农村公路, no 高速公路."""
    kind, thing = word[:-_THING], word[-_THING:]
    if len(kind) < _THING or len(word) > _LONGEST_KIND or _NO_KIND.search(word):
        return False
    return any(
        kind not in one.context and re.search(rf"[\u3400-\u9fff]{{2}}{re.escape(thing)}", one.key) for one in passages
    )


def tells_of_another(question: Question, left: Sequence[Span], passages: Sequence[Passage]) -> bool:
    """Return whether a word that is left tells apart a thing of which the passages have another: 建筑垃圾, 餐厨垃圾."""
    key = question.key
    for word in (one for one in question.telling if any(one.overlaps(span) for span in left)):
        thing = next((one for one in question.telling if one.start == word.end), None)
        if thing is None or any(thing.overlaps(span) for span in left) or thing.end - thing.start < _THING:
            continue
        another = re.compile(rf"(?<![的和及、，])([\u3400-\u9fff]{{2}}){re.escape(thing.of(key))}")
        # 泥沙含量 may be what 粗沙含量 means.
        kinds = [said for one in passages if word.of(key) not in one.clause for said in another.findall(one.context)]
        if any(set(said).isdisjoint(word.of(key)) for said in kinds):
            return True
    return False


def predicates(question: Question, passage: Passage) -> bool:
    """Return whether the noun that is asked what it is stands in the passage by itself, not before another noun."""
    noun = asked_what_is(question)
    return not noun or says_of(noun, passage.key)


def counts_alike(question: Question, passage: Passage) -> bool:
    """Return whether so many things as are asked for are so called in the passage: 两大瓶颈问题, of 哪两大瓶颈问题."""
    match = _COUNTED_THINGS.search(question.key)
    nouns = [span for span in question.telling if match is not None and span.start >= match.start("noun")]
    return match is not None and bool(nouns) and question.key[match.end() : min(nouns).end] in passage.key


def unsaid(question: Question, passage: Passage) -> tuple[Span, ...]:
    """Return the question word for a date or a figure where the words that answer hold none."""
    text = passage.evidence.document.text
    said = "".join(span.of(text) for span in passage.direct)
    asked = [mention for mention in question.mentions if mention.kind is MentionKind.ASK]
    free = FREE.search(fold_once(said)) is not None
    wanted = [m.span for m in asked if m.name == Ask.WHEN or (m.name == Ask.HOW_MANY and not free)]
    wanted = [span for span in wanted if not FIGURE_SAID.search(said)]
    only_year = _ONLY_YEAR.fullmatch(fold_once(said)) is not None
    wanted += [m.span for m in asked if m.name == Ask.HOW_MANY and only_year]
    return (*wanted, *_name_unsaid(question, passage))


def _name_unsaid(question: Question, passage: Passage) -> tuple[Span, ...]:
    """Return where the name of a person is asked for, of whom the passage says no more than the post: 由副县长任."""
    match = _NAME_ASKED.search(question.key)
    if match is None or passage.subject or _NAMED_BESIDE.search(passage.key):
        return ()
    return (Span(*match.span("name")),)


def same_place(one: Passage, other: Passage) -> bool:
    """Return whether two passages stand in one clause, or in one row of a table."""
    here, there = one.evidence, other.evidence
    same = here.document is there.document
    return same and (here.section, one.subject) == (there.section, other.subject)


def _before(segments: Sequence[Segment], cited: Span) -> list[str]:
    """Return the sentence before a cited one without a subject of its own: 由镇政府负责，6月底前投入使用."""
    inside = [number for number, segment in enumerate(segments) if cited.covers(segment.span)]
    if not inside or not _NO_SUBJECT.match(segments[inside[0]].key):
        return []
    sentence = segments[inside[0]].sentence - 1
    return ["".join(segment.key for segment in segments if segment.sentence == sentence)]


def _said_before(found: FoundPage, cited: Span) -> str:
    """Return the folded text of the clause up to the end of what is cited; of a cell, its row.

    A year is said once for the sentences that follow it, not for those before.
    """
    if found.clause is None:
        return found.around
    text = found.document.text
    return fold(
        "\n".join(
            Span(one.start, min(one.end, cited.end)).of(text) for one in found.clause.own if one.start < cited.end
        )
    )


def _of_case_stated(question: Question, direct: Sequence[Span], cited: Span, text: str) -> tuple[Span, ...]:
    """Return the part of what is cited that holds the figure or level stated, where ``direct`` is another; else empty.

    60周岁的补多少 is answered by “60周岁以上…，每餐补助3元”, not by “80周岁以上…每餐补助5元” behind it, nor
    自治区级奖多少 by what 国家级 gets. Parts end at semicolons, or where that tells nothing at commas.
    """
    key = question.key
    stated = [re.compile(rf"(?<!\d){s.of(key)}(?!\d)") for s in question.words if s.of(key).isdigit()]
    grades = [_as_written(match.group()) for match in _GRADE.finditer(key)]
    stated += [*(re.compile(re.escape(match.group())) for match in LEVEL.finditer(key)), *grades]
    for end in _PARTS if stated or any(character.isdigit() for character in key) else ():
        parts = [Span(*match.span()) for match in end.finditer(text, cited.start, cited.end)]
        held = [part for part in parts if stated and all(one.search(fold(part.of(text))) for one in stated)]
        said = [part for part in parts if any(part.overlaps(span) for span in direct)]
        if len(held) > 1 and (unit := UNIT_ASKED.search(key)):  # 其中D级3家, of 几次, is not meant
            held = [part for part in held if unit["unit"] in part.of(text)] or held
        # Ⅳ级…；Ⅲ级…；Ⅱ级… say the same of each grade: one alone is asked of.
        each = len(said) > 1 and bool(grades) and all(_GRADE.search(fold(part.of(text))) for part in said)
        if len(held) == 1 and said and (held[0] not in said or each) and _is_like(held[0].of(text), said[0].of(text)):
            return (_without_label(held[0], text),)
        if bounded := _within_bounds(key, parts, said, text):
            return (_without_label(bounded, text),)
    return ()


def _as_written(grade: str) -> re.Pattern[str]:
    """Return the pattern of a folded grade, by whatever numerals: 三级, Ⅲ级 and III级."""
    number, of = grade[:-1], grade[-1]
    ways = next(((one, *others) for one, others in ROMAN_OF.items() if number in (one, *others)), (number,))
    return re.compile(rf"(?<![a-zⅰ-ⅹ一二三四五])(?:{'|'.join(map(re.escape, ways))}){re.escape(of)}")


def _within_bounds(key: str, parts: Sequence[Span], said: Sequence[Span], text: str) -> Span | None:
    """Return the one part whose bounds take in a figure stated, where those of what is ``said`` do not."""
    stated = [one for one, _ in find_quantities(key) if one.low is not None and one.sign == "=" and one.unit]
    bounds = {part: [one for one, _ in find_quantities(part.of(text)) if one.sign in _BOUNDS] for part in parts}
    for figure in stated:
        alike = {
            part: [
                _takes_in(one, figure) for one in own if one.unit.removeprefix("周") == figure.unit.removeprefix("周")
            ]
            for part, own in bounds.items()
        }
        within = [part for part, taken in alike.items() if taken and all(taken)]
        if len(within) == 1 and any(alike[part] and not all(alike[part]) for part in said):
            return within[0]
    return None


def _takes_in(bound: Quantity, figure: Quantity) -> bool:
    assert bound.low is not None
    assert figure.low is not None
    return figure.low >= bound.low if bound.sign in ("≥", ">") else figure.low <= bound.low


def _without_label(part: Span, text: str) -> Span:
    """Return a part of a sentence without the number of the clause that it begins: 第三条　60周岁以上."""
    label = match_label(part.of(text))
    return part if label is None else trim(text, part.start + label.length, part.end)


def _of_kind_asked(question: Question, direct: Sequence[Span], cited: Span, text: str) -> tuple[Span, ...]:
    """Return the part behind ``direct`` with the figure of the kind that is asked for, in the unit of its figure.

    民办的有几家 is answered by “民办5家” of 养老机构14家，其中公办9家、民办5家. Empty where it is so.
    """
    key, said = question.key, "".join(span.of(text) for span in direct)
    parts = [Span(*match.span()) for match in _ENTRY.finditer(text, cited.start, cited.end)]
    around = fold("".join(part.of(text) for part in parts if any(part.overlaps(span) for span in direct)))
    words = [span.of(key) for span in question.words if span.end - span.start > 1]
    missing = [word for word in words if word not in around]
    figures = [quantity for quantity, _ in find_quantities(said)]
    counts = Ask.HOW_MANY in question.asks or "count" in question.named(MentionKind.OPERATION)
    if not counts or not missing or len(figures) != 1 or not figures[0].unit:
        return ()
    fitting = [
        part
        for part in parts
        if part.start >= direct[-1].end
        and any(word in fold(part.of(text)) for word in missing)
        and [quantity.unit for quantity, _ in find_quantities(part.of(text))] == [figures[0].unit]
    ]
    alike = {
        part: max((b.end - b.start for b in common_blocks(fold(part.of(text)), key)), default=0) for part in fitting
    }
    best = [part for part in fitting if alike[part] == max(alike.values())]
    return (best[0],) if len(best) == 1 else ()


def _is_like(one: str, other: str) -> bool:
    """Return whether two parts of a sentence say things of one kind: both a figure, or neither."""
    return bool(FIGURE_SAID.search(one)) == bool(FIGURE_SAID.search(other))


def _with_bracket(text: str, span: Span) -> Span:
    """Return a stretch that closes a bracket with what opens it, and with the words before that."""
    said = span.of(text)
    close, opening = said.find("）"), said.find("（")
    if close < 0 or 0 <= opening < close:
        return span
    begin = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
    at = text.rfind("（", begin, span.start)
    return span if at < 0 else Span(max(begin, text.rfind("，", begin, at) + 1), span.end)


def with_signs(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the stretches with the minus sign of a figure that one begins with: -1.70‰ is no 1.70‰.

    So is one that begins within brackets told from the word before them: 县（市、区）民政部门.
    """
    spans = [_with_bracket(text, span) for span in spans]
    return tuple(Span(s.start - 1, s.end) if _NEGATIVE.match(text, s.start - 1, s.start + 1) else s for s in spans)


def read_passage(question: Question, reading: Reading, understanding: Understanding) -> Passage:
    """Return what was read as it is told: the words that answer, what is cited, and what they stand in."""
    found = reading.found
    segments = found.page.segments
    direct = told(question, reading, understanding)
    direct = with_signs(found.document.text, direct)
    cited = Span(min(reading.cited.start, direct[0].start), max(reading.cited.end, direct[-1].end))
    text = found.document.text
    direct = _of_case_stated(question, direct, cited, text) or _of_kind_asked(question, direct, cited, text) or direct
    key = "".join(segment.key for segment in segments if cited.covers(segment.span))
    headed = "\n".join((key, *_before(segments, cited), found.page.above))
    context = "\n".join((headed, *said_where_referred(found.document, key, found.clause)))
    clause = "\n".join((_said_before(found, cited), found.over, context))
    return Passage(reading, found.evidence(cited), direct, key, headed, context, clause)
