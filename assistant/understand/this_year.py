"""A question that says 今年 and documents of one year in, the question with that year named out.

Example: 今年计划投资最少的项目是哪个, of …2026年重点项目计划 → 2026年计划投资最少的项目是哪个.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import ParsedDocument

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_YEAR = re.compile(r"(?:19|20)\d\d(?=年(?!前|底|远景|目标))")
_SAID = re.compile(r"(?P<word>今年|本年度|去年|明年|前年)(?!(?:已经?|都|刚)?\d{1,3}(?:周?岁|了))(?:年?(?=[底末初中]))?")
_LOOKS_BACK = re.compile("执行情况|完成情况|草案")
"""2024年预算执行情况和2025年预算草案 speaks in the later year."""
_FROM_NOW = {"今年": 0, "本年度": 0, "去年": -1, "前年": -2, "明年": 1}


def naming_years(text: str, documents: Sequence[ParsedDocument]) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with 今年 and 去年 as the years that they are in documents of one year, and these years.

    Unchanged, and none, where nothing such is said (今年92岁 is an age) or the documents are of no one year: by their
    titles and dates.
    """
    year = _year_of(documents)
    if year is None:
        return text, ()
    years = dict.fromkeys(f"{year + _FROM_NOW[match['word']]}年" for match in _SAID.finditer(text))
    return _SAID.sub(lambda match: f"{year + _FROM_NOW[match['word']]}年", text), tuple(years)


def _year_of(documents: Sequence[ParsedDocument]) -> int | None:
    # A title of several years (2022—2024年) or of a year that is far (2030年前) says of none that it is this one.
    telling = [one for one in documents if _YEAR.findall(one.info.title) == _OF_YEAR.findall(one.info.title)]
    titled = [document for document in telling if _OF_YEAR.search(document.info.title)]
    found = {_spoken_in(document) for document in titled or telling} - {0}
    return found.pop() if len(found) == 1 else None


def _spoken_in(document: ParsedDocument) -> int:
    """Return the year in which a document speaks: that of its title, or the one after it where it is dated then.

    A communiqué of 2024 is written in 2025, and a plan of 2026 may be written in 2025. 0 where nothing tells.
    """
    titled = set(map(int, _OF_YEAR.findall(document.info.title)))
    if len(titled) > 1 and not _LOOKS_BACK.search(document.info.title):
        return 0  # 2024年、2025年项目清单 is of neither alone
    title = max(titled, default=0)
    date = int(document.info.date[:4]) if document.info.date[:4].isdigit() else 0
    return date if not title or date == title + 1 else title
