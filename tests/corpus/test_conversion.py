"""A figure is exchanged between units of one dimension exactly, by the factors that an office can read and edit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from corpus.conversion import Units, shown
from corpus.errors import ManifestInvalid
from corpus.knowledge import load_knowledge

# value | of | into | as shown | exact
EXCHANGES = """
35.79 | 亿元 | 万元 | 357900 | yes
35.79 | 亿元 | 元 | 3579000000 | yes
216 | 平方公里 | 亩 | 324000 | yes
216 | km² | 万亩 | 32.4 | yes
40 | 万亩 | 平方公里 | 266.67 | no
1 | 亩 | 公顷 | 0.0667 | no
2500 | 万吨 | 亿吨 | 0.25 | yes
500 | 公斤 | 吨 | 0.5 | yes
44.07 | 吨/万元 | 千克 | 44070 | yes
54.376 | km | 米 | 54376 | yes
1000 | 万千瓦 | 吉瓦 | 10 | yes
"""


@pytest.fixture(scope="module")
def units() -> Units:
    return Units(load_knowledge(None).units)


@pytest.mark.parametrize("line", EXCHANGES.strip().splitlines())
def test_units_of_one_dimension_are_exchanged_exactly(units: Units, line: str) -> None:
    value, source, target, written, exact = (part.strip() for part in line.split("|"))

    found = units.convert(Decimal(value), source, target)

    assert found is not None
    assert shown(found) == (written, exact == "yes")


@pytest.mark.parametrize(("source", "target"), [("亿元", "亩"), ("吨", "吨标煤"), ("吨/万元", "公斤/人"), ("座", "个")])
def test_units_of_different_kinds_are_not(units: Units, source: str, target: str) -> None:
    assert units.convert(Decimal(1), source, target) is None


def test_there_and_back_is_the_same_figure(units: Units) -> None:
    there = units.ratio("万亩", "平方公里")
    back = units.ratio("平方公里", "万亩")

    assert there is not None and back is not None
    assert there * back == Fraction(1)


def test_figures_of_a_text_are_found_with_their_units(units: Units) -> None:
    found = units.figures("2024年新建围堤54.376km、40万亩，共5,000万元，37处")

    assert [(str(figure.value), figure.unit) for figure in found] == [
        ("54.376", "km"),
        ("40", "万亩"),
        ("5000", "万元"),
    ]


def test_a_factor_that_is_no_figure_is_refused(tmp_path) -> None:
    (tmp_path / "knowledge.toml").write_text(
        '[units]\n"垧" = { dimension = "面积", factor = "十五亩" }\n', encoding="utf-8"
    )
    with pytest.raises(ManifestInvalid, match="units"):
        load_knowledge(tmp_path)
