"""Questions to begin with: the loaded documents in, a few questions that they answer out.

Example: the first row of a table becomes “研发经费支出占比的责任单位是什么？”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.respond.overview import headed_parts
from corpus.models import Cell, Clause, Column, ColumnKind, ParsedDocument, Row, Table

_UNIT_NOTE = re.compile(r"[（(][^（）()]*[）)]$")

LONGEST_SUBJECT = 22
"""Characters up to which a row or heading makes a readable question."""

SHORT_SENTENCE = 12
LONGEST_CELL = 60
"""Characters of a cell that are worth a question of its own."""


def propose_questions(documents: Sequence[ParsedDocument], limit: int = 4) -> tuple[str, ...]:
    """Return up to ``limit`` different questions, taken in turn from the tables and the labelled clauses."""
    sources = [iter(_ask_table(table)) for document in documents for table in document.tables]
    sources += [iter(_ask_clauses(document)) for document in documents]
    sources += [iter(_ask_whole(documents))]
    found: list[str] = []
    while sources and len(found) < limit:
        for source in tuple(sources):
            question = next(source, None)
            if question is None:
                sources.remove(source)
            elif question not in found:
                found.append(question)
    return tuple(found[:limit])


def _ask_whole(documents: Sequence[ParsedDocument]) -> Iterator[str]:
    """A question about what the one document says, where it has parts to tell."""
    if len(documents) == 1 and headed_parts(documents[0]):
        yield "这个文件主要讲什么？"


def first_questions(documents: Sequence[ParsedDocument]) -> tuple[str, ...]:
    """Return a question for each way of answering, tables and running text: asking them loads what each needs."""
    pieces = [span.of(one.text) for one in documents[:1] for clause in one.clauses for span in clause.own]
    sentence = "".join(max("。".join(pieces).split("。"), key=len).split())
    return (*propose_questions(documents, 1), f"{sentence[:SHORT_SENTENCE]}怎么开展？")


def _ask_table(table: Table) -> Iterator[str]:
    """A question about the table's last figure, then one about its first text, each of another row."""
    subject = _subject_column(table)
    if subject is None:
        return
    attributes = [column for column in table.columns if column.number > subject.number and column.header]
    figures = [column for column in attributes if column.kind is ColumnKind.NUMBER][-1:]
    texts = [column for column in attributes if column.kind is ColumnKind.TEXT][:1]
    named = [row for row in table.data_rows if _short_name(row, subject)]
    for turn, column in enumerate((*figures, *texts)):
        row = next((one for one in named[turn:] if _cell(one, column)), None)
        if row is not None:
            yield _word(_short_name(row, subject), column)


def ask_row(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    """Yield a question on each short cell of ``row``, with the name of its column; none where the row has no name."""
    subject = _subject_column(table)
    name = _short_name(row, subject) if subject else ""
    for column in table.columns if subject and name else ():
        cell = _cell(row, column)
        if subject and column.number > subject.number and column.header and cell and len(cell.text) <= LONGEST_CELL:
            yield column.name, _word(name, column)


def ask_clause(clause: Clause) -> Iterator[str]:
    """Yield a question on each labelled field of ``clause``, where its heading is short enough to name it."""
    name = _bare_heading(clause)
    if 0 < len(name) <= LONGEST_SUBJECT:
        yield from (f"{name}的{field.name}是哪个？" for field in clause.fields)


def _word(subject: str, column: Column) -> str:
    joined = subject + column.name if column.name[0].isdigit() else f"{subject}的{column.name}"
    return joined + ("是多少？" if column.kind is ColumnKind.NUMBER else "是什么？")


def _ask_clauses(document: ParsedDocument) -> Iterator[str]:
    for clause in document.clauses:
        yield from list(ask_clause(clause))[:1]


def _bare_heading(clause: Clause) -> str:
    return clause.heading.split("。")[0].strip()


def _subject_column(table: Table) -> Column | None:
    """The first text column in which every row has a value of its own: what the rows are about."""
    for column in table.columns:
        names = [cell.text for row in table.data_rows if (cell := _cell(row, column))]
        if column.kind is ColumnKind.TEXT and names and len(set(names)) == len(names) == len(table.data_rows):
            return column
    return None


def _short_name(row: Row, subject: Column) -> str:
    cell = _cell(row, subject)
    # A unit in brackets at the end belongs to the figure, not to the question.
    name = _UNIT_NOTE.sub("", cell.text) if cell else ""
    return name if len(name) <= LONGEST_SUBJECT else ""


def _cell(row: Row, column: Column) -> Cell | None:
    return next((cell for cell in row.cells if cell.column == column.number and cell.text), None)
