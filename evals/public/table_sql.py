"""The public set table_sql: thousands of captioned tables and questions with gold SQL in, scores by stage out.

Example: 南京市秦淮区2022年8月最便宜的五个小区 → the table 南京市秦淮区2022年08月商品房成交价格表, five names in order.

A result is right where its rows are exactly the gold rows: as a list where the gold is an order of several, else as a
set; figures are compared as decimals. One row more or less is wrong, and so is a refusal.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tqdm import tqdm

from assistant.engine import Assistant
from assistant.models import Answer
from assistant.settings import load_settings
from assistant.understand.query import Query
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.knowledge import load_knowledge
from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_document
from evals.public.report import Half, Report, Score, half_of
from evals.public.rows import QUESTIONS, TABLES, read_rows
from evals.public.sql_gold import Gold, Kind, read_gold
from evals.public.sql_result import Rows, result_of, to_value
from evals.public.table_index import TableIndex

OFFICE = Path(__file__).parent / "housing"
"""Where the knowledge of an office that keeps such tables lies."""

TABLE_KEYS = frozenset({"db", "name", "cols", "rows"})
_STAGES = ("选表：第一张", "选表：恰好这些", "列", "值", "操作", "执行（前四步都对时）", "结果")


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged question; ``stages`` says of each stage whether it was right."""

    half: Half
    several: bool
    stages: dict[str, bool]
    text: str
    milliseconds: float


def evaluate(folder: Path) -> Report:
    """Return the scores of our answers to the questions in ``folder``."""
    documents = tuple(make_documents(folder))
    models = load_settings().models
    with tempfile.TemporaryDirectory() as store:
        index = TableIndex(documents, Path(store), models)
        started = perf_counter()
        assistant = Assistant(index, load_knowledge(OFFICE), models)
        opened = perf_counter() - started
        report = judge_all(assistant, folder)
        assistant.close()
    return Report(report.title, report.scores, (*report.notes, f"打开 {opened:.1f} 秒"), report.failures)


def make_documents(folder: Path) -> Iterator[ParsedDocument]:
    """Yield each table of the set as a Markdown document of its own, read by our reader."""
    for number, table in enumerate(read_rows(folder / TABLES), 1):
        info = DocumentInfo(id=f"t{number}", title=table["name"], file=f"t{number}.md", sha256="")
        yield parse_document(info, _markdown(table).encode())


def judge_all(assistant: Assistant, folder: Path, halves: Iterable[Half] = Half) -> Report:
    """Return the report over the questions of ``halves``."""
    wanted = set(halves)
    headers = frozenset(column.name for d in assistant.documents for t in d.tables for column in t.columns)
    noted = frozenset(f"{c.name}({c.unit})" for d in assistant.documents for t in d.tables for c in t.columns if c.unit)
    rows = [row for row in read_rows(folder / QUESTIONS) if half_of(row["id"]) in wanted]
    judged = [_judge(assistant, row, headers | noted) for row in tqdm(rows, desc="评测", unit="题")]
    times = [one.milliseconds for one in judged]
    title = f"{folder.name}：{len(assistant.documents)} 张表，{len(rows)} 个问题"
    return Report(
        title,
        tuple(_scores(judged)),
        (f"每题 p50 {median(times):.0f} 毫秒",),
        tuple(one.text for one in judged if one.half is Half.LEARN and not one.stages["结果"]),
    )


def _scores(judged: Sequence[Judged]) -> Iterator[Score]:
    for half in Half:
        for several, title in ((False, "一张表"), (True, "多张表")):
            group = [one for one in judged if one.half is half and one.several is several]
            for stage in _STAGES:
                asked = [one.stages[stage] for one in group if stage in one.stages]
                yield Score(half, f"{title} {stage}", sum(asked), len(asked))


def _judge(assistant: Assistant, row: Mapping[str, Any], headers: frozenset[str]) -> Judged:
    started = perf_counter()
    answer, understood = assistant.answer(row["question"])
    took = (perf_counter() - started) * 1000
    gold = read_gold(row["sql"], headers)
    given = answer.to_dict()
    result = result_of(given, gold.selected) if given["kind"] == "lookup" else None
    stages = _stages(understood, gold, row["gold_tables"])
    right = is_right(result, row["sql_result"], ordered=gold.ordered)
    if all(stages.values()):
        stages["执行（前四步都对时）"] = right
    stages["结果"] = right
    several = len(row["gold_tables"]) > 1
    return Judged(half_of(row["id"]), several, stages, _text(row, answer, understood, stages, result), took)


def is_right(result: Rows | None, gold: Sequence[Sequence[object]], *, ordered: bool) -> bool:
    """Return whether the result has exactly the gold rows, in the gold order where that is an order."""
    expected = [tuple(to_value(cell) for cell in line) for line in gold]
    if result is None:
        return False
    return list(result) == expected if ordered else set(result) == set(expected)


def _stages(understood: Understood, gold: Gold, tables: Sequence[str]) -> dict[str, bool]:
    looked_at = [table.name for _, table in understood.tables]
    chosen = looked_at if understood.is_each else looked_at[:1]
    parts = understood.by_table or (understood,)
    columns = {fold(name) for part in parts for name in _columns(part)}
    values = {fold(value) for part in parts for value in _values(part)}
    names = {
        fold(name.partition("(")[0]) for name in gold.columns if not name.endswith(("名称", "年份", "年月", "区域"))
    }
    return {
        "选表：第一张": bool(looked_at) and looked_at[0] in tables,
        "选表：恰好这些": set(chosen) == set(tables),
        "列": names <= columns,
        "值": all(any(fold(one) in value for value in values) for one in gold.literals),
        "操作": gold.kind in {_kind(part) for part in parts},
    }


def _queries(part: Understood) -> list[Query]:
    sides = [side.query for combined in part.combinations for side in combined.sides if side.query is not None]
    return sides or list(part.queries)


def _columns(part: Understood) -> Iterator[str]:
    """Yield the headers of the columns that a plan reads, measures or sets conditions on."""
    for target in part.plan.targets if part.plan is not None else ():
        if target.entity.table is not None:
            yield from (target.entity.table.columns[number].name for number in target.columns if number >= 0)
    for query in _queries(part):
        held = [condition.column for condition in query.conditions]
        grouped = query.group.column if query.group is not None else None
        numbers = (query.measure_column, query.asked_column, grouped, *held)
        yield from (query.table.columns[number].name for number in numbers if number is not None and number >= 0)


def _values(part: Understood) -> Iterator[str]:
    """Yield the names of the rows and the values that a plan has linked."""
    for target in part.plan.targets if part.plan is not None else ():
        yield target.entity.name
    for query in _queries(part):
        numbers = {number for condition in query.conditions for number in condition.rows or ()}
        for row in query.table.data_rows:
            if row.number in numbers:
                yield from (cell.text for cell in row.cells if cell.column == query.name_column)
        yield from (value for condition in query.conditions for value in condition.values)


def _kind(part: Understood) -> Kind:
    operations = {combined.operation.value for combined in part.combinations}
    if operations & {"greater", "less"}:
        return Kind.COMPARE
    if "difference" in operations:
        return Kind.DIFFERENCE
    query = part.query
    if (part.plan is not None and part.plan.is_complete) or query is None or operations:
        return Kind.VALUES
    if query.operations[0].value == "count":
        return Kind.COUNT
    if query.operations[0].value in ("max", "min"):
        return Kind.ORDER
    return Kind.BOUND if any(condition.sign for condition in query.conditions) else Kind.VALUES


def _text(
    row: Mapping[str, Any], answer: Answer, understood: Understood, stages: Mapping[str, bool], result: Rows | None
) -> str:
    wrong = "、".join(stage for stage, right in stages.items() if not right)
    said = " ".join(answer.answer.split())[:160]
    gold = "；".join("，".join(map(str, line)) for line in row["sql_result"])[:160]
    left = "、".join(understood.unexplained)
    head = f"✗ {row['id']} {row['question']}"
    return f"{head}\n   错在：{wrong}；未解释：{left}\n   标准：{gold}\n   答：{said}\n   结果：{result}"


def _markdown(table: Mapping[str, Any]) -> str:
    lines = [table["cols"], ["---"] * len(table["cols"]), *table["rows"]]
    grid = ["| " + " | ".join(str(cell).replace("|", r"\|") for cell in line) + " |" for line in lines]
    return "\n".join([f"# {table['db']}", "", table["name"], "", *grid, ""])
