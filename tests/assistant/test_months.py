"""Years and months of questions and captions: what is left unsaid is filled in, ranges are complete."""

import pytest

from assistant.understand.months import Month, find_months, month_of
from corpus.folding import fold

NAMED = """
2021年8月 | 2021-8
2021年08月商品房 | 2021-8
2020年12月至2021年2月期间 | 2020-12 2021-1 2021-2
2019年至2022年 | 2019-0 2020-0 2021-0 2022-0
2019及2020年 | 2019-0 2020-0
2021年5月和8月 | 2021-5 2021-8
二〇二一年没有数字 |
8月 |
第2021号 |
"""


@pytest.mark.parametrize(
    ("text", "months"), [tuple(p.strip() for p in x.split("|")) for x in NAMED.strip().splitlines()]
)
def test_a_text_names_these_months(text: str, months: str) -> None:
    found = [month for mention in find_months(fold(text)) for month in mention.months]

    assert " ".join(f"{month.year}-{month.month}" for month in found) == months


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2019-11-01 08:00:00", Month(2019, 11)),
        ("2021年08月", Month(2021, 8)),
        ("2016年07月28日", Month(2016, 7)),
        ("2022-2024", None),
        ("2019-13-01", None),
    ],
)
def test_a_cell_with_a_date_is_of_its_month(cell: str, month: Month | None) -> None:
    assert month_of(cell) == month
