"""A JSON-lines file of questions in, a JSON-lines file of answer rows out; a broken row becomes an error row.

Example: ``{"id": "1", "question": "十大孔兑项目由哪个局牵头"}`` → ``{"id": "1", "kind": "lookup", …}``。
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.engine import Assistant
from assistant.errors import AssistantError, BatchInvalid
from assistant.models import Answer, AnswerKind


class BatchRow(BaseModel):
    """One row of a batch file; keys beyond these are ignored."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = ""
    question: str
    history: list[str] = []


def answer_file(assistant: Assistant, questions: Path, out: Path) -> int:
    """Answer every row of ``questions`` into ``out`` and return how many rows were written.

    Rows that cannot be read or answered are written with ``"kind": "error"``; the run goes on. ``out`` appears only
    when all rows are done.

    Raises:
        BatchInvalid: The file of questions cannot be read, or ``out`` cannot be written.
    """
    try:
        lines = questions.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BatchInvalid(f"无法读取问题文件“{questions}”：{_reason(error)}。请确认它存在并保存为 UTF-8。") from error
    partial = out.with_name(out.name + ".tmp")
    written = 0
    try:
        with partial.open("w", encoding="utf-8") as stream:
            for row in _answers(assistant, lines):
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                written += 1
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BatchInvalid(f"无法写入答案文件“{out}”：{_reason(error)}。") from error
    return written


def _answers(assistant: Assistant, lines: list[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(assistant, line, number).to_dict()


def _answer(assistant: Assistant, line: str, number: int) -> Answer:
    try:
        row = BatchRow.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        where = "、".join(map(str, fault["loc"])) or "整行"
        return _error(
            f'第{number}行不是有效的问题（{where}）：应为 {{"id": …, "question": …}}。', _salvaged_id(line), ""
        )
    try:
        return replace(assistant.ask(row.question, row.history), id=row.id)
    except AssistantError as error:
        return _error(f"第{number}行：{error}", row.id, row.question)


def _salvaged_id(line: str) -> str:
    try:
        row = json.loads(line)
    except ValueError:
        return ""
    return str(row.get("id", "")) if isinstance(row, dict) else ""


def _error(message: str, row_id: str, question: str) -> Answer:
    return Answer(question, question, AnswerKind.ERROR, message, id=row_id)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "" if isinstance(error, OSError) else "不是 UTF-8 文本"
