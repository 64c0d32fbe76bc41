"""A document in, the words beside its title that say it is meant out.

Example: 年检 of a notice on 年度检查; 全旗 of a 政府工作报告 that says at its top whose it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understand.own_place import place_given
from corpus.models import ParsedDocument

_FOUR = re.compile(r"(?=(?P<one>[\u3400-\u9fff])[\u3400-\u9fff](?P<other>[\u3400-\u9fff])[\u3400-\u9fff])")
_SEVERAL = 2
_REMEMBERED = 1024


def known_by(document: ParsedDocument) -> tuple[str, ...]:
    """Return the short words of a title, and the place of a document that has none in it."""
    return (*_short_words(document), *place_given(document))


@lru_cache(maxsize=_REMEMBERED)
def _short_words(document: ParsedDocument) -> tuple[str, ...]:
    """Return the words of two characters that a text has for four of its title in a row: 年检, of 年度检查.

    What stands in a cell tells rows apart, and is none of them: 中学 of 中小学校.
    """
    title, text = document.info.title, document.text
    pairs = dict.fromkeys(match["one"] + match["other"] for match in _FOUR.finditer(title))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return tuple(pair for pair in pairs if pair not in title + cells and text.count(pair) >= _SEVERAL)
