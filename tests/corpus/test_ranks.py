"""Which level of government an office is of is read from the beginning of its document's title."""

from __future__ import annotations

import pytest

from corpus.cell_values import RANKS, is_of_others, own_ranks


@pytest.mark.parametrize(
    ("title", "ranks"),
    [
        ("甲山市乙水区三年行动方案", ("市", "区")),
        ("甲山自治区能源发展规划", ("自治区",)),
        ("国家节水行动方案", ("国家",)),
        ("关于印发市区绿化方案的通知", RANKS),
        ("节水型社会建设规划", RANKS),
        ("新建市场管理办法", RANKS),
    ],
)
def test_the_title_tells_the_level_of_its_office(title: str, ranks: tuple[str, ...]) -> None:
    assert own_ranks(title) == ranks


@pytest.mark.parametrize(
    ("before", "title", "others"),
    [
        ("自治区", "甲山自治区能源发展规划", False),
        ("自治区", "甲山市节水方案", True),
        ("县", "甲山市节水方案", True),
        ("市", "甲山市节水方案", False),
        ("国家", "国家节水行动方案", False),
    ],
)
def test_an_agency_of_another_level_is_none_of_the_office(before: str, title: str, others: bool) -> None:
    assert is_of_others(before, own_ranks(title)) is others
