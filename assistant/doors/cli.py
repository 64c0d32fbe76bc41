"""An answer, hits or documents in, lines on the terminal out; the only door that prints.

Example: ``policy-assistant ask 十大孔兑项目由哪个局牵头``
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from assistant.models import Answer, Citation
from assistant.trace import Stage
from corpus.agreement.find import find_agreement
from corpus.agreement.show import render_agreement
from corpus.knowledge import Knowledge
from corpus.parse import CorpusReading, Failure
from corpus.show import render_check, render_failures, render_tables, render_tree
from index.models import Hit, Stamp

if TYPE_CHECKING:
    from tqdm import tqdm

_QUOTE = 120


def print_answer(answer: Answer, as_json: bool) -> None:
    """Print one answer: the contract's row as JSON, or the text with its sources."""
    if as_json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False))
        return
    if answer.standalone != answer.question:
        print(f"理解为：{answer.standalone}")
    print(answer.answer)
    if answer.table is not None:
        print()
        for row in (answer.table.columns, *answer.table.rows):
            print(" | ".join(row))
    if answer.citations:
        print("\n来源：")
    for citation in answer.citations:
        print(_source(citation))


def print_stages(stages: Sequence[Stage]) -> None:
    """Print what each stage made of the question."""
    for stage in stages:
        print(f"\n{stage.name}：")
        for line in stage.lines:
            print(f"  {line}")


def _source(citation: Citation) -> str:
    status = f"（{citation.status}）" if citation.status else ""
    quote = " ".join(citation.quote.split())
    shown = quote if len(quote) <= _QUOTE else quote[:_QUOTE] + "…"
    return f"[{citation.index}] 《{citation.document}》{status} {citation.locator}\n    {shown}"


def print_hits(hits: Sequence[Hit], as_json: bool) -> None:
    """Print search results, one JSON row each or one short block each."""
    for hit in hits:
        chunk = hit.chunk
        if as_json:
            print(json.dumps(hit.to_dict(), ensure_ascii=False))
        else:
            print(f"{hit.rank:>2}. {' / '.join(chunk.section)}\n    {' '.join(chunk.text.split())[:_QUOTE]}")


def print_documents(reading: CorpusReading, view: str, knowledge: Knowledge) -> None:
    """Print what was understood and, for list and check, what could not be read; ``view`` is list, show or check."""
    findings = find_agreement(reading.documents, knowledge) if view == "check" else ()
    for document in reading.documents:
        if view == "list":
            info = document.info
            sizes = f"条款 {len(document.clauses)}，表格 {len(document.tables)}"
            print(f"{info.id}\t《{info.title}》\t{info.status or '状态未注明'}\t{sizes}")
        elif view == "show":
            print(render_tree(document), render_tables(document), sep="\n\n")
        else:
            print(render_check(document), render_agreement(document, findings), sep="")
    if view != "show":
        print(render_failures(reading.failures), end="")


def warn_of_failures(failures: Iterable[Failure]) -> None:
    """Print on standard error which files could not be read."""
    print(render_failures(failures), end="", file=sys.stderr)


def print_stamp(stamp: Stamp) -> None:
    """Print what the index holds after a build."""
    counts = f"{stamp.documents} 个文件，{stamp.chunks} 个片段，{stamp.tables} 个表格"
    print(f"索引就绪：{counts}；向量模型 {stamp.model}；版本 {stamp.generation}。")


def progress_bar(title: str, unit: str) -> Callable[[int, int], None]:
    """Return a callable (done, total) that draws a progress bar on standard error once there is progress."""
    bars: list[tqdm[NoReturn]] = []

    def advance(done: int, total: int) -> None:
        if not bars:
            from tqdm import tqdm

            bars.append(tqdm(desc=title, unit=unit, total=total, file=sys.stderr))
        bars[0].update(done - bars[0].n)
        if done >= total:
            bars[0].close()

    return advance


def print_lines(lines: Iterable[str]) -> None:
    """Print ready lines."""
    for line in lines:
        print(line, flush=True)


def print_error(message: str) -> None:
    """Print an error for a person on standard error."""
    print(f"错误：{message}", file=sys.stderr)
