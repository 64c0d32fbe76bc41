"""Random tables: drawn as meanings, written as cells the way offices write them, read back by the product."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from corpus.models import (
    Cell,
    Clause,
    ClauseKind,
    Column,
    ColumnKind,
    DocumentInfo,
    Group,
    ParsedDocument,
    Row,
    RowKind,
    Span,
    Table,
)
from corpus.numerals import parse_quantity

settings.register_profile("properties", deadline=None, derandomize=True, print_blob=False, database=None)

HOSTILE = (
    """'; DROP TABLE "项目表"; --""",
    "100%",
    "_",
    "\\",
    "' OR '1'='1",
    ":a %s ?",
    '"',
    "\x01\x7f",
    "[[1]]{0}\0".replace("\0", ""),
    "长" * 3000,
)
"""Cell texts that must stay text: SQL, wildcards, escapes, placeholders, control marks, great length."""

NAMES = ("水利局", "市水利局", "能源局", "李村", "小李村", "A组", "a组")
"""Values, some of which are a part of another or differ by case alone."""

ZERO = Decimal(0)
POWERS = {"": 0, "万": 4, "亿": 8}


@dataclass(frozen=True)
class Stated:
    """What a cell states: a figure or period between two ends, ``sign`` as in the corpus; ``power`` its multiplier."""

    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    sign: str = "="
    power: int = 0
    is_ratio: bool = False


class Drawn:
    """A table as drawn: what each row's cells state, and the names of the groups above each row."""

    def __init__(
        self, document: ParsedDocument, cells: tuple[tuple[Stated, ...], ...], groups: tuple[tuple[str, ...], ...]
    ) -> None:
        self.document, self.cells, self.groups = document, cells, groups

    def __repr__(self) -> str:
        names = [column.name + column.unit for column in self.table.columns]
        return "\n".join("|".join(line) for line in [names, *([cell.text[:40] for cell in row] for row in self.cells)])

    @property
    def table(self) -> Table:
        return self.document.tables[0]


def _texts() -> SearchStrategy[Stated]:
    one = st.sampled_from(NAMES)
    several = st.lists(one, min_size=2, max_size=3, unique=True).flatmap(
        lambda names: st.sampled_from("、，/ ").map(lambda mark: mark.join(names))
    )
    return st.one_of(one, one, several, st.sampled_from(HOSTILE), st.just("")).map(Stated)


@st.composite
def _figure(draw: st.DrawFn, carries_unit: bool, forms: str) -> Stated:
    """A figure in one of the ``forms`` of writing one; ``carries_unit``: the cell writes 元 and a multiplier."""
    digits = draw(st.integers(0, 3))
    form = draw(st.sampled_from(forms))
    low = Decimal(draw(st.integers(-50 if form in "=," else 0, 99_999))).scaleb(-digits)
    scale = draw(st.sampled_from(("", "万", "亿"))) if carries_unit else ""
    unit, power = (scale + "元", POWERS[scale]) if carries_unit else ("", 0)
    if form in "wo":
        return Stated({"w": "完成下达任务", "o": ""}[form])
    if form == "-":
        low += 3000 if 1900 <= low < 2100 else 0  # two years are a period, whatever the column
        high = low + draw(st.integers(1, 50))
        return Stated(f"{low}-{high}{unit}", low, high, "=", power)
    if form == ":":
        low = Decimal(draw(st.sampled_from((1, 1, 1, 2))))
        return Stated(f"{low}:1", low, Decimal(1), "=", 0, is_ratio=True)
    written = f"{low:,}" if form == "," else f"{low}"
    before, after = {"≥": ("不低于", ""), ">": ("＞", ""), "≤": ("", "以下"), "<": ("低于", ""), "≈": ("约", "")}.get(
        form, ("", "")
    )
    sign = form if form in "≥>≤<≈" else "="
    return Stated(f"{before}{written}{unit}{after}", low, low, sign, power)


@st.composite
def _period(draw: st.DrawFn) -> Stated:
    first = draw(st.integers(2015, 2030))
    last = first + draw(st.integers(0, 9))
    if draw(st.integers(0, 9)) == 0:
        return Stated("")
    text = f"{first}年" if first == last else f"{first}-{last}{draw(st.sampled_from(('', '年')))}"
    return Stated(text, Decimal(first), Decimal(last))


def _column_of(draw: st.DrawFn, number: int) -> tuple[Column, SearchStrategy[Stated], int]:
    """Return a column with what its cells state and the power of the multiplier in its header."""
    kind = draw(st.sampled_from(("text", "text", "亿元", "万元", "%", "own", "period")))
    if kind == "text":
        return Column(number, f"单位{number}", "", ColumnKind.TEXT), _texts(), 0
    if kind == "period":
        return Column(number, f"时间{number}", "年", ColumnKind.PERIOD), _period(), 0
    unit = "" if kind == "own" else kind
    forms = draw(st.sampled_from(("=,o", "===:", "=====≥>≤<≈-wo,")))
    figures = _figure(kind == "own", forms)
    if kind == "万元":
        figures = st.one_of(*[figures] * 5, _figure(True, forms))
    return Column(number, f"金额{number}", unit, ColumnKind.NUMBER), figures, POWERS.get(unit[:1], 0)


class _Writer:
    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        return Span(start, len(self.text))


@st.composite
def _tables(draw: st.DrawFn) -> Drawn:
    """A table of one to twelve rows: names that differ, text, figures and periods, up to two levels of groups."""
    made = [_column_of(draw, number) for number in range(1, draw(st.integers(2, 5)) + 1)]
    columns = (Column(0, "项目名称", "", ColumnKind.TEXT), *(column for column, _, _ in made))
    levels = draw(st.integers(0, 2))
    writer, rows, cells, groups = _Writer(), [], [], []
    above: tuple[str, ...] = ()
    for number in range(1, draw(st.integers(1, 12)) + 1):
        if levels and draw(st.integers(0, 2)) == 0:
            above = tuple(draw(st.sampled_from(("治理", "提升", HOSTILE[0]))) for _ in range(levels))
        stated = (Stated(f"名{number}号"), *(draw(cell) for _, cell, _ in made))
        over = tuple(
            Group(f"{'行动工程'[2 * n : 2 * n + 2]}{number}", name, n, writer.write(name))
            for n, name in enumerate(above)
        )
        spans = [(writer.write("\t"), writer.write(one.text))[1] for one in stated]
        typed = tuple(
            Cell(c.number, one.text, span, None if c.kind is ColumnKind.TEXT else parse_quantity(one.text, c.unit))
            for c, one, span in zip(columns, stated, spans, strict=True)
        )
        rows.append(Row(number, RowKind.DATA, typed, over, Span(spans[0].start, spans[-1].end)))
        headers = (0, *(power for _, _, power in made))
        cells.append(tuple(_in_header(one, power) for one, power in zip(stated, headers, strict=True)))
        groups.append(above)
    whole = Span(0, len(writer.text))
    clause = Clause("c1", ClauseKind.TITLE, "", "", Span(0, 0), whole, (), None, ("某办法",))
    table = Table("t1", "项目表", "项目表", None, "c1", ("某办法",), columns, tuple(rows), whole)
    info = DocumentInfo("d", "某办法", "d.txt", hashlib.sha256(writer.text.encode()).hexdigest())
    return Drawn(ParsedDocument(info, writer.text, (clause,), (table,)), tuple(cells), tuple(groups))


def _in_header(one: Stated, power: int) -> Stated:
    """Return the cell with the header's multiplier where it writes no unit of its own."""
    takes = one.low is not None and not one.is_ratio and "元" not in one.text
    return Stated(one.text, one.low, one.high, one.sign, power, one.is_ratio) if takes else one


@pytest.fixture(scope="session")
def tables() -> SearchStrategy[Drawn]:
    return _tables()


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new folder for each example."""

    def give() -> Iterator[Path]:
        while True:
            yield tmp_path_factory.mktemp("facts")

    return give()
