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


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a packed file of JSON lines.

    Raises:
        DataUnknown: The file is missing, or a line of it is no JSON object.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise DataUnknown(f"“{file}”第 {number} 行不是 JSON 对象。请检查 --data 给出的文件夹。")
                yield row
    except OSError as error:
        raise DataUnknown(
            f"无法读取“{file}”：{describe_os_error(error)}。"
            f"--data 应是公开题集的文件夹，其中有 {TABLES} 和 {QUESTIONS}。"
        ) from error
    except (ValueError, EOFError) as error:
        raise DataUnknown(f"“{file}”不是压缩的 JSON 行文件。请检查 --data 给出的文件夹。") from error
