"""The public set table_sql: thousands of captioned tables and questions with gold SQL in, scores by stage out.

Example: 南京市秦淮区2022年8月最便宜的五个小区 → the table 南京市秦淮区2022年08月商品房成交价格表, five names in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_document
from evals.public.report import Report
from evals.public.rows import QUESTIONS, TABLES, read_rows

TABLE_KEYS = frozenset({"db", "name", "cols", "rows"})


def evaluate(folder: Path) -> Report:
    """Return the scores of our answers to the questions in ``folder``."""
    documents = tuple(make_documents(folder))
    questions = tuple(read_rows(folder / QUESTIONS))
    return Report(f"{folder.name}：{len(documents)} 张表，{len(questions)} 个问题", ())


def make_documents(folder: Path) -> Iterator[ParsedDocument]:
    """Yield each table of the set as a Markdown document of its own, read by our reader."""
    for number, table in enumerate(read_rows(folder / TABLES), 1):
        info = DocumentInfo(id=f"t{number}", title=table["name"], file=f"t{number}.md", sha256="")
        yield parse_document(info, _markdown(table).encode())


def _markdown(table: Mapping[str, Any]) -> str:
    lines = [table["cols"], ["---"] * len(table["cols"]), *table["rows"]]
    grid = ["| " + " | ".join(str(cell).replace("|", r"\|") for cell in line) + " |" for line in lines]
    return "\n".join([f"# {table['db']}", "", table["name"], "", *grid, ""])
