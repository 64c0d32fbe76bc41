"""A question that states how much there is of something, and what is given for each of it, in; the sum for all out.

Example: 种草2000亩能补多少, of the row 人工种草 with 260元/亩 → 2000亩 come to 520000元, with the note below the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation, Citation
from assistant.respond.evidence import cell_evidence, cite
from assistant.respond.query_words import plain
from assistant.respond.rate_fit import ASKS, MARKS, fits_time, is_asked
from assistant.respond.rate_notes import note_below, raises, with_note
from assistant.respond.rate_row import RateRow
from assistant.respond.rates import Rate, is_money, is_plain, read_rate
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.models import ParsedDocument, Quantity, Row, Span, Table
from corpus.numerals import SCALES, find_quantities
from index.search import FEW_DOCUMENTS

_WANTS = re.compile(
    r"^.{0,8}?(?:想要?|要|打算|准备|计划|[种养建修买改办盖租包栽]了)(?:新?[搞建做种修干办养])?(?=[\u3400-\u9fff]{2})"
)
"""Stands before what somebody wants to do: 村里想搞…."""
_PAID = re.compile(r"(?:能|可以?|应|要|一共|总共|共)?(?:补|奖|给|拿|领|得|收|交|缴|付|花|多少)")
_IN_TEN_THOUSANDS = 10_000


class AppliedRates:
    """Applies the rate of one row to a figure that the question states."""

    def __init__(self, units: Units, ask: Callable[[Understood, str], Answer]) -> None:
        """Take what answers a text, put to the documents that a question is put to."""
        self._beside, self._ask = RateRow(units), ask

    def answer(self, understood: Understood) -> Answer | None:
        """Return what the one figure of the question comes to at the rate of the row it names; None without such.

        A bound of the row that the sum is above, and a note below the table, are told beside it. Where a cell of the
        row says from how much on something is given, and the figure is less, that is told and no sum. Where a cell
        says anything else that the sum may hang on, there is no sum.
        """
        text = understood.standalone
        stated = [(one, span) for one, span in find_quantities(text) if is_plain(one)]
        if len(stated) != 1 or ASKS.search(text) is None or len(understood.documents) > FEW_DOCUMENTS:
            return None
        quantity, figure = stated[0]
        for asked, left in _ways(text, figure, quantity):
            alone = (replace(understood, documents=(document,)) for document in understood.documents)
            told = [self._ask(one, asked) for one in alone]
            rates = [rate for one in told if (rate := _rate_of(one, quantity, figure, text)) is not None]
            if len(rates) == 1:
                return self._told(understood, quantity, figure, rates[0], left)
        return None

    def _told(self, understood: Understood, quantity: Quantity, figure: Span, rate: Rate, left: str) -> Answer | None:
        document = next(one for one in understood.documents if one.info.id == rate.citation.document_id)
        table, row = _row_of(document, rate.citation)
        text, said = understood.standalone, figure.of(understood.standalone)
        note = note_below(document, table)
        if (bound := self._beside.not_met(quantity, table, row)) is not None:
            head = f"“{table.columns[bound.column].name}”是{bound.text}[1]，{said}不在其内。"
            answer = Answer(understood.asked, text, AnswerKind.LOOKUP, head)
            return with_note(replace(answer, citations=cite([cell_evidence(document, table, row, bound)])), note)
        if not self._beside.are_all_counted(quantity, rate, table, row, text):
            return None
        raised = list(raises(note.quote, table, row, rate.claim.subject, text)) if note and rate.unit else []
        if len(raised) > 1:
            return None
        assert quantity.low is not None  # a plain number has its value
        amount = quantity.low * SCALES[quantity.scale]
        head = f"“{rate.claim.subject}”的{rate.claim.label}是{rate.shown}[1]"
        cited = (replace(rate.citation, index=1),)
        lines = [f"{head}，{said}为{self._sum(amount * rate.each, rate, table, row)}。"]
        working = [_product(amount, rate.each, rate)]
        for percent in raised:
            more = rate.each * (1 + Decimal(percent) / 100)
            total = self._sum(amount * more, rate, table, row)
            lines.append(f"按注上浮{percent}%，为{plain(more)}{rate.unit}，{said}为{total}。[{len(cited) + 1}]")
            working.append(_product(amount, more, rate))
        lines += [f"“{left}”没有计入。"] if left and not raised else []
        answer = Answer(understood.asked, text, AnswerKind.LOOKUP, "\n\n".join(lines))
        return with_note(replace(answer, citations=cited, calculation=Calculation("；".join(working), "")), note)

    def _sum(self, total: Decimal, rate: Rate, table: Table, row: Row) -> str:
        """Return a sum with its unit, in 万元 where it is long, and the bound of its row that it is above."""
        written = f"{plain(total)}{rate.money}"
        if rate.money == "元" and total >= _IN_TEN_THOUSANDS:
            written = f"{plain(total / _IN_TEN_THOUSANDS)}万元"
        for cell in row.cells:
            column = table.columns[cell.column]
            most = self._beside.most(cell, column, rate.money)
            if column.name != rate.claim.label and most is not None and total > most:
                unit = column.unit if cell.text[-1].isdigit() else ""
                return f"{written}，超过“{column.name}”{cell.text}{unit}"
        return written


def _product(amount: Decimal, each: Decimal, rate: Rate) -> str:
    return f"{plain(amount)} × {plain(each)} = {plain(amount * each)}{rate.money}"


def _row_of(document: ParsedDocument, citation: Citation) -> tuple[Table, Row]:
    table = next(one for one in document.tables if one.span.start <= citation.start < one.span.end)
    return table, next(row for row in table.rows if row.span.start <= citation.start < row.span.end)


def _ways(text: str, figure: Span, quantity: Quantity) -> Iterator[tuple[str, str]]:
    """Yield the question as asked for each one, with what is left out of it: all of it, then the clause of the figure.

    What is asked of a sum is asked without it: 核定投资5000万能补多少 → 核定投资能补多少.
    """
    each = "" if is_money(quantity) else f"每{quantity.unit}"
    yield text[: figure.start] + each + text[figure.end :], ""
    start = max((match.end() for match in MARKS.finditer(text, 0, figure.start)), default=0)
    end = next((match.start() for match in MARKS.finditer(text, figure.end)), len(text))
    left = text[:start].strip("，,。；; ")
    clause = text[start : figure.start] + text[figure.end : end]
    for one in dict.fromkeys((clause, _WANTS.sub("", clause))):
        paid = _PAID.search(one)
        yield (f"{one}{each}补多少" if paid is None else f"{one[: paid.start()]}{each}{one[paid.start() :]}"), left


def _rate_of(answer: Answer, quantity: Quantity, figure: Span, text: str) -> Rate | None:
    """Return the one rate for each of the question's unit, or share of its sum, that cells of one row state."""
    if answer.kind is not AnswerKind.LOOKUP or len({claim.subject for claim in answer.claims}) != 1:
        return None
    asked = [claim for claim in answer.claims if is_asked(claim, text) and fits_time(claim, quantity, text)]
    found = [rate for claim in asked if (rate := read_rate(answer, claim, quantity, text, figure)) is not None]
    return found[0] if len(found) == 1 else None
