"""A lookup plan in, the exact answer with one citation for every fact out.

Example: 十大孔兑项目由哪个局牵头 → “十大孔兑”对应的2个项目，牵头责任单位都是水利局。[1][2]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.models import Answer, AnswerKind, Calculation, Claim, ResultTable, Statement
from assistant.respond.evidence import Evidence, cite, clause_evidence, group_evidence, row_evidence
from assistant.respond.quoting import in_quotes
from assistant.respond.sentences import split_sentences
from assistant.respond.sql_layout import lay_out
from assistant.understand.attributes import GROUP_COLUMN, UNIT_COLUMN
from assistant.understand.columns import year_of
from assistant.understand.entities import Entity
from assistant.understand.plan import WHOLE_CLAUSE, LookupPlan
from assistant.understand.row_details import Target
from corpus.folding import fold
from corpus.models import Cell, Clause, ColumnKind, Row, Span, Table
from index.fact_tables import TableRef
from index.facts import Facts

_SHOWN_NAMES = 12
_PUNCTUATION = re.compile(r"[。．.：:\s]*")
_OPEN_BRACKET = re.compile(r"[（(]\s*$")
_STATES_FIGURE = re.compile(r"[\u4e00-\u9fff]\d")
_EMPTY = "（原表此处为空）"
_NO_UNIT = "（原表没有写）"


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated attribute: whose, which, the value as shown with its ``unit``, and whether the label is a year."""

    subject: str
    label: str
    value: str
    is_year: bool = False
    unit: str = ""

    @property
    def quantity(self) -> str:
        """Return what is stated in words: “水土流失治理项目”的牵头单位."""
        return f"{in_quotes(self.subject)}{'' if self.is_year else '的'}{self.label}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One target with what it states and what that rests on; ``sql`` is empty for clauses."""

    target: Target
    statements: tuple[Stated, ...]
    evidence: tuple[Evidence, ...]
    sql: str = ""


def answer_lookup(plan: LookupPlan, facts: Facts, question: str, standalone: str) -> Answer:
    """Return the answer to a complete plan; values come from the SQL store, quotes from the cells."""
    readings = _by_table([_read(target, facts) for target in plan.targets])
    evidence = [item for reading in readings for item in reading.evidence]
    return Answer(
        question=question,
        standalone=standalone,
        kind=AnswerKind.LOOKUP,
        answer=_word(readings, plan.named),
        citations=cite(evidence),
        table=_table(readings),
        calculation=_calculation(readings),
        claims=_claims(readings),
    )


def _by_table(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings, with their tables beside names that rows of several bear: 东湖区（幼儿园计划表）."""
    tables: dict[str, set[str]] = {}
    for one in readings:
        if (table := one.target.entity.table) is not None:
            tables.setdefault(shown_name(one.target.entity), set()).add(table.name)
    told = []
    for one in readings:
        table, name = one.target.entity.table, shown_name(one.target.entity)
        if table is not None and len(tables[name]) > 1:
            said = (replace(s, subject=f"{name}（{table.name}）") if s.subject == name else s for s in one.statements)
            told.append(replace(one, statements=tuple(said)))
        else:
            told.append(one)
    return tuple(told)


def _read(target: Target, facts: Facts) -> Reading:
    entity = target.entity
    if entity.table is not None and entity.row is not None:
        return _read_row(target, entity.table, entity.row, facts)
    clause = entity.clause
    assert clause is not None
    if WHOLE_CLAUSE in target.columns:
        return _read_clause(target, clause)
    fields = [clause.fields[number] for number in target.columns]
    statements = tuple(
        Stated(clause.heading, item.name, "、".join(value.text for value in item.values)) for item in fields
    )
    evidence = tuple(clause_evidence(entity.document, clause, item.span) for item in fields)
    return Reading(target, statements, evidence)


def _read_clause(target: Target, clause: Clause) -> Reading:
    """Return the clause's own text, from behind its heading to its fields; its parts (一是…) are its own text too."""
    document = target.entity.document
    start = clause.heading_span.end
    end = min((item.span.start for item in clause.fields), default=clause.span.end)
    span = Span(start + len(_PUNCTUATION.match(document.text[start:end]).group()), end)  # type: ignore[union-attr]
    text = _OPEN_BRACKET.sub("", span.of(document.text).rstrip())
    span = Span(span.start, span.start + len(text))
    statement = Stated(clause.heading, "内容", "".join(text.split()))
    return Reading(target, (statement,), (clause_evidence(document, clause, span),))


def _read_row(target: Target, table: Table, row: Row, facts: Facts) -> Reading:
    entity = target.entity
    numbers = [number for number in target.columns if number >= 0]
    values, sql = _values(entity, row, numbers, facts)
    cells = {cell.column: cell for cell in row.cells}
    name = shown_name(entity)
    statements = []
    for number in numbers:
        said, unit = _EMPTY, ""
        if number in cells and values.get(number):
            said = _telling_part(values[number], target.details)
            unit = "" if said else unit_of(table, cells[number])
            said = said or with_unit(values[number], table, cells[number])
        statements.append(Stated(name, table.columns[number].name, said, _is_year(table, number), unit))
    evidence = [row_evidence(entity.document, table, row, numbers)]
    if UNIT_COLUMN in target.columns:
        units = [unit for cell in row.cells if cell.quantity and (unit := unit_of(table, cell))]
        statements += [Stated(name, "计量单位", unit) for unit in dict.fromkeys(units or [_NO_UNIT])]
    for group in row.groups:
        if GROUP_COLUMN - group.level in target.columns:
            statements.append(Stated(name, group.label, group.name))
            evidence.append(group_evidence(entity.document, table, row, group))
    return Reading(target, tuple(statements), tuple(evidence), sql)


def _values(entity: Entity, row: Row, numbers: Sequence[int], facts: Facts) -> tuple[dict[int, str], str]:
    if not numbers:
        return {}, ""
    ref = _table_ref(facts, entity)
    result = facts.select(ref, numbers, [row.number])
    values = {number: str(value) for number, value in zip(numbers, result.rows[0], strict=True) if value}
    return values, lay_out(result.sql, ref.sql_name)


def _telling_part(value: str, details: Sequence[str]) -> str:
    """Return the sentences of a long cell that hold the words asked for; empty where none is asked or holds them.

    Words that state a figure themselves are told alone: 新建淤地坝147座.
    """
    key = fold(value)
    if len(details) == 1 and _STATES_FIGURE.search(details[0]) and (start := key.find(details[0])) >= 0:
        return value[start : start + len(details[0])]
    spans = [s for s in split_sentences(value, [Span(0, len(value))]) if any(d in s.of(key) for d in details)]
    return "".join(span.of(value) for span in spans)


def _table_ref(facts: Facts, entity: Entity) -> TableRef:
    assert entity.table is not None
    return facts.ref(entity.document.info.id, entity.table.id)


def _is_year(table: Table, number: int) -> bool:
    return bool(year_of(table.columns[number]))


def shown_name(entity: Entity) -> str:
    """Return the entity's name without a trailing unit note, e.g. 植被覆盖度 for 植被覆盖度（%）."""
    figures = [cell.quantity for cell in entity.row.cells if cell.quantity] if entity.row else []
    units = {written for figure in figures for written in (figure.unit, figure.scale + figure.unit)}
    for opening, closing in ("（）", "()"):
        head, found, tail = entity.name.rpartition(opening)
        if found and tail.endswith(closing) and tail[:-1] in units:
            return head
    return entity.name


def unit_of(table: Table, cell: Cell) -> str:
    """Return the unit that a figure is in, its own before its column's; empty for what is no figure."""
    column = table.columns[cell.column]
    if column.kind is ColumnKind.PERIOD or cell.quantity is None or cell.quantity.low is None:
        return ""
    return cell.quantity.scale + cell.quantity.unit if cell.quantity.unit else column.unit


def with_unit(value: str, table: Table, cell: Cell) -> str:
    """Return a cell's value with its unit, unless it carries the unit already or is not a figure."""
    unit = unit_of(table, cell)
    return value if not unit or value.endswith(unit) else value + unit


def _word(readings: Sequence[Reading], named: str) -> str:
    marks = _marks(readings)
    if len(readings) == 1:
        return _sentence(readings[0]) + "".join(marks)
    single = [reading.statements[0] for reading in readings if len(reading.statements) == 1]
    lines = [f"- {_sentence(reading)}{mark}" for reading, mark in zip(readings, marks, strict=True)]
    called = in_quotes(named)
    if len(single) == len(readings) and len({(s.label, s.value) for s in single}) == 1:
        same = single[0].value.rstrip("。")
        head = f"{called}对应{len(readings)}项，{single[0].label}都是{same}。{''.join(marks)}"
    elif len(single) == len(readings) and len(readings) <= _SHOWN_NAMES:
        parts = "；".join(f"{s.subject}的{s.label}{'为' if s.is_year else '是'}{s.value.rstrip('。')}" for s in single)
        return f"{called}对应{len(readings)}项：{parts}。{''.join(marks)}"
    else:
        head = f"{called}对应{len(readings)}项，分别如下。{''.join(marks)}"
    return "\n".join((head, "", *lines))


def _claims(readings: Sequence[Reading]) -> tuple[Claim, ...]:
    claims, first = [], 1
    for reading in readings:
        one_each = len(reading.evidence) == len(reading.statements)
        for number, one in enumerate(reading.statements):
            value = one.value.removesuffix(one.unit)
            statement = Statement(value, one.unit, first + (number if one_each else 0))
            claims.append(Claim(one.quantity, statement, one.subject, one.label))
        first += len(reading.evidence)
    return tuple(claims)


def _marks(readings: Sequence[Reading]) -> list[str]:
    marks: list[str] = []
    number = 0
    for reading in readings:
        marks.append("".join(f"[{number + offset}]" for offset in range(1, len(reading.evidence) + 1)))
        number += len(reading.evidence)
    return marks


def _sentence(reading: Reading) -> str:
    statements = _beside_name(reading.statements)
    subject = in_quotes(statements[0].subject)
    if all(s.is_year for s in statements):
        return subject + "，".join(f"{s.label}为{s.value}" for s in statements) + "。"
    if len(statements) == 1:
        value = statements[0].value.rstrip("。")
        return f"{subject}的{statements[0].label}是{value}。"
    return f"{subject}：" + "；".join(f"{s.label}：{s.value.rstrip('。')}" for s in statements) + "。"


def _beside_name(statements: Sequence[Stated]) -> tuple[Stated, ...]:
    """Return what is stated of a row beside the name that it is called by."""
    return tuple(s for s in statements if s.value != s.subject) or tuple(statements)


def _table(readings: Sequence[Reading]) -> ResultTable | None:
    if len(readings) < 2 and len(readings[0].statements) < 3:
        return None
    labels = list(dict.fromkeys(s.label for reading in readings for s in reading.statements))
    values = [{s.label: s.value for s in reading.statements} for reading in readings]
    subjects = [reading.statements[0].subject for reading in readings]
    # Where the column that names the rows is asked for too, it stands first and once.
    names = next((one for one in labels if [row.get(one) for row in values] == subjects), "名称")
    others = [label for label in labels if label != names]
    rows = [(name, *(row.get(one, "") for one in others)) for name, row in zip(subjects, values, strict=True)]
    return ResultTable((names, *others), tuple(rows))


def _calculation(readings: Sequence[Reading]) -> Calculation | None:
    numeric = [(reading, names) for reading in readings if reading.sql and (names := _figure_names(reading))]
    if not numeric:
        return None
    figures = [one for reading, names in numeric for one in reading.statements if one.label in names]
    expression = "；".join(f"{one.subject} {one.label} = {one.value}" for one in figures)
    return Calculation(expression, ";\n".join(reading.sql for reading, _ in numeric))


def _figure_names(reading: Reading) -> set[str]:
    """Return the asked columns that hold figures."""
    table = reading.target.entity.table
    columns = [table.columns[number] for number in reading.target.columns if number >= 0] if table else []
    return {column.name for column in columns if column.kind is ColumnKind.NUMBER}
