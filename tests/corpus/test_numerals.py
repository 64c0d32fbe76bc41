"""A number keeps its text, its exact value, its sign, its scale and its unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import QuantityForm
from corpus.numerals import find_quantities, is_unit, parse_chinese_integer, parse_quantity


def brief(text: str, unit: str = "") -> str:
    one = parse_quantity(text, unit)
    assert one is not None
    assert one.text == text
    return f"{one.form} {one.sign} {one.low} {one.high} {one.scale}|{one.unit}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234", "number = 1234 1234 |"),
        ("12.5%", "number = 12.5 12.5 |%"),
        ("0.5", "number = 0.5 0.5 |"),
        ("406.0", "number = 406.0 406.0 |"),
        ("＞70", "number > 70 70 |"),
        ("≥99", "number ≥ 99 99 |"),
        ("<4.5", "number < 4.5 4.5 |"),
        ("≤0.02", "number ≤ 0.02 0.02 |"),
        ("2.5:1", "ratio = 2.5 1 |"),
        ("60余项", "number > 60 60 |项"),
        ("500公斤以下", "number ≤ 500 500 |公斤"),
        ("10-30万元", "range = 10 30 万|元"),
        ("3.4万亩", "number = 3.4 3.4 万|亩"),
        ("2022-2024", "period = 2022 2024 |年"),
        ("2024年", "period = 2024 2024 |年"),
        ("三十亿", "number = 30 30 亿|"),
        ("4件/万人", "number = 4 4 |件/万人"),
        ("-3.2", "number = -3.2 -3.2 |"),
        ("约50个", "number ≈ 50 50 |个"),
        ("完成自治区下达的目标任务", "words = None None |"),
    ],
)
def test_written_figures(text, expected):
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("4.95", "亿元", "number = 4.95 4.95 亿|元"),
        ("36", "万元/人", "number = 36 36 万|元/人"),
        ("0.81", "%", "number = 0.81 0.81 |%"),
        ("2022", "年", "period = 2022 2022 |年"),
        ("5万元", "亿元", "number = 5 5 万|元"),
        ("2.5:1", "%", "ratio = 2.5 1 |"),
    ],
)
def test_a_header_gives_the_unit_that_the_cell_leaves_out(text, unit, expected):
    assert brief(text, unit) == expected


@pytest.mark.parametrize("text", ["", "—", "-", "/", "  "])
def test_a_dash_says_nothing(text):
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("一百零五", 105),
        ("两百", 200),
        ("二〇二二", 2022),
        ("三十亿", 3_000_000_000),
        ("一千二百三十四万五千", 12_345_000),
        ("12", 12),
        ("市", None),
        ("", None),
    ],
)
def test_chinese_integers(text, value):
    assert parse_chinese_integer(text) == value


def test_quantities_of_a_sentence_are_found_with_their_spans():
    text = "到2024年，造林3.4万亩、企业100家以上，第3条、R2、五大行动、一批项目；系数提高到0.59，10-30万元。"
    found = [(span.of(text), quantity.form) for quantity, span in find_quantities(text)]
    assert [words for words, _ in found] == ["2024年", "3.4万亩", "100家以上", "0.59", "10-30万元"]
    assert found[0][1] is QuantityForm.PERIOD


def test_remarks_in_brackets_are_no_units():
    assert is_unit("亿元") and is_unit("%") and is_unit("人/亿元") and is_unit("吨标煤/万元")
    assert not is_unit("中水") and not is_unit("助理") and not is_unit("一期")


@given(st.text(max_size=60))
def test_any_text_is_read_without_error_and_spans_are_verbatim(text):
    parse_quantity(text)
    for quantity, span in find_quantities(text):
        assert span.of(text) == quantity.text


@given(st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False))
def test_a_plain_decimal_keeps_its_exact_value(value: Decimal):
    quantity = parse_quantity(f"{value:f}", "亿元")
    assert quantity is not None and quantity.low == value and quantity.scale == "亿"
