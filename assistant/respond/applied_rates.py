"""A question that states how much there is of something, and what is given for each of it, in; the sum for all out.

Example: 种草2000亩能补多少, of the row 人工种草 with 260元/亩 → 2000亩 come to 520000元, with the note below the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation, Citation, Claim
from assistant.respond.evidence import cell_evidence, cite, clause_evidence
from assistant.respond.query_words import plain
from assistant.understand.range_rows import falls_in, range_of
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import Cell, Clause, ParsedDocument, Quantity, QuantityForm, Row, Span, Table
from corpus.numerals import find_quantities, parse_quantity, split_unit
from corpus.raw import trim
from index.search import FEW_DOCUMENTS

_ASKS = re.compile(
    r"(?:补[助贴偿]?|奖[补励]?|给|拿|领|得|收|交|缴|要|付|花|一共|总共|合计|多少钱)[^，,。？?]{0,6}(?:多少|几)"
    r"|多少(?:钱|补[助贴]|奖)"
)
_MARKS = re.compile(r"[，,。；;？?！!]+")
_WANTS = re.compile(
    r"^.{0,8}?(?:想要?|要|打算|准备|计划|[种养建修买改办盖租包栽]了)(?:新?[搞建做种修干办养])?(?=[\u3400-\u9fff]{2})"
)
"""Stands before what somebody wants to do: 村里想搞…."""
_PAID = re.compile(r"(?:能|可以?|应|要|一共|总共|共)?(?:补|奖|给|拿|领|得|收|交|缴|付|花|多少)")
_MONEY = re.compile(r"[万亿]*元")
_CAP = re.compile("上限|限额|封顶|最高")
_NOTE = re.compile(r"\s*(?P<note>(?:注|说明|备注)\s*[:：][^\n]*(?:\n+\s*\d{1,2}\s*[.．、][^\n]*)*)")
"""Stands below a table, with the lines that go on counting: 注：1.… 2.…"""
_RAISED = re.compile(
    r"(?P<who>[^。；;，,：:]{4,40})[，,]?[^，,。；;]{0,6}标准(?:可以?)?上浮(?P<percent>\d+(?:\.\d+)?)[%％]"
)
_SHARE = re.compile(r"(?P<of>[\u3400-\u9fff]{2,12})的(?P<percent>\d+(?:\.\d+)?)[%％]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_INCLUDING = re.compile(r"[（(]含[^）)]*[）)]")
_NOUN = 2
_SAME = 4
"""So many characters in a row of who a note raises the rate for show that the question is about them."""
_IN_TEN_THOUSANDS = 10_000
_LONGEST_NOTE = 600


@dataclass(frozen=True, slots=True)
class _Rate:
    """What a cell gives for each of something, ``each`` times how much there is of it, in ``money``.

    ``unit`` stands behind the figure where it is one (元/亩), and not where it is a share (核定投资的20%); ``shown`` is
    how it is written.
    """

    claim: Claim
    citation: Citation
    each: Decimal
    unit: str
    money: str
    shown: str


class AppliedRates:
    """Applies the rate of one row to a figure that the question states."""

    def __init__(self, units: Units, ask: Callable[[Understood, str], Answer]) -> None:
        """Take what answers a text, put to the documents that a question is put to."""
        self._units, self._ask = units, ask

    def answer(self, understood: Understood) -> Answer | None:
        """Return what the one figure of the question comes to at the rate of the row it names; None without such.

        A bound of the row that the sum is above, and a note below the table, are told beside it. Where a cell of the
        row says from how much on something is given, and the figure is less, that is told and no sum.
        """
        text = understood.standalone
        stated = [(one, span) for one, span in find_quantities(text) if _is_plain(one)]
        if len(stated) != 1 or _ASKS.search(text) is None or len(understood.documents) > FEW_DOCUMENTS:
            return None
        quantity, figure = stated[0]
        for asked, left in _ways(text, figure, quantity):
            alone = (replace(understood, documents=(document,)) for document in understood.documents)
            rates = [rate for one in alone if (rate := _rate_of(self._ask(one, asked), quantity, text)) is not None]
            if len(rates) == 1:
                return self._told(understood, quantity, figure, rates[0], left)
        return None

    def _told(self, understood: Understood, quantity: Quantity, figure: Span, rate: _Rate, left: str) -> Answer:
        document = next(one for one in understood.documents if one.info.id == rate.citation.document_id)
        table, row = _row_of(document, rate.citation)
        if (bound := self._not_met(quantity, table, row)) is not None:
            told = _told_bound(understood, document, (table, row), bound, figure.of(understood.standalone))
            return _with_note(told, document, rate.citation)
        assert quantity.low is not None  # a plain number has its value
        amount = quantity.low * _SCALES[quantity.scale]
        said, claim = figure.of(understood.standalone), rate.claim
        head = f"“{claim.subject}”的{claim.label}是{rate.shown}[1]"
        lines = [f"{head}，{said}为{self._sum(amount * rate.each, rate, table, row)}。"]
        working = [f"{plain(amount)} × {plain(rate.each)} = {plain(amount * rate.each)}{rate.money}"]
        citations: tuple[Citation, ...] = (replace(rate.citation, index=1),)
        noted = _note_below(document, rate.citation)
        raised = _RAISED.search(noted[1].of(document.text)) if noted is not None and rate.unit else None
        if raised is not None and _share_words(raised["who"], understood.standalone):
            more = rate.each * (1 + Decimal(raised["percent"]) / 100)
            total = self._sum(amount * more, rate, table, row)
            lines.append(f"按注上浮{raised['percent']}%，为{plain(more)}{rate.unit}，{said}为{total}。[2]")
            working.append(f"{plain(amount)} × {plain(more)} = {plain(amount * more)}{rate.money}")
            left = ""
        lines += [f"“{left}”没有计入。"] if left else []
        answer = Answer(understood.asked, understood.standalone, AnswerKind.LOOKUP, "\n\n".join(lines))
        answer = replace(answer, citations=citations, calculation=Calculation("；".join(working), ""))
        return _with_note(answer, document, rate.citation)

    def _sum(self, total: Decimal, rate: _Rate, table: Table, row: Row) -> str:
        """Return a sum with its unit, in 万元 where it is long, and the bound of its row that it is above."""
        written = f"{plain(total)}{rate.money}"
        if rate.money == "元" and total >= _IN_TEN_THOUSANDS:
            written = f"{plain(total / _IN_TEN_THOUSANDS)}万元"
        for cell in row.cells:
            column = table.columns[cell.column]
            unit = f"{cell.quantity.scale}{cell.quantity.unit}" if cell.quantity is not None else ""
            if cell.quantity is None or cell.quantity.high is None or not _CAP.search(column.name):
                continue
            most = self._units.convert(cell.quantity.high, unit, rate.money) if _MONEY.fullmatch(unit) else None
            if most is not None and total > most:
                return f"{written}，超过“{column.name}”{plain(cell.quantity.high)}{unit}"
        return written

    def _not_met(self, quantity: Quantity, table: Table, row: Row) -> Cell | None:
        """Return the cell that says from how much on something is given, where a figure is less: 10亩（含）以上."""
        for cell in row.cells:
            bound = range_of(_INCLUDING.sub("", cell.text), table.columns[cell.column].unit)
            if bound is None or bound.high is not None or split_unit(bound.unit)[1] != quantity.unit:
                continue
            if not falls_in(quantity, bound, self._units):
                return cell
        return None


def _row_of(document: ParsedDocument, citation: Citation) -> tuple[Table, Row]:
    table = next(one for one in document.tables if one.span.start <= citation.start < one.span.end)
    return table, next(row for row in table.rows if row.span.start <= citation.start < row.span.end)


def _told_bound(
    understood: Understood, document: ParsedDocument, place: tuple[Table, Row], bound: Cell, said: str
) -> Answer:
    table, row = place
    evidence = cell_evidence(document, table, row, bound)
    text = f"“{table.columns[bound.column].name}”是{bound.text}[1]，{said}不在其内。"
    answer = Answer(understood.asked, understood.standalone, AnswerKind.LOOKUP, text)
    return replace(answer, citations=cite([evidence]))


def _with_note(answer: Answer, document: ParsedDocument, row: Citation) -> Answer:
    """Return ``answer`` with the note below the table of a cited row: it may say for whom something else holds."""
    if (noted := _note_below(document, row)) is None:
        return answer
    cited = cite([clause_evidence(document, *noted)], first=2)
    note = " ".join(cited[0].quote.split())
    return replace(answer, answer=f"{answer.answer}\n\n表下有注：“{note}”[2]", citations=(*answer.citations, *cited))


def _is_plain(quantity: Quantity) -> bool:
    """Return whether a question states an exact figure with its unit, or money without: 2000亩, 5000万."""
    exact = quantity.form is QuantityForm.NUMBER and quantity.sign == "="
    return exact and (bool(quantity.unit) or quantity.scale in ("万", "亿"))


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit in ("", "元")


def _ways(text: str, figure: Span, quantity: Quantity) -> Iterator[tuple[str, str]]:
    """Yield the question as asked for each one, with what is left out of it: all of it, then the clause of the figure.

    What is asked of a sum is asked without it: 核定投资5000万能补多少 → 核定投资能补多少.
    """
    each = "" if _is_money(quantity) else f"每{quantity.unit}"
    yield text[: figure.start] + each + text[figure.end :], ""
    start = max((match.end() for match in _MARKS.finditer(text, 0, figure.start)), default=0)
    end = next((match.start() for match in _MARKS.finditer(text, figure.end)), len(text))
    left = text[:start].strip("，,。；; ")
    clause = text[start : figure.start] + text[figure.end : end]
    for one in dict.fromkeys((clause, _WANTS.sub("", clause))):
        paid = _PAID.search(one)
        yield (f"{one}{each}补多少" if paid is None else f"{one[: paid.start()]}{each}{one[paid.start() :]}"), left


def _rate_of(answer: Answer, quantity: Quantity, text: str) -> _Rate | None:
    """Return the one rate for each of the question's unit, or share of its sum, that cells of one row state."""
    if answer.kind is not AnswerKind.LOOKUP or len({claim.subject for claim in answer.claims}) != 1:
        return None
    found = [rate for claim in answer.claims if (rate := _read_rate(claim, quantity, text)) is not None]
    if len(found) != 1:
        return None
    claim, each, unit, money = found[0]
    citation = next(one for one in answer.citations if one.index == claim.statement.citation)
    shown = f"{plain(each)}{unit}" if unit else claim.statement.value
    return _Rate(claim, citation, each, unit, money, shown)


def _read_rate(claim: Claim, quantity: Quantity, text: str) -> tuple[Claim, Decimal, str, str] | None:
    value, unit = claim.statement.value, claim.statement.unit
    if not unit and (read := parse_quantity(value)) is not None and _is_plain(read) and read.low is not None:
        value, unit = plain(read.low), f"{read.scale}{read.unit}"  # a rate in a column of words: 150元/亩
    if _is_money(quantity):
        share = _SHARE.fullmatch(value)
        if share is None or share["of"][-_NOUN:] not in text:
            return None
        return claim, Decimal(share["percent"]) / 100, "", "元"
    money, _, each = unit.partition("/")
    if each != quantity.unit or not _MONEY.fullmatch(money) or not _FIGURE.fullmatch(value):
        return None
    return claim, Decimal(value), unit, money


def _note_below(document: ParsedDocument, citation: Citation) -> tuple[Clause, Span] | None:
    """Return the note that stands right below the table of a cited row, with its clause."""
    table = next((one for one in document.tables if one.span.start <= citation.start < one.span.end), None)
    if table is None:
        return None
    clause = next(one for one in document.clauses if one.id == table.clause)
    noted = _NOTE.match(document.text, table.span.end)
    if noted is None or noted.end() - noted.start("note") > _LONGEST_NOTE:
        return None
    return clause, trim(document.text, noted.start("note"), noted.end())


def _share_words(who: str, said: str) -> bool:
    """Return whether what a question says names those that a note raises a rate for."""
    one, other = fold(who), fold(said)
    return any(one[at : at + _SAME] in other for at in range(len(one) - _SAME + 1))
