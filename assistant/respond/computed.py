"""The rows and figures that a query found in, the worded answer with its expression, SQL and cells out.

Example: 能源局牵头的项目总投资多少 → …共7个，2025年前计划投资合计1541.12亿元, seven rows cited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.models import Answer, AnswerKind, Calculation, Claim, ResultTable, Statement
from assistant.respond.compute import Computation, Result
from assistant.respond.evidence import cite, row_evidence
from assistant.respond.grouped import word_groups
from assistant.respond.lookup import with_unit
from assistant.respond.parts import join_answers
from assistant.respond.query_words import (
    beside_it,
    counter,
    described,
    measure_name,
    measures_rate,
    name_of,
    not_added,
    plain,
    rounded,
    shown_figure,
    stated_figure,
    terms,
    unit_of_measure,
)
from assistant.respond.shown_sql import shown_sql
from assistant.understand.query import Operation, Query
from assistant.understand.table_frame import sizes
from corpus.models import Row
from index.facts import Facts

_MOST_MARKS = 5
_SHOWN_CELL = 60


def answer_query(query: Query, facts: Facts, question: str, standalone: str) -> Answer:
    """Return the computed answer of each measured column; a refusal where no row meets the conditions.

    The refusal names what there is.
    """
    columns = (query.measure_column, *query.also)
    answers = [_answer(replace(query, measure_column=column), facts, question, standalone) for column in columns]
    return join_answers(answers, question, standalone) or answers[0]


def _answer(query: Query, facts: Facts, question: str, standalone: str) -> Answer:
    computation = Computation(query, facts)
    result = computation.run(query.conditions)
    if not result.rows:
        return _deny(computation, question, standalone)
    if _needs_figures(query) and len(result.pairs()) <= query.skip:
        return _deny_figures(query, result, question, standalone)
    shown, text, expression = _word(computation, result)
    text = _corrected(query, result, text)
    columns = [c.column for c in query.conditions if c.column >= 0]
    columns += [*(c.against for c in query.conditions if c.against is not None), *query.beside]
    columns += [query.measure_column] if query.measure_column is not None else []
    columns += [query.group.column] if query.group is not None and query.group.column >= 0 else []
    evidence = [row_evidence(query.document, query.table, row, columns) for row in shown]
    every = [f"[{number}]" for number in range(1, len(evidence) + 1)]
    marks = "".join(every) if len(every) <= _MOST_MARKS else f"{every[0]}–{every[-1]}"
    return Answer(
        question=question,
        standalone=standalone,
        kind=AnswerKind.LOOKUP,
        answer=text.replace("\0", marks),
        citations=cite(evidence),
        table=row_table(query, shown),
        calculation=Calculation(expression, shown_sql(computation)) if expression else None,
        claims=_claims(query, result),
    )


def _claims(query: Query, result: Result) -> tuple[Claim, ...]:
    """Return the one figure that is asked of all rows together: their sum or their number."""
    if query.group is not None or not query.operations or query.operations[0] not in (Operation.SUM, Operation.COUNT):
        return ()
    figures = [figure for _, figure in result.pairs()]
    if Operation.SUM in query.operations and figures and query.names_measure:
        if _is_not_added(query, result):
            return ()
        total = Statement(plain(sum(figures, Decimal(0))), unit_of_measure(query), 1)
        return (Claim(f"{described(query)}的{measure_name(query)}合计", total),)
    return (Claim(f"{described(query)}的数量", Statement(str(len(result.rows)), counter(query), 1)),)


def _word(computation: Computation, result: Result) -> tuple[tuple[Row, ...], str, str]:
    """Return the rows shown, the text with a NUL where the marks go, and the expression (empty for a plain list)."""
    query = computation.query
    if query.group is not None:
        return word_groups(query, result)
    main = query.operations[0]
    if _is_not_added(query, result):
        return _word_not_added(query, result)
    if main in (Operation.MAX, Operation.MIN):
        return _word_order(query, result, descending=main is Operation.MAX)
    if main is Operation.SHARE and query.conditions:
        everything = computation.run(query.whole)
        # 有几个，占总投资多少 asks for a share of the sum.
        of_sum = Operation.SUM in query.operations and query.names_measure
        if Operation.COUNT in query.operations and not of_sum:
            return _word_share_of_rows(query, result, len(everything.rows))
        return _word_share(query, result, everything)
    head = f"{described(query)}共{len(result.rows)}{counter(query)}"
    figures = [figure for _, figure in result.pairs()]
    parts, expression = [head], f"共 {len(result.rows)} {counter(query)}"
    if Operation.SUM in query.operations and figures and query.names_measure:
        parts.append(f"{measure_name(query)}合计{shown_figure(sum(figures), query)}")
        expression = f"{terms(figures)} = {shown_figure(sum(figures), query)}"
    if Operation.AVERAGE in query.operations and figures:
        mean = rounded(sum(figures, Decimal(0)) / len(figures))
        parts.append(f"{measure_name(query)}平均约{shown_figure(mean, query)}")
        expression = f"({terms(figures)}) ÷ {len(figures)} ≈ {shown_figure(mean, query)}"
    if len(parts) > 1 and len(figures) < len(result.rows):
        parts.append(f"其中{len(result.rows) - len(figures)}{counter(query)}没有写明确数，未计入")
    names = _names(query, result)
    text = "，".join(parts) + "。\0\n\n" + names + "。"
    if query.operations == (Operation.LIST,):
        text, expression = f"{'有，' if query.asks_whether else ''}{head}：{names}。", ""
    return result.rows, text, expression


def _names(query: Query, result: Result) -> str:
    """Return the names of the rows, each with its mark."""
    return "、".join(f"{name_of(query, row)}[{number}]" for number, row in enumerate(result.rows, 1))


def _is_not_added(query: Query, result: Result) -> bool:
    """Return whether the question adds up several figures that do not add up: rates, or such in no one unit."""
    main = query.operations[0]
    adds = main is Operation.SHARE or (Operation.SUM in query.operations and main in (Operation.SUM, Operation.COUNT))
    averages = main is Operation.AVERAGE and not measures_rate(query)
    return (adds or averages) and query.names_measure and len(result.pairs()) > 1 and bool(not_added(query))


def _word_not_added(query: Query, result: Result) -> tuple[tuple[Row, ...], str, str]:
    """Return the figures of all rows that do not add up, one by one, each in its own unit."""
    cells = {row.number: cell for row in result.rows for cell in row.cells if cell.column == query.measure_column}
    told = "；".join(
        f"{name_of(query, row)}{with_unit(cells[row.number].text, query.table, cells[row.number])}[{number}]"
        if row.number in cells and cells[row.number].quantity is not None
        else f"{name_of(query, row)}没有写明确数[{number}]"
        for number, row in enumerate(result.rows, 1)
    )
    head = f"{described(query)}共{len(result.rows)}{counter(query)}"
    return result.rows, f"{head}，{measure_name(query)}{not_added(query)}：{told}。", ""


def _word_order(query: Query, result: Result, descending: bool) -> tuple[tuple[Row, ...], str, str]:
    pairs = sorted(result.pairs(), key=lambda pair: (-pair[1] if descending else pair[1], pair[0].number))
    wanted = pairs[query.skip : query.skip + query.limit] if query.limit else pairs[:1]
    if not query.limit:
        wanted = [pair for pair in pairs if pair[1] == pairs[0][1]]
    word = "最大" if descending else "最小"
    place, equals = "最", []
    if query.skip and query.limit == 1 and wanted:
        wanted = [pair for pair in pairs if pair[1] == wanted[0][1]]
        first = pairs.index(wanted[0]) + 1
        place = f"{'并列' if len(wanted) > 1 else ''}第{first}"
    elif query.limit and wanted:
        if query.skip and len(wanted) > 1:
            place = f"第{query.skip + 1}到第{query.skip + len(wanted)}"
        equals = [pair for pair in pairs[query.skip + query.limit :] if pair[1] == wanted[-1][1]]
    order = f"{measure_name(query)}{word if place == '最' else '排' + place}的"
    items = "；".join(
        f"{name_of(query, row)}（{stated_figure(query, row, figure)}{beside_it(query, row)}）" for row, figure in wanted
    )
    count = f"{len(wanted)}{counter(query)}" if len(wanted) > 1 else ""
    if Operation.SUM in query.operations and query.limit and len(wanted) > 1 and not not_added(query):
        figures = [figure for _, figure in wanted]
        total = shown_figure(sum(figures, Decimal(0)), query)
        text = f"{described(query)}中，{order}{count}{measure_name(query)}合计{total}。\0\n\n{items}。"
        return tuple(row for row, _ in wanted), text, f"{terms(figures)} = {total}"
    text = f"{described(query)}中，{order}{count}是：{items}。\0"
    if equals:
        said = "、".join(name_of(query, row) for row, _ in equals)
        text += f"\n\n与其中最后一{counter(query)}并列的还有：{said}（{stated_figure(query, *equals[0])}）。"
    return tuple(row for row, _ in wanted), text, f"按{measure_name(query)}排序：{items}"


def _word_share(query: Query, result: Result, everything: Result) -> tuple[tuple[Row, ...], str, str]:
    part = sum((figure for _, figure in result.pairs()), Decimal(0))
    whole = sum((figure for _, figure in everything.pairs()), Decimal(0))
    of = _whole_words(query, "合计")
    if not whole:
        text = f"{_whole_words(query, '的')}{measure_name(query)}合计为0，占比无法计算。\0"
        return result.rows, text, f"{part} ÷ {whole}"
    share = rounded(part * 100 / whole)
    count = f"共{len(result.rows)}{counter(query)}，" if Operation.COUNT in query.operations else ""
    text = f"{described(query)}{count}{measure_name(query)}合计{shown_figure(part, query)}，"
    text += f"占{of}{shown_figure(whole, query)}的{share:f}%。\0"
    if any(condition.top for condition in query.conditions):
        text += f"\n\n{_names(query, result)}。"  # the question does not say which they are
    return result.rows, text, f"{part} ÷ {whole} × 100% ≈ {share:f}%"


def _word_share_of_rows(query: Query, result: Result, whole: int) -> tuple[tuple[Row, ...], str, str]:
    share = rounded(Decimal(len(result.rows)) * 100 / whole)
    of = _whole_words(query, "共")
    text = f"{described(query)}共{len(result.rows)}{counter(query)}，占{of}{whole}{counter(query)}的{share}%。\0"
    return result.rows, text, f"{len(result.rows)} ÷ {whole} × 100% ≈ {share}%"


def _whole_words(query: Query, amount: str) -> str:
    """Return what a share is of, before its amount: 全部, or 属于…的项目合计."""
    return f"{described(replace(query, conditions=query.whole))}{amount}" if query.whole else "全部"


def _corrected(query: Query, result: Result, text: str) -> str:
    """Return the text behind a correction where the question says another number of rows than there are."""
    picked = {abs(condition.top) for condition in query.conditions}
    sizes_known = sizes(query.table) | picked | {len(result.rows), query.limit or 0}
    picks = {Operation.MAX, Operation.MIN} & set(query.operations)
    if query.stated is None or picks or query.group is not None or query.stated in sizes_known:
        return text
    return f"不是{query.stated}{counter(query)}，是{len(result.rows)}{counter(query)}：{text}"


def _deny(computation: Computation, question: str, standalone: str) -> Answer:
    """Return that there are no such rows: the answer where it is asked whether there are, else a refusal."""
    query = computation.query
    what = described(query)
    text = f"{query.table.name}中没有{what}。"
    if query.asks_whether or any(condition.empty for condition in query.conditions):
        calculation = Calculation(f"共 0 {counter(query)}", shown_sql(computation))
        return Answer(question, standalone, AnswerKind.LOOKUP, f"没有，{text}", calculation=calculation)
    missing = tuple(value for condition in query.conditions for value in condition.values) or (what,)
    return Answer(question, standalone, AnswerKind.REFUSAL, text, missing=missing)


def _needs_figures(query: Query) -> bool:
    """Return whether the answer is made of figures, so that without one there is none."""
    main = query.operations[0]
    if main is Operation.SHARE and query.measure_column is None:
        return False  # a share of rows, in a table without figures to measure
    made = (Operation.MAX, Operation.MIN, Operation.AVERAGE, Operation.SHARE)
    return query.group is None and (main in made or (main is Operation.SUM and query.names_measure and not query.each))


def _deny_figures(query: Query, result: Result, question: str, standalone: str) -> Answer:
    """Return the refusal to rank or add what no row states, or to name a place that the order does not reach."""
    found = f"{described(query)}共{len(result.rows)}{counter(query)}"
    text = f"{found}，其中写明{measure_name(query)}确数的只有{len(result.pairs())}{counter(query)}，无法回答所问。"
    return Answer(question, standalone, AnswerKind.REFUSAL, text, missing=(measure_name(query),))


def row_table(query: Query, rows: Sequence[Row]) -> ResultTable:
    """Return the rows as shown: the columns whose cells are short."""
    short = [
        c
        for c in query.table.columns
        if all(len(x.text) <= _SHOWN_CELL for r in rows for x in r.cells if x.column == c.number)
    ]
    lines = []
    for row in rows:
        cells = {cell.column: cell.text for cell in row.cells}
        lines.append(tuple(cells.get(column.number, "") for column in short))
    names = tuple(column.name + (f"（{column.unit}）" if column.unit else "") for column in short)
    return ResultTable(names, tuple(lines))
