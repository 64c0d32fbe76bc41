"""A question in, whether it asks for a sum or a share that is given out.

Example: 双季稻每亩补多少 does; 双季稻种了多少亩 does not.
"""

from __future__ import annotations

import re

from corpus.models import Table
from corpus.row_names import cell_text

GRANT_ASKED = re.compile(
    r"(?:补[助贴偿]?|奖[励补]?|津贴|资助|[领拿])(?:标准)?(?:是|为|到)?[^，,。；;？?]{0,4}(?:多少|几)|(?:补[助贴]|奖励)标准"
)
_SUM = re.compile(r"\d[^，,；;]{0,8}(?:元|[%％]|百分点)")
_HALF = 2


def columns_of_sums(table: Table) -> tuple[int, ...]:
    """Return the columns of a table that are sums or shares, by their headers or in half of their cells: 450元/亩."""
    cells = {one.number: [cell_text(row, one.number) for row in table.data_rows] for one in table.columns}
    return tuple(
        column.number
        for column in table.columns
        if "元" in column.unit
        or _HALF * sum(_SUM.search(cell) is not None for cell in cells[column.number]) >= max(len(table.data_rows), 1)
    )
