"""A statement as the database takes it in, the same laid out for a person's eyes: a line a clause, short names.

Example: SELECT "项目表"."投资" FROM "项目表" WHERE … → SELECT "投资", then FROM "项目表", then WHERE …, each on a line.
"""

from __future__ import annotations

import re

_TEXTS = re.compile(r"('(?:[^']|'')*')")
_CLAUSE = re.compile(r"\s+(GROUP BY|HAVING|ORDER BY|LIMIT|FROM|WHERE)(?= )")


def lay_out(sql: str, table: str) -> str:
    """Return each clause on a line; one table alone is asked, whose name before each column says nothing."""
    return "".join(part if part.startswith("'") else _clauses(part, table) for part in _TEXTS.split(sql))


def _clauses(sql: str, table: str) -> str:
    return _CLAUSE.sub(r"\n\1", sql.replace(f'"{table}".', "").replace(" OFFSET 0", ""))
