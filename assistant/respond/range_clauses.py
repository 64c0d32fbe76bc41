"""A question that states a figure and a clause that rules by ranges in, what the range it falls in has out.

Example: 总投资8000万元的项目由谁代办, of 总投资5000万元以上的…，由甲局…；不足5000万元的…，由乡镇… → the first part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.models import Answer, AnswerKind
from assistant.respond.document_labels import label_of
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.question import MentionKind, Question
from assistant.understand.range_rows import Range, falls_in, range_of, states_figure
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import Clause, ClauseKind, ParsedDocument, Quantity, QuantityForm, Span
from corpus.numerals import find_quantities, split_unit
from index.search import FEW_DOCUMENTS

_JOINT = re.compile(r"的?[、，,]?(?:且)?")
_BELOW = re.compile(r"(?:不足|不满|不到|未满|未达到?)$")
_BEFORE, _BEHIND = re.compile(r"[^，,。；;：:（(、]*$"), re.compile(r"[^，,。；;：:（(、]*")
_GRANTED = re.compile(r"(?:补助|补贴|奖励|奖补|罚款|标准|[补奖罚处])(?:是|为|到|额)?$")
"""Stands before a figure that a rule gives, and none that it is asked by: 奖励5万元的企业."""
_EXCEPT = re.compile(r"除(?P<left>[^，,。；;]{2,20}?)[以之]?外")
_GRADED = re.compile(r"的?[，,]?(?:评|定|划)?为(?P<grade>[^，,。；;]{1,12})")
"""Stands behind a range of points and gives its grade: 90分以上的，为A级; 75分至89分为合格."""
_GRADE = re.compile(r"(?:哪一?个?|几|什么|何)?(?:等次|等级|级别|档次|等第|评级)|(?:哪一?个?|几|什么)[级档等]")
_OVERRIDES = re.compile(r"一律|一票否决|直接|不得|降低|降级|取消")
"""Gives a grade whatever the points are: 发生事故的，一律为三等."""
_EACH_ONE = re.compile("一(?:年|个月|月|天|次|人|户|亩|个)")
"""What something is asked for each of, and no figure: 一年多少."""
_INCLUDED = re.compile(r"\s*[（(]含")
_PAIR, _LEAST, _MORE = 2, 2, 3
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_ITEMS = frozenset({ClauseKind.LEVEL2, ClauseKind.LEVEL3, ClauseKind.LEVEL4, ClauseKind.BULLET, ClauseKind.RUN})
_LISTED = frozenset("、，,；;")
_MARKS = "。；;，, \n"


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A part of a clause that holds for one range; ``label`` are the words around the range, folded.

    ``lead`` is what its sentence says before its first range, ``grade`` is what it only calls all in the range (优秀),
    where the words beside the range tell nothing of it.
    """

    clause: Clause
    part: Span
    range: Range
    label: str
    lead: str
    grade: str = ""


class RangeClauses:
    """Answers from clauses whose parts each hold for a range of one measure."""

    def __init__(self, units: Units, support: Support) -> None:
        self._units, self._support = units, support
        self._known: dict[str, tuple[tuple[_Ruled, ...], ...]] = {}

    def answer(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return the part whose range the one figure of the question falls in; both where it is the end of two.

        ``whole`` is what is told else: it is put right only where it is another part of the same clauses. What the
        question speaks of must stand in the part, or around the ranges of those beside it.
        """
        question = understood.question
        stated = [(one, span) for one, span in find_quantities(question.text) if states_figure(one) or _is_short(one)]
        stated = [(one, span) for one, span in stated if not _EACH_ONE.fullmatch(span.of(question.text))]
        if len(stated) != 1 or len(understood.documents) > FEW_DOCUMENTS:
            return None
        quantity, figure = stated[0]
        if _GRANTED.search(question.key[: figure.start]):
            return None
        found = [
            (document, group, chosen)
            for document in understood.documents
            for group in self._groups(document)
            if (chosen := self._chosen(question, quantity, figure, document, group, whole))
        ]
        parts = {(document.info.id, *(one.part for one in chosen)) for document, _, chosen in found}
        if len(parts) != 1:
            return None  # two documents rule of it, and none is told for both
        document, group, chosen = found[0]
        if whole.kind is AnswerKind.PASSAGE and not _puts_right(whole, document, group, chosen):
            return None
        return _told(understood, document, chosen, figure)

    def _groups(self, document: ParsedDocument) -> tuple[tuple[_Ruled, ...], ...]:
        if document.info.id not in self._known:
            self._known[document.info.id] = _read_groups(document)
        return self._known[document.info.id]

    def _chosen(
        self,
        question: Question,
        quantity: Quantity,
        figure: Span,
        document: ParsedDocument,
        group: Sequence[_Ruled],
        whole: Answer,
    ) -> tuple[_Ruled, ...]:
        """Return the one part that fits, of several the one whose label shares most with the words at the figure.

        Where a range ends at the figure and another begins there it is both (3人以下 and 3人以上 of 3人), unless one
        says that it takes the figure in (500万元以下（含500万元）). Where ``whole`` told of another part of the same
        clauses, what it was found for is spoken of.
        """
        around = _label(question.key, figure)
        labels = "\n".join(one.label for one in group)
        fitting = [one for one in group if falls_in(_in_unit_of(quantity, one.range), one.range, self._units)]
        taken_in = [one for one in fitting if _takes_in(quantity, one.part.of(document.text))]
        fitting = taken_in if len(taken_in) == 1 else fitting
        shares = {one: _likeness(around, one.label) for one in fitting}
        parts = {one.part for one in fitting}
        meet = len(fitting) == _PAIR and _meet(fitting[0].range, fitting[1].range)
        if len(parts) > 1 and not meet:
            fitting = [one for one in fitting if shares[one] == max(shares.values()) and shares[one]]
        if any(one.grade for one in fitting) and not _is_one_scale(group):
            return ()  # 山区站点80分以上为优秀 beside 平原站点90分以上为优秀
        grades = bool(fitting) and all(one.grade for one in fitting) and _asks_grade(question.key, group)
        if not (meet or len({one.part for one in fitting}) == 1) or not (grades or _shared(around, labels)):
            return ()
        chosen = tuple(fitting) if meet and not taken_in else tuple(fitting[:1])
        graded = any(one.grade for one in chosen)
        if not graded and whole.kind is AnswerKind.PASSAGE and _puts_right(whole, document, group, chosen):
            return chosen
        return chosen if self._speaks_of(question, figure, document, chosen[0], labels) else ()

    def _speaks_of(
        self, question: Question, figure: Span, document: ParsedDocument, chosen: _Ruled, labels: str
    ) -> bool:
        said = chosen.part.of(document.text)
        clauses = {one.id: one for one in document.clauses}
        beside = [chosen.clause, clauses.get(chosen.clause.parent or "")] if chosen.grade else []
        own = [span for one in beside if one is not None for span in one.own]
        lead = [one.of(document.text) for one in split_sentences(document.text, own)]
        lead = [one for one in lead if _OVERRIDES.search(one) is None]
        context = fold("\n".join((document.info.title, *chosen.clause.path, said, *lead)))
        context = "\n".join((context, labels, chosen.lead))
        asked = [word for word in question.words if word.end - word.start > 1 and not word.overlaps(figure)]
        asked = [word for word in asked if not _EACH_ONE.fullmatch(word.of(question.key))]
        whole = fold("\n".join(span.of(document.text) for span in chosen.clause.own))
        if chosen.grade:
            asked = [word for word in asked if _GRADE.fullmatch(word.of(question.key)) is None]
        left_out = [match["left"] for match in _EXCEPT.finditer(whole)]
        excepted = any(word.of(question.key) in left for word in asked for left in left_out)
        nouns = {m.span.of(question.key) for m in question.mentions if m.kind is MentionKind.CLASS_NOUN}
        named = len(asked) + sum(noun in fold(said) for noun in nouns)
        telling = named >= (1 if chosen.grade else _LEAST) and not excepted
        return telling and not self._support.unsupported(question.key, asked, context)


def _is_short(quantity: Quantity) -> bool:
    """Return whether a figure is said without its unit (480万), which the range then has."""
    return quantity.form is QuantityForm.NUMBER and quantity.sign == "=" and not quantity.unit and bool(quantity.scale)


def _in_unit_of(quantity: Quantity, one: Range) -> Quantity:
    return replace(quantity, unit=split_unit(one.unit)[1]) if _is_short(quantity) else quantity


def _takes_in(quantity: Quantity, part: str) -> bool:
    """Return whether a part says of its bound, which is the figure, that it belongs to it: 500万元以下（含500万元）."""
    bounds = ((one, part[span.end :]) for one, span in find_quantities(part) if one.sign in ("≤", "≥"))
    return any(one.low == quantity.low and _INCLUDED.match(behind) for one, behind in bounds)


def _is_one_scale(group: Sequence[_Ruled]) -> bool:
    """Return whether no two parts give a grade to the same points, but for those where they meet."""
    ranges = sorted(
        {one.part: one.range for one in group}.values(), key=lambda one: (one.low is not None, one.low or 0)
    )
    return all(
        lower.high is not None and upper.low is not None and lower.high <= upper.low
        for lower, upper in pairwise(ranges)
    )


def _asks_grade(key: str, group: Sequence[_Ruled]) -> bool:
    """Return whether a folded question asks in which grade something is: 算什么等次, 是几级, 合格吗."""
    return _GRADE.search(key) is not None or any(one.grade and one.grade in key for one in group)


def _shared(one: str, other: str) -> int:
    """Return how many pairs of characters of one text the other holds."""
    return sum(one[i : i + _PAIR] in other for i in range(len(one) - 1))


def _meet(one: Range, other: Range) -> bool:
    """Return whether a range ends where the other begins."""
    return (one.high is not None and one.high == other.low) or (other.high is not None and other.high == one.low)


def _puts_right(whole: Answer, document: ParsedDocument, group: Sequence[_Ruled], chosen: Sequence[_Ruled]) -> bool:
    """Return whether what was told first is of these clauses and holds, wholly or too, for another range."""
    told = fold(whole.answer.split("\n")[0])
    parts = {one.part: fold(one.range.name) for one in group}
    own = {one.part for one in chosen}
    of_others = any(name in told for part, name in parts.items() if part not in own)
    of_one = len(own) > 1 and not all(parts[part] in told for part in own)
    clauses = {one.clause.span for one in group}
    inside = (
        one.document_id == document.info.id and any(span.overlaps(Span(one.start, one.end)) for span in clauses)
        for one in whole.citations
    )
    graded = chosen[0].grade != "" and not any(parts[part] in told for part in own)
    return (of_others or of_one or graded) and any(inside)


def _told(understood: Understood, document: ParsedDocument, chosen: Sequence[_Ruled], figure: Span) -> Answer:
    """Return the parts with the sentences that they stand in."""
    evidence = tuple(dict.fromkeys(_sentence_of(document, one) for one in chosen))
    numbers = [evidence.index(_sentence_of(document, one)) + 1 for one in chosen]
    said = [" ".join(one.part.of(document.text).split()).strip(_MARKS) for one in chosen]
    head = "；".join(f"{one}[{number}]" for one, number in zip(said, numbers, strict=True))
    head = f"{said[0]}。[1]" if len(chosen) == 1 else f"{head}。"
    quotes = [" ".join(one.quote.split()) for one in evidence]
    longer = [n for n, quote in enumerate(quotes, 1) if quote.strip(_MARKS) not in said]
    whole = "".join(f"\n\n原文：“{quotes[n - 1]}”[{n}]" for n in longer)
    stated, names = figure.of(understood.standalone), "、".join(f"“{one.range.name}”" for one in chosen)
    meant = (
        f"“{stated}”按{names}理解。"
        if len(chosen) == 1
        else f"“{stated}”正好在{names}的分界上，归哪一档以文件对“以上”“以下”的说明为准。"
    )
    place = f"依据：{label_of(document.info)}{evidence[0].locator.rstrip('.、')}。"
    text = f"{head}{whole}\n\n{place}\n\n{meant}"
    answer = Answer(understood.asked, understood.standalone, AnswerKind.PASSAGE, text)
    return replace(answer, citations=cite(evidence))


def _sentence_of(document: ParsedDocument, one: _Ruled) -> Evidence:
    """Return the sentence that a part stands in."""
    text, own = document.text, next(span for span in one.clause.own if span.covers(one.part))
    start = max(text.rfind(mark, own.start, one.part.start) + 1 for mark in "。\n")
    ends = (at + 1 for mark in "。\n" if (at := text.find(mark, one.part.end - 1, own.end)) >= 0)
    return clause_evidence(document, one.clause, Span(max(start, own.start), min(ends, default=own.end)))


def _read_groups(document: ParsedDocument) -> tuple[tuple[_Ruled, ...], ...]:
    """Return the parts with ranges in units of one kind, of one clause or of items beside each other: two or more.

    Items belong together where the words around their ranges are alike: 死亡3人以上, 死亡10人以上.
    """
    found: dict[tuple[str, str], list[_Ruled]] = {}
    for clause in document.clauses:
        above = clause.parent if clause.kind in _ITEMS and clause.parent is not None else clause.id
        for one in _ruled(document, clause):
            for place in dict.fromkeys((clause.id, above)):
                found.setdefault((place, split_unit(one.range.unit)[1]), []).append(one)
    groups = (tuple(dict.fromkeys(group)) for group in found.values())
    alike = (tuple(one for one in group if _is_like_others(one, group)) for group in groups)
    return tuple(group for group in alike if len({one.part for one in group}) >= _LEAST)


def _is_like_others(one: _Ruled, group: Sequence[_Ruled]) -> bool:
    """Return whether another part of one clause, or an item with words alike around its range, stands beside it."""
    others = (other for other in group if other.part != one.part)
    return any(
        other.clause.id == one.clause.id or _shared(one.label, other.label) or bool(one.grade and other.grade)
        for other in others
    )


def _ruled(document: ParsedDocument, clause: Clause) -> Iterator[_Ruled]:
    for part in split_sentences(document.text, clause.own):
        said = part.of(document.text)
        ranges = _ranges(said)
        graded = [_GRADED.match(said, place.end) for _, place in ranges]
        grades = bool(graded) and all(graded)
        pieces = _pieces(said, ranges)
        for (one, place), grade in zip(ranges, graded, strict=True):
            own = Span(part.start + pieces[place].start, part.start + pieces[place].end)
            if grades and grade is not None:
                own = Span(part.start + place.start, part.start + grade.end())
            called = fold(grade["grade"]) if grades and grade is not None else ""
            yield _Ruled(clause, own, one, fold(_label(said, place)), fold(said[: ranges[0][1].start]), called)


def _pieces(said: str, ranges: Sequence[tuple[Range, Span]]) -> dict[Span, Span]:
    """Return for each place of a range what a sentence has for it alone, where it lists ranges in one unit.

    5万人以上每年15万元、不足2万人每年6万元. All of it for others.
    """
    whole = Span(0, len(said))
    found = {place: whole for _, place in ranges}
    for unit in {split_unit(one.unit)[1] for one, _ in ranges}:
        starts = [place.start for one, place in ranges if split_unit(one.unit)[1] == unit]
        places = [place for one, place in ranges if split_unit(one.unit)[1] == unit]
        last = _BEHIND.match(said, places[-1].end)
        ends = [*(start - 1 for start in starts[1:]), last.end() if last is not None else len(said)]
        ruled = [said[place.end : end] for place, end in zip(places, ends, strict=True)]
        if len(places) > 1 and all(said[end] in _LISTED for end in ends[:-1]) and all(map(find_quantities, ruled)):
            found |= {place: Span(place.start, end) for place, end in zip(places, ends, strict=True)}
    return found


def _ranges(said: str) -> list[tuple[Range, Span]]:
    """Return the ranges of a sentence and where they stand; two ends are one: 400万元以下、100万元以上."""
    joined: list[tuple[Range, Span]] = []
    for _, span in find_quantities(said):
        below = _BELOW.search(said[: span.start])
        place = Span(below.start(), span.end) if below is not None else span
        one = range_of(f"低于{span.of(said)}" if below is not None else span.of(said), "")
        if one is None:
            continue
        one, last = replace(one, name=place.of(said)), joined[-1] if joined else None
        both = _between(last[0], one, said[last[1].start : place.end]) if last is not None else None
        if last is not None and both is not None and _JOINT.fullmatch(said[last[1].end : place.start]):
            joined[-1] = both, Span(last[1].start, place.end)
        else:
            joined.append((one, place))
    return joined


def _between(one: Range, other: Range, name: str) -> Range | None:
    """Return the range that two bounds state together: 30人以上、99人以下; None where they do not meet."""
    low, high = (one, other) if one.high is None else (other, one)
    if low.low is None or low.high is not None or high.high is None or high.low is not None:
        return None
    (scale, base), (other_scale, other_base) = split_unit(low.unit), split_unit(high.unit)
    most = high.high * _SCALES[other_scale] / _SCALES[scale]
    if base != other_base or low.low > most:
        return None
    return Range(name, low.low, most, (low.closed[0], high.closed[1]), low.unit)


def _label(said: str, place: Span) -> str:
    """Return the words on both sides of a range or figure up to the next marks, a line each: 出现30人以上死亡的."""
    before, behind = _BEFORE.search(said[: place.start]), _BEHIND.match(said, place.end)
    return "\n".join(match.group() if match is not None else "" for match in (before, behind))


def _likeness(around: str, label: str) -> int:
    """Return how much the words around a figure are those around a range: those behind it tell more (50人重伤)."""
    (before, behind), (other_before, other_behind) = around.split("\n", 1), label.split("\n", 1)
    return _shared(before, label) + _shared(behind, other_before) + _MORE * _shared(behind, other_behind)
