"""A question that asks whether a cell says something in, “是” or “不是” with what the cell says out.

Example: 甲项目的投资是不是16.5亿元 → 不是。“甲项目”的投资是6.3亿元。[1]

Nothing is said where the cell does not decide it: ≥95 says neither that it is 95 nor that it is 97.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.models import Answer, AnswerKind
from assistant.respond.computed import answer_query
from assistant.respond.lookup import answer_lookup, unit_of
from assistant.respond.places import PlaceAnswers
from assistant.respond.refusal import NO, UNLIKE, YES, deny_claim, unlike
from assistant.understand.claimed import FigureClaim, find_count_claim, find_figure_claim, is_plain
from assistant.understand.places import Places
from assistant.understand.plan import LookupPlan
from assistant.understand.query import Operation
from assistant.understand.understood import Understood
from corpus.agreement.compare import compare
from corpus.agreement.models import Verdict
from corpus.conversion import Units
from corpus.models import Cell, ColumnKind, Quantity, Table
from corpus.numerals import find_quantities, parse_quantity, split_unit
from index.facts import Facts

_COUNT = re.compile(r"共 (?P<number>\d+) ")
"""How the calculation of rows that are counted begins."""
_IS_GOAL = re.compile(
    "(?<![主重])要(?!求)|应[当该]?(?=[达控在保]|提高|降)|目标|(?:控制|保持|稳定|维持)在|(?:提高|提升|增加|下降|降低|降|达)到"
)
_IS_DONE = re.compile("了[吗么嘛吧没，,？?]")
"""The one says that a figure is what shall be, the other that it was."""
_COUNTING = frozenset("个项家位名条处座")
_UP, _DOWN = ("≥", ">"), ("≤", "<")
Read = Callable[[str, Understood], Understood]


def _wants_goal(text: str) -> bool:
    """Return whether a question confirms what is to be reached: 要控制在4.5%以内吗, and not 降到4.5%了吗."""
    return _IS_GOAL.search(text) is not None and not _IS_DONE.search(text)


class Whether:
    """Confirms or denies what a question takes a single cell to say."""

    def __init__(
        self, units: Units, places: Places, facts: Facts, read: Read, ask: Callable[[Understood], Answer]
    ) -> None:
        """Take ``read``, which understands another question put to the same documents, and what answers it."""
        self._units, self._facts, self._read, self._ask = units, facts, read, ask
        self._places = PlaceAnswers(places, facts)

    def figure(self, understood: Understood) -> Answer | None:
        """Return whether a figure of one row is what the question states; None where it asks no such thing."""
        claim = find_figure_claim(understood.standalone)
        counted = find_count_claim(understood.standalone) if claim is None else None
        if counted is not None:
            return self._number(counted, understood)
        plan = self._read(f"{claim.of}是多少", understood).plan if claim is not None else None
        cell = _sole_cell(plan)
        if claim is not None and cell is None and _wants_goal(understood.standalone):
            plan = self._read(f"{claim.of}的目标是多少", understood).plan
            cell = _sole_cell(plan)
        if claim is None or plan is None or cell is None:
            return self._of_rows(claim, understood) if claim is not None else None
        truth = self._is_so(claim, *cell)
        answer = answer_lookup(plan, self._facts, understood.asked, understood.standalone)
        return worded(answer, truth, (claim.stated,))

    def _of_rows(self, claim: FigureClaim, understood: Understood) -> Answer | None:
        return (
            self._number(claim, understood) or self._total(claim, understood) or self._in_a_sentence(claim, understood)
        )

    def _in_a_sentence(self, claim: FigureClaim, understood: Understood) -> Answer | None:
        """Return whether the one figure of the sentence that answers is what the question states."""
        answer = self._ask(self._read(f"{claim.of}是多少", understood))
        said = answer.answer.split("[")[0] if answer.kind is AnswerKind.PASSAGE else ""
        figures = [quantity for quantity, _ in find_quantities(said)]
        known = figures[0] if len(figures) == 1 else None
        truth = self._agrees(claim, known) if known is not None and claim.quantity.unit else None
        if truth is None:
            return None
        told = worded(
            replace(answer, question=understood.asked, standalone=understood.standalone), truth, (claim.stated,)
        )
        shown = answer.answer.split("\n\n")[1:]  # a denial keeps the sentence that it rests on
        return told if truth else replace(told, answer="\n\n".join((told.answer, *shown)))

    def _total(self, claim: FigureClaim, understood: Understood) -> Answer | None:
        """Return whether rows come to what the question states: 能源局牵头的项目总投资是100亿元吗."""
        query = self._read(f"{claim.of}是多少", understood).query
        if query is None or query.unexplained or query.group is not None or query.also or not query.names_measure:
            return None
        if query.operations != (Operation.SUM,) or query.each:
            return None
        answer = answer_query(query, self._facts, understood.asked, understood.standalone)
        total = answer.claims[0].statement if answer.claims else None
        known = parse_quantity(total.value, total.unit) if total is not None else None
        return None if known is None else worded(answer, self._agrees(claim, known), (claim.stated,))

    def _number(self, claim: FigureClaim, understood: Understood) -> Answer | None:
        """Return whether there are as many rows as the question states: 水利局牵头的项目是不是9个."""
        if claim.quantity.unit not in _COUNTING or claim.quantity.low is None or claim.quantity.scale:
            return None
        asked = self._read(claim.counting, understood)
        around = self._places.rows(asked.query) if asked.query is not None else None
        if asked.query is not None and around is not None and (around.covering or around.unsaid):
            # 全市9个旗区 may be counted or not: both are told, and neither is confirmed.
            return self._places.answer(asked.query, understood.question, understood.asked)
        answer = self._ask(asked)
        count = _COUNT.match(answer.calculation.expression) if answer.calculation is not None else None
        if count is None or answer.kind is not AnswerKind.LOOKUP:
            return None
        number, limit = Fraction(int(count["number"])), Fraction(claim.quantity.low)
        truth = number == limit if claim.sign == "=" else _is_held(claim.sign, limit, number, number, "=")
        told = YES + answer.answer if truth else f"{NO}{answer.answer}\n\n{unlike((claim.stated,))}"
        return replace(answer, question=understood.asked, standalone=understood.standalone, answer=told)

    def _is_so(self, claim: FigureClaim, table: Table, cell: Cell) -> bool | None:
        """Return whether the cell makes the claim true; None where it does not say."""
        assert cell.quantity is not None
        scale, unit = split_unit(unit_of(table, cell))
        return self._agrees(claim, replace(cell.quantity, scale=scale, unit=unit))

    def _agrees(self, claim: FigureClaim, known: Quantity) -> bool | None:
        asked = claim.quantity
        if not asked.unit:
            # 6.3 and 6.3亿 of a cell in 亿元 are both in its unit.
            asked = replace(asked, unit=known.unit, scale=asked.scale or known.scale)
        elif not known.unit and self._units.dimension(asked.unit):
            return None  # nobody knows whether a bare 80 is 元 or 万元
        verdict = compare(asked, known, self._units)
        met = claim.sign in (">=", "<=") and verdict is Verdict.AGREES and asked.sign == known.sign
        if claim.sign != "=":
            return True if met else self._is_within(claim.sign, asked, known)
        if verdict is Verdict.AGREES:
            return True if asked.sign == known.sign else None
        return False if verdict is Verdict.DIFFERS else None

    def _is_within(self, sign: str, bound: Quantity, known: Quantity) -> bool | None:
        """Return whether all that the cell may mean is in ``sign`` to ``bound``, or nothing of it."""
        ratio = self._ratio(bound, known)
        if ratio is None or bound.low is None or known.low is None or known.high is None or known.sign == "≈":
            return None
        if not (is_plain(bound) and is_plain(known)) or bound.low != bound.high:
            return None
        limit = Fraction(bound.low) * ratio
        low = None if known.sign in _DOWN else Fraction(known.low)
        high = None if known.sign in _UP else Fraction(known.high)
        return _is_held(sign, limit, low, high, known.sign)

    def _ratio(self, one: Quantity, other: Quantity) -> Fraction | None:
        """Return how many of the second's units one of the first's is, by comparing them as one figure each."""
        if (one.scale, one.unit) == (other.scale, other.unit):
            return Fraction(1)
        return self._units.ratio(one.scale + one.unit, other.scale + other.unit)


def worded(answer: Answer, truth: bool | None, stated: Sequence[str]) -> Answer:
    """Return the answer behind 是 or 不是; as it is where the cell does not decide."""
    if truth is None:
        return answer
    return replace(answer, answer=YES + answer.answer) if truth else deny_claim(answer, stated)


def undecided(answer: Answer) -> Answer:
    """Return an answer without its 是 or 不是 where other places of the document state another value."""
    head = next((word for word in (YES, NO) if answer.conflicts and answer.answer.startswith(word)), "")
    if not head:
        return answer
    first, *rest = answer.answer.removeprefix(head).split("\n\n")
    kept = [part for part in rest if not part.startswith(UNLIKE)]  # what does not agree stands behind a denial
    return replace(answer, kind=AnswerKind.LOOKUP, answer="\n\n".join((first, *kept)), missing=())


def _sole_cell(plan: LookupPlan | None) -> tuple[Table, Cell] | None:
    """Return the one cell with a figure that a complete lookup reads; None where it reads anything else."""
    if plan is None or not plan.is_complete or len(plan.targets) != 1 or plan.targets[0].details:
        return None
    target = plan.targets[0]
    table, row = target.entity.table, target.entity.row
    if table is None or row is None or len(target.columns) != 1:
        return None
    cells = [cell for cell in row.cells if cell.column == target.columns[0]]
    figures = [cell for cell in cells if cell.quantity is not None and cell.quantity.low is not None]
    is_figure = target.columns[0] >= 0 and table.columns[target.columns[0]].kind is ColumnKind.NUMBER
    return (table, figures[0]) if figures and is_figure else None


def _is_held(sign: str, limit: Fraction, low: Fraction | None, high: Fraction | None, known: str) -> bool | None:
    """Return whether all figures from ``low`` to ``high`` (None: no end) are in ``sign`` to ``limit``; None for some.

    ``known`` is the sign of the cell: an end behind > or < does not belong to it.
    """
    if sign in (">", "<="):
        above = low is not None and (low > limit or (low == limit and known == ">"))
        below = high is not None and high <= limit
    else:
        above = low is not None and low >= limit
        below = high is not None and (high < limit or (high == limit and known == "<"))
    if not (above or below):
        return None
    return above if sign in (">", ">=") else below
