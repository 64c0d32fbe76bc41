"""A gold SQL statement in, what it asks for out: columns, literals, the kind of operation.

Example: SELECT "项目名称" FROM t ORDER BY "成交均价" ASC LIMIT 5 → 项目名称, measured 成交均价, an order of five.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_SELECT = re.compile(r"\s*SELECT\s+(.*?)\s+FROM\s", re.IGNORECASE | re.DOTALL)
_NAMES = re.compile(r'"([^"]+)"')
_LITERALS = re.compile(r"'([^']*)'")
_ALIAS = re.compile(r"\sAS\s+\S+$", re.IGNORECASE)
_COMPUTED = re.compile(r"\s*SELECT\s+(?:ABS|COUNT|SUM|AVG|MAX|MIN)\s*\(", re.IGNORECASE)


class Kind(StrEnum):
    """What a statement does with the rows, apart from choosing columns."""

    VALUES = "取值"
    ORDER = "排序"
    TWICE = "排序后再排序"
    COMPARE = "比较"
    DIFFERENCE = "求差"
    COUNT = "计数"
    BOUND = "按数值筛选"


@dataclass(frozen=True, slots=True)
class Gold:
    """``selected`` are the columns of the result (empty where it is computed), ``columns`` all that are used."""

    kind: Kind
    selected: tuple[str, ...]
    columns: frozenset[str]
    literals: frozenset[str]
    ordered: bool


def read_gold(sql: str, headers: frozenset[str]) -> Gold:
    """Return what ``sql`` asks of tables with these headers."""
    computed = _COMPUTED.match(sql) is not None
    listed = _SELECT.match(sql)
    selected = () if computed or listed is None else tuple(_NAMES.findall(_ALIAS.sub("", listed.group(1))))
    limits = [int(n) for n in re.findall(r"LIMIT\s+(\d+)", sql, re.IGNORECASE)]
    return Gold(
        kind=_kind(sql.upper(), len(limits) > len(re.findall("UNION", sql, re.IGNORECASE)) + 1),
        selected=selected,
        columns=frozenset(name for name in _NAMES.findall(sql) if name in headers),
        literals=frozenset(_LITERALS.findall(sql)),
        ordered=len(limits) == 1 and limits[0] > 1,
    )


def _kind(sql: str, twice: bool) -> Kind:
    if "ABS(" in sql:
        return Kind.DIFFERENCE
    if "COUNT(" in sql:
        return Kind.COUNT
    if twice:
        return Kind.TWICE
    if " IN ('" in sql and "ORDER BY" in sql:
        return Kind.COMPARE
    if "BETWEEN" in sql or re.search(r'"\s*[<>]=?\s*\d', sql):
        return Kind.BOUND
    return Kind.ORDER if "ORDER BY" in sql or "MAX(" in sql or "MIN(" in sql else Kind.VALUES
