"""A question that adds or compares figures of the running text in, the computed figure with its parts cited out.

Example: 退化林修复和封山育林一共多少万亩 → 33.4 + 2 = 35.4万亩, both figures of one sentence.

A figure that a sentence gives before and after (由24立方米提高到41立方米) is subtracted where the change is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation
from assistant.respond.evidence import Evidence, cell_evidence, cite, clause_evidence
from assistant.respond.sentences import split_sentences
from assistant.understand.entities import common_blocks
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind, Question
from assistant.understand.support import Support
from assistant.understand.understood import Understood
from corpus.agreement.models import Finding, Statement
from corpus.folding import fold
from corpus.models import ColumnKind, ParsedDocument, QuantityForm, Row, Span
from corpus.units import UNIT

_TOTAL = re.compile(
    r"(?:[一总]?共|共计|合计|总计|加起来|合起来|加在?一[起块]儿?|加到一[起块]儿?|相加|之和|总和|总量|总数)(?=.{0,8}(?:多少|几|多大|多长))"
)
_MORE = re.compile(
    r"比(?P<other>.+?)(?:要|能)?(?P<word>多|少|高|低|长|短|大|小)(?:出)?(?:多少|几)|相差(?:多少|几)|差(?:多少|几)"
)
_OF_GROWTH = re.compile(r"增速|增幅|增长率|涨幅|百分点")
_JOINTS = re.compile(r"以及|和|与|跟|及|、|加上")
_EDGE = re.compile(
    r"^(?:请问|那么?|计划|要|将|在|里|中|全市|全县|全区)+|(?:[两三四五]?[者处个项种类]|各自?|分别|的|规模|面积|数量|总|一|计划|要|能|都|是)+$"
)
_CHANGE = re.compile(
    rf"由(?:(?:19|20)\d\d年的?)?(?P<before>[^，。；、]{{0,6}}?(?P<first>\d[\d,.]*)(?P<unit>(?:万亿|[万亿])?(?:{UNIT})))"
    rf"(?P<word>提高|增加|提升|扩大|上升|增长|降低|下降|减少|压减|缩短|延长)(?:到|至|为)"
    rf"(?P<after>[^，。；、]{{0,6}}?(?P<second>\d[\d,.]*)(?P<unit2>(?:万亿|[万亿])?(?:{UNIT})))"
)
_ASKS_CHANGE = re.compile(r"(?:提高|增加|提升|扩大|上升|增长|降低|下降|减少|压减|缩短|延长|多|少)了?(?:多少|几)")
_ASKED_UNIT = re.compile(rf"(?:几|多少)(?P<unit>个?百分点|{UNIT})")
_LEADS = re.compile(r"新建|改建|扩建|续建|加固|修复|改造|治理|建设|修建|维修|新增|更新|迁建|恢复|种植|补植")
_VERB = 2
_LEAST_NAME, _WHOLE, _INSIDE, _PARTS = 2, 3, 2, 1


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the figures that are added: what it is called in the text, and where it is stated."""

    statement: Statement
    figure: Decimal
    unit: str


class StatedSums:
    """Computes with figures that sentences state."""

    def __init__(
        self,
        figures: Callable[[ParsedDocument], Sequence[Finding]],
        support: Support,
        same: Callable[[str], tuple[str, ...]],
    ) -> None:
        """Take ``figures``, which gives every figure that a document states, and ``same``, the units of a dimension."""
        self._figures, self._support, self._same = figures, support, same

    def answer(self, understood: Understood) -> Answer | None:
        """Return the sum, the difference or the change; None where the text does not state each of the figures once."""
        question = understood.question
        if not question.named(MentionKind.OPERATION) and Ask.HOW_MANY not in question.asks:
            return None
        total, more = _TOTAL.search(question.key), _MORE.search(question.key)
        changes = _ASKS_CHANGE.search(question.key) is not None
        if more is not None and _OF_GROWTH.search(question.key):
            return None  # what grew faster is no difference of levels
        for document in understood.documents if total or more or changes else ():
            if (total or more) and (found := self._sum(understood, document, total, more)):
                return found
            if changes and (found := self._change(understood, document)):
                return found
        return None

    def _sum(
        self, understood: Understood, document: ParsedDocument, total: re.Match[str] | None, more: re.Match[str] | None
    ) -> Answer | None:
        key = understood.question.key
        cut = total or more
        assert cut is not None
        names = (
            _names(key[: cut.start()]) if more is None or not more["other"] else [key[: more.start()], more["other"]]
        )
        things = understood.plan.things if understood.plan is not None else ()
        rows = {thing.row.span for thing in things if thing.row is not None}
        called = "\n".join(thing.key for thing in things)
        bare = [_without_thing(_EDGE.sub("", name.replace("的", "")), called) for name in names]
        parts = [self._part(name, document, rows) for name in _with_their_noun(bare)]
        found = [part for part in parts if part is not None]
        if len(found) < 2 or len(found) < len(parts) or len({part.unit for part in found}) > 1:
            return None
        if len({part.statement.span for part in found}) < len(found) or self._leaves(
            understood.question, document, found
        ):
            return None
        return _word(understood, document, found, more if total is None else None)

    def _part(self, name: str, document: ParsedDocument, rows: Collection[Span]) -> _Part | None:
        """Return the one figure that clauses or the prose of ``rows`` state of what is called ``name``."""
        if len(name) < _LEAST_NAME:
            return None
        rated = [
            (score, one)
            for finding in self._figures(document)
            for one in finding.statements
            if (one.place.clause or _is_prose_of(one, document, rows)) and (score := _likeness(name, fold(one.subject)))
        ]
        best = max((score for score, _ in rated), default=0)
        parts = [part for score, one in rated if score == best and (part := _exact(one)) is not None]
        return parts[0] if parts and len({(part.figure, part.unit) for part in parts}) == 1 else None

    def _leaves(self, question: Question, document: ParsedDocument, parts: Sequence[_Part]) -> bool:
        """Return whether the question holds words that neither the figures nor their clauses say."""
        places = {part.statement.place.clause for part in parts}
        clauses = [clause for clause in document.clauses if clause.id in places]
        said = [span.of(document.text) for clause in clauses for span in clause.own]
        said += [row.span.of(document.text) for row in _rows_of(parts, document)]
        context = fold("\n".join([document.info.title, *said, *(step for one in clauses for step in one.path)]))
        return bool(self._support.unsupported(question.key, question.telling, context))

    def _change(self, understood: Understood, document: ParsedDocument) -> Answer | None:
        """Return by how much the one figure changes whose sentence says all that the question names."""
        question = understood.question
        named = [word for word in question.words if word.end - word.start > 1]
        unit = _ASKED_UNIT.search(question.key)
        if not any(word in question.telling for word in named):
            return None
        found = [
            (clause, sentence, match)
            for clause in document.clauses
            for sentence in split_sentences(document.text, clause.own)
            if (match := _CHANGE.search(sentence.of(document.text))) and match["unit"] == match["unit2"]
            and not self._support.unsupported(
                question.key, named, fold("\n".join((sentence.of(document.text), *clause.path)))
            )
            and (unit is None or unit["unit"] in (match["unit"], "个"))
            and all(year in "\n".join((sentence.of(document.text), *clause.path)) for year in question.years)
        ]  # fmt: skip
        if len(found) != 1:
            return None
        clause, sentence, match = found[0]
        first, second = (Decimal(match[side].replace(",", "")) for side in ("first", "second"))
        size = f"{abs(second - first).normalize():f}{match['unit']}"
        text = f"{match['word']}{size}：由{match['before']}{match['word']}到{match['after']}。[1]"
        high, low = max(first, second), min(first, second)
        evidence = [clause_evidence(document, clause, sentence)]
        return _answer(understood, text, f"{high} - {low} = {size}", evidence)


def _names(text: str) -> list[str]:
    """Return the things joined before what is asked of them: 甲和乙 → 甲, 乙."""
    clause = re.split(r"[，,。；;：:]", text)[-1] or text.rstrip("，,")
    return [name for name in _JOINTS.split(clause) if name]


def _with_their_noun(names: Sequence[str]) -> list[str]:
    """Return the names with what the last one alone says of all: 新建 and 加固的淤地坝 → 新建淤地坝 and 加固淤地坝."""
    if not names:
        return []
    last = names[-1].replace("的", "")
    noun = last[_VERB:]
    bare = len(names) > 1 and _LEADS.match(last) is not None
    return [*(f"{name}{noun}" if bare and _LEADS.search(name[-_VERB:]) else name for name in names[:-1]), last]


def _without_thing(name: str, called: str) -> str:
    """Return a name without the words before it that call the row which it is of: 甲项目造林补贴 → 造林补贴."""
    rest = name
    while (block := next(iter(common_blocks(rest, called)), None)) and not block.start and block.end < len(rest):
        rest = rest[block.end :].lstrip("在里中，,")
    return _EDGE.sub("", rest) if len(rest) >= _LEAST_NAME else name


def _likeness(name: str, subject: str) -> int:
    """Return how surely a figure's ``subject`` is what the question calls ``name``: 3, 2, 1, or 0 for not at all."""
    if name == subject:
        return _WHOLE
    if name in subject or (len(subject) > _LEAST_NAME and subject in name):
        return _INSIDE
    held = sum(block.end - block.start for block in common_blocks(name, subject))
    return _PARTS if held == len(name) else 0


def _exact(statement: Statement) -> _Part | None:
    """Return a figure that may be added; None for a range or words."""
    quantity = statement.quantity
    if quantity is None or quantity.form is not QuantityForm.NUMBER or quantity.low is None or quantity.sign != "=":
        return None
    return _Part(statement, quantity.low, f"{quantity.scale}{quantity.unit}")


def _word(
    understood: Understood, document: ParsedDocument, parts: Sequence[_Part], more: re.Match[str] | None
) -> Answer:
    evidence: list[Evidence] = []
    said = []
    for part in parts:
        evidence.append(_evidence(part.statement, document))
        said.append(f"{part.statement.subject}{part.figure}{part.unit}[{len(evidence)}]")
    figures, unit = [part.figure for part in parts], parts[0].unit
    if more is None:
        total = f"{sum(figures, Decimal(0)).normalize():f}{unit}"
        expression = f"{' + '.join(map(str, figures))} = {total}"
        return _answer(understood, f"合计{total}：{'，'.join(said)}。", expression, evidence)
    size = f"{abs(figures[0] - figures[1]).normalize():f}{unit}"
    high, low = max(figures), min(figures)
    less = "少" if figures[0] < figures[1] else "多"
    head = f"前者比后者{less}{size}" if more["other"] else f"相差{size}"
    return _answer(understood, f"{head}：{'，'.join(said)}。", f"{high} - {low} = {size}", evidence)


def _is_prose_of(statement: Statement, document: ParsedDocument, rows: Collection[Span]) -> bool:
    """Return whether a figure stands in the prose of one of ``rows``: 造林3万亩 in 建设内容."""
    place = statement.place
    table = next((table for table in document.tables if table.id == place.table), None)
    if table is None or table.columns[place.column].kind is not ColumnKind.TEXT:
        return False
    return any(row.number == place.row and row.span in rows for row in table.data_rows)


def _rows_of(parts: Sequence[_Part], document: ParsedDocument) -> list[Row]:
    places = {(part.statement.place.table, part.statement.place.row) for part in parts if part.statement.place.table}
    return [row for table in document.tables for row in table.data_rows if (table.id, row.number) in places]


def _evidence(statement: Statement, document: ParsedDocument) -> Evidence:
    place = statement.place
    if place.clause:
        clause = next(clause for clause in document.clauses if clause.id == place.clause)
        return clause_evidence(document, clause, statement.span)
    table = next(table for table in document.tables if table.id == place.table)
    row = next(row for row in table.data_rows if row.number == place.row)
    cell = next(cell for cell in row.cells if cell.column == place.column)
    return cell_evidence(document, table, row, cell)


def _answer(understood: Understood, text: str, expression: str, evidence: Sequence[Evidence]) -> Answer:
    return Answer(
        understood.asked,
        understood.standalone,
        AnswerKind.LOOKUP,
        text,
        citations=cite(evidence),
        calculation=Calculation(expression, ""),
    )
