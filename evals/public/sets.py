"""A folder in, the report of the public set that its files hold out.

Example: a folder whose ``tables.jsonl.gz`` has rows with “cols” and “rows” is the set table_sql.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evals.errors import DataUnknown
from evals.public import table_cells, table_sql
from evals.public.report import Report
from evals.public.rows import TABLES, read_rows

_SETS: tuple[tuple[frozenset[str], Callable[[Path], Report]], ...] = (
    (table_sql.TABLE_KEYS, table_sql.evaluate),
    (table_cells.TABLE_KEYS, table_cells.evaluate),
)
"""The keys of a set's table rows, with what evaluates that set."""


def evaluate_folder(folder: Path) -> Report:
    """Return the report of the set in ``folder``, told by the keys of its tables.

    Raises:
        DataUnknown: The folder holds no set that is known.
    """
    keys = set(next(read_rows(folder / TABLES), {}))
    for known, evaluate in _SETS:
        if known <= keys:
            return evaluate(folder)
    raise DataUnknown(f"“{folder / TABLES}”不是认识的公开题集：它的字段是 {'、'.join(sorted(keys)) or '空'}。")
