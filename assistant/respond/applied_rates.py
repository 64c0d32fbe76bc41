"""A question that states how much there is of something, and what is given for each of it, in; the sum for all out.

Example: 种草2000亩能补多少, of the row 人工种草 with 260元/亩 → 2000亩 come to 520000元, with the note below the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.models import Answer, AnswerKind, Calculation, Citation, Claim
from assistant.respond.evidence import cell_evidence, cite, clause_evidence
from assistant.respond.query_words import plain
from assistant.understand.range_rows import Range, falls_in, range_of
from assistant.understand.understood import Understood
from corpus.conversion import Units
from corpus.folding import fold
from corpus.models import Cell, Clause, Column, ColumnKind, ParsedDocument, Quantity, QuantityForm, Row, Span, Table
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
_CAP = re.compile("上限|限额|封顶|最高|最多")
_CAPPED_AT = re.compile(
    r"(?:每[\u3400-\u9fff]|单个[\u3400-\u9fff]{2})?(?:补[助贴]?|奖[励补]?)?(?:最高|最多|上限|不超过)*(?P<most>\d.*)"
)
"""A whole cell that says how much is given at most: 10万元, 每户最高3万元, 单个企业不超过200万元."""
_SAYS_MORE = re.compile(
    r"[\d%％半倍折]|百分|[二三四五六七八九十百千两]+[年月日天个户人亩头次成期档]|[每按][年月季日天]|逐年|季度"
    r"|[只仅](?=[补给对限支用按])|(?<![有不无])限|除外|不含|起付|不予|不享受"
)
"""What a cell says that may make the sum another one: 超过100亩的部分减半, 每月发放, 只补助国有草场."""
_CODES = re.compile("编码|编号|代码|序号|电话")
_TIER = re.compile(r"阶梯|第?[一二三四五六七八九十\d]+档|超(?:出|过)[^，,]{0,12}部分")
"""A row that counts only for a part of what is used."""
_GIVES = re.compile("[补奖贴]|资助|发(?![展现生])|领(?!导)")
_TAKES = re.compile("交(?!通)|缴|罚|(?<![征回])收(?![入购到割益])|付|花(?=了|费|多少|几)")
_IS_GIVEN = re.compile("[补奖贴]|资助|支持|扶持|救助")
_IS_TAKEN = re.compile("造价|管护费|收费|[交缴罚价]")
_OF_EITHER = re.compile("标准|金额")
_TIME_OF_RATE = re.compile(r"(?<![\d老青少成])[年月日天季]")
_TIME_ASKED = re.compile(r"(?P<many>[全半每一二两三四五六七八九十]|(?<!\d)\d{1,2})个?(?P<time>[年月日天]|季度)")
_ONCE = frozenset("全每一1")
_TIMES = frozenset("年月日天")
_NOTE = re.compile(r"\s*(?P<note>(?:注|说明|备注)\s*[:：][^\n]*(?:\n+\s*\d{1,2}\s*[.．、][^\n]*)*)")
"""Stands below a table, with the lines that go on counting: 注：1.… 2.…"""
_RAISED = re.compile(
    r"(?P<who>[^。；;，,：:]{2,40})[，,]?[^，,。；;]{0,6}标准(?:可以?)?上浮(?P<percent>\d+(?:\.\d+)?)[%％]"
)
_BEFORE_WHO = re.compile(r"[\s\d.．、]*(?:属于|[在对凡的])?")
_NOT = re.compile("[不非没未无][^，,。；;]{0,6}$")
_SHARE = re.compile(r"(?:按照?)?(?P<of>[\u3400-\u9fff]{2,12})的(?P<percent>\d+(?:\.\d+)?)[%％]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_INCLUDING = re.compile(r"[（(]含[^）)]*[）)]")
_NAMES_THOSE_RAISED = 4
"""A question that says so many of the first characters of who a note raises the rate for is about them."""
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
        row says from how much on something is given, and the figure is less, that is told and no sum. Where a cell
        says anything else that the sum may hang on, there is no sum.
        """
        text = understood.standalone
        stated = [(one, span) for one, span in find_quantities(text) if _is_plain(one)]
        if len(stated) != 1 or _ASKS.search(text) is None or len(understood.documents) > FEW_DOCUMENTS:
            return None
        quantity, figure = stated[0]
        for asked, left in _ways(text, figure, quantity):
            alone = (replace(understood, documents=(document,)) for document in understood.documents)
            told = [self._ask(one, asked) for one in alone]
            rates = [rate for one in told if (rate := _rate_of(one, quantity, figure, text)) is not None]
            if len(rates) == 1:
                return self._told(understood, quantity, figure, rates[0], left)
        return None

    def _told(self, understood: Understood, quantity: Quantity, figure: Span, rate: _Rate, left: str) -> Answer | None:
        document = next(one for one in understood.documents if one.info.id == rate.citation.document_id)
        table, row = _row_of(document, rate.citation)
        if (bound := self._not_met(quantity, table, row)) is not None:
            told = _told_bound(understood, document, (table, row), bound, figure.of(understood.standalone))
            return _with_note(told, document, rate.citation)
        if not self._counts_all(quantity, rate, (table, row), understood.standalone):
            return None
        assert quantity.low is not None  # a plain number has its value
        amount = quantity.low * _SCALES[quantity.scale]
        said, claim = figure.of(understood.standalone), rate.claim
        head = f"“{claim.subject}”的{claim.label}是{rate.shown}[1]"
        lines = [f"{head}，{said}为{self._sum(amount * rate.each, rate, table, row)}。"]
        working = [f"{plain(amount)} × {plain(rate.each)} = {plain(amount * rate.each)}{rate.money}"]
        citations: tuple[Citation, ...] = (replace(rate.citation, index=1),)
        noted = _note_below(document, rate.citation)
        note = noted[1].of(document.text) if noted is not None and rate.unit else ""
        raised = list(_raises(note, (table, row), claim.subject, understood.standalone))
        if len(raised) > 1:
            return None
        for percent in raised:
            more = rate.each * (1 + Decimal(percent) / 100)
            total = self._sum(amount * more, rate, table, row)
            lines.append(f"按注上浮{percent}%，为{plain(more)}{rate.unit}，{said}为{total}。[2]")
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
            most = self._most(cell, column, rate.money)
            if column.name != rate.claim.label and most is not None and total > most:
                unit = column.unit if cell.text[-1].isdigit() else ""
                return f"{written}，超过“{column.name}”{cell.text}{unit}"
        return written

    def _most(self, cell: Cell, column: Column, money: str) -> Fraction | None:
        """Return how much money is given at most, where a whole cell says it: 每户最高3万元."""
        capped = _CAPPED_AT.fullmatch(cell.text)
        if capped is None or not _CAP.search(column.name + cell.text):
            return None
        read = parse_quantity(capped["most"], column.unit)
        if read is None or read.high is None or not _is_plain(read) or not _MONEY.fullmatch(read.scale + read.unit):
            return None
        return self._units.convert(read.high, read.scale + read.unit, money)

    def _counts_all(self, quantity: Quantity, rate: _Rate, place: tuple[Table, Row], text: str) -> bool:
        """Return whether no cell of the row says what the sum leaves out: another figure, a bound, a part, a time."""
        table, row = place
        is_tier = any(_TIER.search(one) for one in (*(c.text for c in row.cells), *(c.name for c in table.columns)))
        return not is_tier and all(
            self._is_counted(cell, table.columns[cell.column], quantity, rate, text) for cell in row.cells
        )

    def _is_counted(self, cell: Cell, column: Column, quantity: Quantity, rate: _Rate, text: str) -> bool:
        is_rate = column.name == rate.claim.label or cell.text in rate.claim.subject
        if is_rate or column.kind is ColumnKind.ORDINAL or _CODES.search(column.name):
            return True
        if "起付" in column.name:
            return False
        read = parse_quantity(cell.text, column.unit)
        if read is None or self._most(cell, column, rate.money) is not None:
            return True
        if (bound := range_of(_INCLUDING.sub("", cell.text), column.unit)) is not None:
            return split_unit(bound.unit)[1] == quantity.unit and falls_in(quantity, bound, self._units)
        if _CAP.search(column.name):
            least = Range(cell.text, None, Fraction(read.high or 0), (True, True), read.scale + read.unit)
            return _is_plain(read) and read.unit == quantity.unit and falls_in(quantity, least, self._units)
        if "/" in read.unit and _is_plain(read):
            return read.unit.partition("/")[2] != quantity.unit or rate.claim.label in text
        is_other_share = _SHARE.fullmatch(cell.text) is not None and not _is_money(quantity)
        return is_other_share or _SAYS_MORE.search(f"{cell.text}{column.unit if read.low is not None else ''}") is None

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


def _rate_of(answer: Answer, quantity: Quantity, figure: Span, text: str) -> _Rate | None:
    """Return the one rate for each of the question's unit, or share of its sum, that cells of one row state."""
    if answer.kind is not AnswerKind.LOOKUP or len({claim.subject for claim in answer.claims}) != 1:
        return None
    asked = [claim for claim in answer.claims if _is_asked(claim, text) and _fits_time(claim, quantity, text)]
    found = [rate for claim in asked if (rate := _read_rate(answer, claim, quantity, (text, figure))) is not None]
    return found[0] if len(found) == 1 else None


def _read_rate(answer: Answer, claim: Claim, quantity: Quantity, stated: tuple[str, Span]) -> _Rate | None:
    value, unit = claim.statement.value, claim.statement.unit
    citation = next(one for one in answer.citations if one.index == claim.statement.citation)
    if not unit and (read := parse_quantity(value)) is not None and _is_plain(read) and read.low is not None:
        value, unit = plain(read.low), f"{read.scale}{read.unit}"  # a rate in a column of words: 150元/亩
    if _is_money(quantity):
        share = _SHARE.fullmatch(value)
        if share is None or not _is_of(share["of"], *stated):
            return None
        return _Rate(claim, citation, Decimal(share["percent"]) / 100, "", "元", value)
    money, _, each = unit.partition("/")
    if each != quantity.unit or not _MONEY.fullmatch(money) or not _FIGURE.fullmatch(value):
        return None
    return _Rate(claim, citation, Decimal(value), unit, money, f"{plain(Decimal(value))}{unit}")


def _is_of(base: str, text: str, figure: Span) -> bool:
    """Return whether the figure of a question is that of which a share is given: 核定投资300万, 300万的核定投资."""
    before, behind = text[: figure.start], text[figure.end :]
    return re.search(f"{re.escape(base)}[是为有共约了达到]{{0,3}}$", before) is not None or bool(
        re.match(f"元?的?{re.escape(base)}", behind)
    )


def _is_asked(claim: Claim, text: str) -> bool:
    """Return whether a rate is given where it is asked what is given, and taken where it is asked what is taken."""
    asks = _ASKS.search(text)
    start = max((match.end() for match in _MARKS.finditer(text, 0, asks.start())), default=0) if asks else 0
    end = next((match.start() for match in _MARKS.finditer(text, asks.end())), len(text)) if asks else len(text)
    asked = text[start:end].replace(claim.subject, "")
    gives, takes = _GIVES.search(asked) is not None, _TAKES.search(asked.replace(claim.label, "")) is not None
    is_given, is_taken = (one.search(claim.label) is not None for one in (_IS_GIVEN, _IS_TAKEN))
    is_either = _OF_EITHER.search(claim.label) is not None
    if claim.label in asked and not (takes and is_given):
        return True
    if gives and takes:
        return False
    if gives:
        return not is_taken and (is_given or is_either)
    if takes:
        return not is_given and (is_taken or is_either)
    return not is_taken or re.search("[拿给得]", asked) is None


def _fits_time(claim: Claim, quantity: Quantity, text: str) -> bool:
    """Return whether a rate is for the time that is asked about: a rate for each month says nothing of 全年."""
    if quantity.unit in _TIMES:
        return True
    asked = {(match["many"] in _ONCE, match["time"][0]) for match in _TIME_ASKED.finditer(text)}
    times = {(True, time) for time in _TIME_OF_RATE.findall(claim.label)}
    return asked == times


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


def _raises(note: str, place: tuple[Table, Row], name: str, text: str) -> Iterator[str]:
    """Yield by how many percent a note raises a rate for those that a question says it is about.

    Neither the name of the row itself nor those that the question says not to be of show it.
    """
    table, row = place
    own = {cell.text for cell in row.cells}
    others = {cell.text for one in table.data_rows for cell in one.cells} - own
    for match in _RAISED.finditer(note):
        who = match["who"].replace(name, "")
        first = who[matched.end() :] if (matched := _BEFORE_WHO.match(who)) else who
        key, said = fold(first)[:_NAMES_THOSE_RAISED], fold(text)
        is_of_others = any(one in who for one in others if len(one) > 1)
        at = said.find(key)
        if len(key) > 1 and at >= 0 and not is_of_others and not _NOT.search(said[:at]):
            yield match["percent"]
