"""A JSON-lines file of questions in, a JSON-lines file of answer rows out; a broken row becomes an error row.

Example: ``{"id": "1", "question": "十大孔兑项目由哪个局牵头"}`` → ``{"id": "1", "kind": "lookup", …}``。
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.engine import Assistant
from assistant.errors import AssistantError, BatchInvalid
from assistant.models import Answer, AnswerKind
from assistant.readable import writable
from corpus.errors import describe_os_error
from index.errors import IndexRoomError


class BatchRow(BaseModel):
    """One row of a batch file; ``history`` holds earlier questions, oldest first; keys beyond these are ignored."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | None = None
    question: Annotated[str, Field(strict=True)]
    history: list[Annotated[str, Field(strict=True)]] = []


@dataclass(frozen=True, slots=True)
class Written:
    """How many answer rows were written, and how many of them tell of an error."""

    rows: int
    errors: int


def answer_file(assistant: Assistant, questions: Path, out: Path, documents: Sequence[str] | None = None) -> Written:
    """Answer every row of ``questions`` into ``out``, within ``documents`` (ids; None for all).

    Rows that cannot be read or answered are written with ``"kind": "error"``; the run goes on. ``out`` appears only
    when all rows are done.

    Raises:
        BatchInvalid: The file of questions cannot be read, or ``out`` cannot be written.
        QuestionInvalid: ``documents`` is empty or holds an unknown id.
    """
    assistant.check_documents(documents)
    try:
        # Only "\n" ends a row: a JSON string may hold every other line separator as it is.
        lines = questions.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchInvalid(f"无法读取问题文件“{questions}”：{_reason(error)}。请确认它存在并保存为 UTF-8。") from error
    partial = out.with_name(out.name + ".tmp")
    rows = errors = 0
    try:
        with partial.open("w", encoding="utf-8") as stream:
            for answer in _answers(assistant, lines, documents):
                stream.write(json.dumps(answer.to_dict(), ensure_ascii=False) + "\n")
                rows += 1
                errors += answer.kind is AnswerKind.ERROR
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BatchInvalid(f"无法写入答案文件“{out}”：{_reason(error)}。") from error
    return Written(rows, errors)


def _answers(assistant: Assistant, lines: list[str], documents: Sequence[str] | None) -> Iterator[Answer]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(assistant, line, number, documents)


def _answer(assistant: Assistant, line: str, number: int, documents: Sequence[str] | None) -> Answer:
    try:
        row = BatchRow.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        where = "、".join(map(str, fault["loc"])) or "整行"
        return _error(
            f'第{number}行不是有效的问题（{where}）：应为 {{"id": …, "question": …}}。', _salvaged_id(line), ""
        )
    try:
        return replace(assistant.ask(row.question, row.history, documents), id=row.id or "")
    except (AssistantError, IndexRoomError) as error:
        return _error(f"第{number}行：{error}", row.id or "", row.question)


def _salvaged_id(line: str) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    found = row.get("id") if isinstance(row, dict) else None
    return writable(str(found)) if isinstance(found, (str, int, float)) else ""


def _error(message: str, row_id: str, question: str) -> Answer:
    return Answer(question, question, AnswerKind.ERROR, message, id=row_id)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return describe_os_error(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
