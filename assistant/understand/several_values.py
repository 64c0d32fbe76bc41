"""A question and a table in, the condition that a cell lists so many values out.

Example: 由两个部门共同负责的指标 → “责任单位” lists two; 责任单位有多个的 → it lists two or more.
"""

from __future__ import annotations

import re

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition, Found
from assistant.understand.question import Question
from corpus.cell_values import split_column
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import ColumnKind, Span, Table
from corpus.numerals import parse_chinese_integer
from corpus.row_names import cell_text

_NUMBER = r"(?P<number>[两二三四五六七八九]|\d|多|不止一)[个家](?P<more>(?:及|或)?以上)?(?:不同)?的?"
_BODY = "(?:责任|牵头|主管|负责|承担)?(?:单位|部门|机构|局)"
_ACT = r"(?:负责|牵头|承担|主管|实施)"
_SAYS = (
    re.compile(rf"(?<!哪)[由归]{_NUMBER}{_BODY}(?:来|一起|共同|联合|一同|分别|都)*{_ACT}的?"),
    re.compile(rf"(?:写|列|填)?有{_NUMBER}{_BODY}的"),
    re.compile(rf"(?:写|列|填)?有{_NUMBER}(?:责任|牵头|主管)(?:单位|部门)(?=[，,。？?]|$)"),
    re.compile(rf"(?<!哪)是{_NUMBER}{_BODY}(?:来|一起|共同|联合|一同)*{_ACT}的"),
    re.compile(rf"(?:建设|实施|项目)?地[点区方](?:写|填|列|都)?(?:了|有|是|为)+{_NUMBER}(?<=的)"),
    re.compile(rf"{_BODY}(?P<number>不止一)[个家](?P<more>以上)?的"),
    re.compile(rf"{_BODY}(?:写|填|列|都)?(?:了|有|是|为)+{_NUMBER}(?<=的)"),
)
_LEADS = re.compile("牵头|主管")


def find_several_values(question: Question, table: Table, attributes: Attributes) -> Found:
    """Return the condition on how many agencies a cell lists; empty where the question says no such number."""
    match = next(filter(None, (pattern.search(question.key) for pattern in _SAYS)), None)
    names = ["place"] if match is not None and "地" in match.group() else [*AGENCY_ATTRIBUTES]
    if match is not None and _LEADS.search(match.group()):
        names.sort(key=lambda name: name != "lead_agency")
    texts = [column for column in table.columns if column.kind is ColumnKind.TEXT]
    columns = [c.number for name in names for c in texts if attributes.fits(name, c.name)]
    if match is None or not columns:
        return Found((), ())
    wanted = parse_chinese_integer(match["number"].replace("两", "二")) or 2
    at_least = match["more"] is not None or match["number"] in ("多", "不止一")
    cells = split_column(cell_text(row, columns[0]) for row in table.data_rows)
    # 甲矿、乙矿和丙矿 are three places; 和 within the name of an agency joins nothing.
    sizes = {cell: len(values) + (cell.count("和") if names == ["place"] else 0) for cell, values in cells.items()}
    holding = (cell for cell, size in sizes.items() if size == wanted or (at_least and size > wanted))
    said = f"“{table.columns[columns[0]].name}”有{wanted}个{'以上' if at_least else ''}"
    return Found((Condition(columns[0], tuple(holding), whole=True, listed=said),), (Span(*match.span()),))
