"""A question that speaks of places and a table whose rows are places in, which of its rows it calls out.

Example: 镇的老年食堂一共几个, of rows 白石镇, 石门乡 and 城关街道 → the rows whose names end in 镇.
"""

from __future__ import annotations

import re

from assistant.understand.attributes import Attributes
from assistant.understand.query import Condition, Found
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Span, Table
from corpus.row_names import cell_text, name_column

_KINDS = re.compile(
    r"(?:(?<![\u3400-\u9fff])(?=[\u3400-\u9fff]{1,6}(?:的|里|中|一共|共|合计|总共))|(?=各)|哪(?:一?个|些|几个))"
    r"(?:各个?|所有的?|全部|[一二两三四五六七八九十\d]+个)?(?P<kind>镇街|乡镇街道|镇乡街道|乡镇|街道|社区|镇|乡|村|旗|区|县|市)(?![镇乡县区市旗委政府级长里中]|[或和、])"
)

_PLACES = re.compile(r"(?:哪一?[个些]|哪几个|什么|啥)(?:地方|地区|区域)$")
_OF_PLACES = re.compile(r"(?:地区|区域|[省市县区旗州盟镇乡村]|街道|社区)\)?$")
_TOWNS = ("镇", "乡")
_BOTH = {"镇街": (*_TOWNS, "街道"), "乡镇街道": (*_TOWNS, "街道"), "镇乡街道": (*_TOWNS, "街道"), "乡镇": _TOWNS}


def on_kinds_of_places(question: Question, table: Table, attributes: Attributes) -> Found:
    """Return the condition that a row's name ends in the kind of place that the question names, where some do not.

    镇街 are 镇, 乡 and 街道 together, and no condition where all rows are.
    """
    match, names = _KINDS.search(question.key), name_column(table, attributes.header_words("name"))
    if match is None or names is None:
        return Found((), ())
    kinds = _BOTH.get(match["kind"], (match["kind"],))
    ends = [row.number for row in table.data_rows if fold(cell_text(row, names)).endswith(kinds)]
    if kinds != (match["kind"],) and len(ends) == len(table.data_rows) > 0:
        return Found((), (Span(*match.span()),))
    if not 0 < len(ends) < len(table.data_rows):
        return Found((), ())
    return Found((Condition(names, rows=tuple(ends), listed=f"名称以“{match['kind']}”结尾"),), (Span(*match.span()),))


def calls_places(words: str, table: Table, names: int | None) -> bool:
    """Return whether the folded ``words`` call the rows of a table whose names are places: 哪些地方, of 地区."""
    return _PLACES.search(words) is not None and are_places(table, names)


def are_places(table: Table, names: int | None) -> bool:
    """Return whether the rows of a table, which the column ``names`` names, are places: 地区, 县（区）."""
    return names is not None and _OF_PLACES.search(fold(table.columns[names].name)) is not None
