"""A set's file of JSON lines in, its rows out.

Example: ``tables.jsonl.gz`` gives {"name": "…土地成交信息表", "cols": […], "rows": […]} a row.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import describe_os_error
from evals.errors import DataUnknown

TABLES, QUESTIONS = "tables.jsonl.gz", "questions.jsonl.gz"
_ENDINGS = (".jsonl.gz", ".jsonl")


def find_rows(folder: Path, stem: str) -> Path | None:
    """Return the file ``stem`` of a set, packed or plain; None where the folder has neither."""
    return next((file for ending in _ENDINGS if (file := folder / f"{stem}{ending}").is_file()), None)


def rows_of(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of the file ``stem`` of a set, packed or plain.

    Raises:
        DataUnknown: The file is missing, or a line of it is no JSON object.
    """
    return read_rows(find_rows(folder, stem) or folder / f"{stem}{_ENDINGS[0]}")


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines; one that is named .gz is unpacked.

    Raises:
        DataUnknown: The file is missing, or a line of it is no JSON object.
    """
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise DataUnknown(f"“{file}”第 {number} 行不是 JSON 对象。请检查 --data 给出的文件夹。")
                yield row
    except OSError as error:
        raise DataUnknown(
            f"无法读取“{file}”：{describe_os_error(error)}。请检查 --data 给出的文件夹是不是公开题集。"
        ) from error
    except (ValueError, EOFError) as error:
        raise DataUnknown(f"“{file}”不是 JSON 行文件。请检查 --data 给出的文件夹。") from error
