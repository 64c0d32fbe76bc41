"""A question that states a figure and a clause that rules by ranges in, what the range it falls in has out.

Example: 总投资8000万元的项目由谁代办, of 总投资5000万元以上的…，由甲局…；不足5000万元的…，由乡镇… → the first part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.models import Answer, AnswerKind
from assistant.respond.document_labels import label_of
from assistant.respond.evidence import Evidence, cite, clause_evidence
from assistant.respond.range_pieces import Ruled, read_groups, shared_pairs, words_around
from assistant.respond.sentences import split_sentences
from assistant.understand.question import MentionKind, Question
from assistant.understand.range_rows import Range, falls_in, states_figure
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import ParsedDocument, Quantity, QuantityForm, Span
from corpus.numerals import find_quantities, split_unit
from index.search import FEW_DOCUMENTS

_GRANTED = re.compile(r"(?:补助|补贴|奖励|奖补|罚款|标准|[补奖罚处])(?:是|为|到|额)?$")
"""Stands before a figure that a rule gives, and none that it is asked by: 奖励5万元的企业."""
_EXCEPT = re.compile(r"除(?P<left>[^，,。；;]{2,20}?)[以之]?外")
_GRADE = re.compile(r"(?:哪一?个?|几|什么|何)?(?:等次|等级|级别|档次|等第|评级)|(?:哪一?个?|几|什么)[级档等]")
_OVERRIDES = re.compile(r"一律|一票否决|直接|不得|降低|降级|取消")
"""Gives a grade whatever the points are: 发生事故的，一律为三等."""
_EACH_ONE = re.compile("一(?:年|个月|月|天|次|人|户|亩|个)")
"""What something is asked for each of, and no figure: 一年多少."""
_PEOPLE = re.compile("人口|人数|常住|户籍")
"""Says of a figure without its unit that it counts people: 人口3万的镇."""
_OF_SOME = re.compile("残疾|退役|退伍|失业|下岗|脱贫|低保|外来|外籍|高校毕业")
"""Says which people alone a range counts: 残疾职工10人以上."""
_INCLUDED = re.compile(r"\s*[（(]含")
_PAIR, _LEAST, _MORE = 2, 2, 3
_MARKS = "。；;，, \n"


class RangeClauses:
    """Answers from clauses whose parts each hold for a range of one measure."""

    def __init__(self, units: Units, support: Support) -> None:
        self._units, self._support = units, support
        self._known: dict[str, tuple[tuple[Ruled, ...], ...]] = {}

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

    def _groups(self, document: ParsedDocument) -> tuple[tuple[Ruled, ...], ...]:
        if document.info.id not in self._known:
            self._known[document.info.id] = read_groups(document)
        return self._known[document.info.id]

    def _chosen(
        self,
        question: Question,
        quantity: Quantity,
        figure: Span,
        document: ParsedDocument,
        group: Sequence[Ruled],
        whole: Answer,
    ) -> tuple[Ruled, ...]:
        """Return the one part that fits, of several the one whose label shares most with the words at the figure.

        Where a range ends at the figure and another begins there it is both (3人以下 and 3人以上 of 3人), unless one
        says that it takes the figure in (500万元以下（含500万元）). Where ``whole`` told of another part of the same
        clauses, what it was found for is spoken of.
        """
        around = words_around(question.key, figure)
        labels = "\n".join(one.label for one in group)
        meant = ((one, _in_unit_of(quantity, one.range, question.key)) for one in group)
        fitting = [one for one, own in meant if own is not None and falls_in(own, one.range, self._units)]
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
        if not (meet or len({one.part for one in fitting}) == 1) or not (grades or shared_pairs(around, labels)):
            return ()
        chosen = tuple(fitting) if meet and not taken_in else tuple(fitting[:1])
        if any(
            _is_of_others(question, one) or _is_ruled_elsewhere(question, figure, document, one, group)
            for one in chosen
        ):
            return self._told_uncut(question, figure, document, group, chosen[0], whole)
        graded = any(one.grade for one in chosen)
        if not graded and whole.kind is AnswerKind.PASSAGE and _puts_right(whole, document, group, chosen):
            return chosen
        return chosen if self._speaks_of(question, figure, document, chosen[0], labels) else ()

    def _told_uncut(
        self,
        question: Question,
        figure: Span,
        document: ParsedDocument,
        group: Sequence[Ruled],
        chosen: Ruled,
        whole: Answer,
    ) -> tuple[Ruled, ...]:
        """Return all that the clause says, told as no range's own: in place of a part of it, or of no answer."""
        own = next(span for span in chosen.clause.own if span.covers(chosen.part))
        uncut = replace(chosen, part=own, range=replace(chosen.range, name=""), grade="")
        if whole.kind is AnswerKind.PASSAGE:
            return (uncut,) if _puts_right(whole, document, group, (uncut,)) else ()
        labels = "\n".join(one.label for one in group)
        speaks = not _is_of_others(question, chosen) and self._speaks_of(question, figure, document, uncut, labels)
        return (uncut,) if speaks else ()

    def _speaks_of(
        self, question: Question, figure: Span, document: ParsedDocument, chosen: Ruled, labels: str
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


def _is_ruled_elsewhere(
    question: Question, figure: Span, document: ParsedDocument, chosen: Ruled, group: Sequence[Ruled]
) -> bool:
    """Return whether the question speaks of what only the rest of the clause speaks of: 山区镇一律20万元.

    What stands around the ranges and before them is said of all parts.
    """
    own = [one for one in group if one.clause.id == chosen.clause.id]
    of_all = "\n".join((*(one.label for one in group), *(one.lead for one in own), fold(chosen.clause.heading)))
    told = f"{of_all}\n{fold(chosen.part.of(document.text))}"
    rest = fold("\n".join(span.of(document.text) for span in chosen.clause.own))
    words = (word.of(question.key) for word in question.words if not word.overlaps(figure))
    pairs = {word[i : i + _PAIR] for word in words for i in range(len(word) - 1)}
    return any(pair in rest and pair not in told for pair in pairs)


def _is_of_others(question: Question, chosen: Ruled) -> bool:
    """Return whether a part is for some people alone (残疾职工) and the question does not speak of them."""
    return any(match.group() not in question.key for match in _OF_SOME.finditer(chosen.label))


def _is_short(quantity: Quantity) -> bool:
    """Return whether a figure is said without its unit (480万)."""
    return quantity.form is QuantityForm.NUMBER and quantity.sign == "=" and not quantity.unit and bool(quantity.scale)


def _in_unit_of(quantity: Quantity, one: Range, key: str) -> Quantity | None:
    """Return a figure in the unit of a range; without its own it is money, or people where the question says so."""
    if not _is_short(quantity):
        return quantity
    unit = split_unit(one.unit)[1]
    return replace(quantity, unit=unit) if unit == ("人" if _PEOPLE.search(key) else "元") else None


def _takes_in(quantity: Quantity, part: str) -> bool:
    """Return whether a part says of its bound, which is the figure, that it belongs to it: 500万元以下（含500万元）."""
    bounds = ((one, part[span.end :]) for one, span in find_quantities(part) if one.sign in ("≤", "≥"))
    return any(one.low == quantity.low and _INCLUDED.match(behind) for one, behind in bounds)


def _is_one_scale(group: Sequence[Ruled]) -> bool:
    """Return whether no two parts give a grade to the same points, but for those where they meet."""
    ranges = sorted(
        {one.part: one.range for one in group}.values(), key=lambda one: (one.low is not None, one.low or 0)
    )
    return all(
        lower.high is not None and upper.low is not None and lower.high <= upper.low
        for lower, upper in pairwise(ranges)
    )


def _asks_grade(key: str, group: Sequence[Ruled]) -> bool:
    """Return whether a folded question asks in which grade something is: 算什么等次, 是几级, 合格吗."""
    return _GRADE.search(key) is not None or any(one.grade and one.grade in key for one in group)


def _meet(one: Range, other: Range) -> bool:
    """Return whether a range ends where the other begins."""
    return (one.high is not None and one.high == other.low) or (other.high is not None and other.high == one.low)


def _puts_right(whole: Answer, document: ParsedDocument, group: Sequence[Ruled], chosen: Sequence[Ruled]) -> bool:
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


def _told(understood: Understood, document: ParsedDocument, chosen: Sequence[Ruled], figure: Span) -> Answer:
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
    text = f"{head}{whole}\n\n{place}" + (f"\n\n{meant}" if chosen[0].range.name else "")
    answer = Answer(understood.asked, understood.standalone, AnswerKind.PASSAGE, text)
    return replace(answer, citations=cite(evidence))


def _sentence_of(document: ParsedDocument, one: Ruled) -> Evidence:
    """Return the sentence that a part stands in."""
    text, own = document.text, next(span for span in one.clause.own if span.covers(one.part))
    start = max(text.rfind(mark, own.start, one.part.start) + 1 for mark in "。\n")
    ends = (at + 1 for mark in "。\n" if (at := text.find(mark, one.part.end - 1, own.end)) >= 0)
    return clause_evidence(document, one.clause, Span(max(start, own.start), min(ends, default=own.end)))


def _likeness(around: str, label: str) -> int:
    """Return how much the words around a figure are those around a range: those behind it tell more (50人重伤)."""
    (before, behind), (other_before, other_behind) = around.split("\n", 1), label.split("\n", 1)
    return shared_pairs(before, label) + shared_pairs(behind, other_before) + _MORE * shared_pairs(behind, other_behind)
