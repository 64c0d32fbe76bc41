"""The lookup of a row in a table of years in, the columns of the two years that are compared out.

Example: 甲指标四年里提高多少, of a table with the columns 2020年 and 2024年 → these two; 五年里 → none.
"""

from __future__ import annotations

import re

from assistant.understand.columns import year_of
from assistant.understand.growth_columns import says_growth
from assistant.understand.plan import LookupPlan
from corpus.numerals import parse_chinese_integer

YEARS_LONG = re.compile(
    r"(?:这|近|前后)?(?P<number>[一二两三四五六七八九十几\d]{0,2})年(?:期间|时间|间|里|内|来)(?:要|会|将)?"
    r"|(?:这|近)?(?P<bare>[一二两三四五六七八九十几])年(?:要|会|将)?|期间"
)
_TWO = 2


def columns_of_two_years(plan: LookupPlan, stated: re.Match[str] | None) -> list[int]:
    """Return the columns of the two years that are compared, the earlier first.

    None are unless the table has two years, or two of them are named, and they lie as far apart as ``stated``
    (``YEARS_LONG``) says. A table with a column of growth answers for itself, unless two years are named.
    """
    table = plan.targets[0].entity.table
    years = {year_of(column): column.number for column in table.columns if year_of(column)} if table else {}
    named = [year for year in plan.question.years if year in years]
    if table is not None and len(named) < _TWO and says_growth(plan.question.key, table):
        return []  # 2024年增长多少, where a column says what each row grew by
    wanted = sorted(named if len(named) > 1 else years)
    if len(wanted) != _TWO or (stated and _length(stated) not in (0, int(wanted[1]) - int(wanted[0]))):
        return []
    return [years[year] for year in wanted]


def _length(match: re.Match[str]) -> int:
    """Return how many years a stretch such as 四年里 states; 0 where it states none."""
    return parse_chinese_integer(match["number"] or match["bare"] or "") or 0
