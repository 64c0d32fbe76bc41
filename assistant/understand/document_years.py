"""A folded question and documents of different years in, where it names one of them by its year out.

Example: 2026年重点项目总投资 → the year, which is that of …2026年重点项目建设计划, and no condition on its rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.understand.document_titles import title_keys
from corpus.folding import fold
from corpus.models import ParsedDocument, Span
from index.search import FEW_DOCUMENTS

_DATED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:度)?(?P<of>[\u3400-\u9fff]{2,})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASKED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:度)?(?P<joint>的?)")
_YEAR_ALONE = re.compile(
    r"(?:那么?|换成|如果是|改成)?(?P<year>(?:19|20)\d\d)年?度?的?(?:计划|方案|规划|那份)?(?:的?呢|怎么样|如何|是多少|多少)?[？?。!！]*"
)
_BESIDE = re.compile(r"(?:比|和|与|同|较|跟|及|、)[这那]?$")
_JOINS = re.compile(r"(?:的)?(?:比|和|与|同|较|跟|及|、)")
_CLAUSE = re.compile(r"[^，,。；;？?！!]*")
_LEAST, _SURE = 3, 4
"""How many characters behind a year must be those of the title; how many show that no such document is there."""

_PLACE_ALONE = re.compile(r"[\u3400-\u9fff]{1,4}[省市州盟县区旗]")
_MARKS = "，,。；;？?！!：:"
_NEAR, _PAIR = 24, 2
_EVENT = re.compile("竣工|完工|开工|建成|完成|启动|动工|投用|到期|印发|发布|出台|^[底末前初]|^以[前后来]|^之[前后]")
_BOTH_YEARS = re.compile(
    r"(?:这)?两年(?:的)?(?:计划|规划|方案)?(?=[里中都各差一合相间比]|的|有|是)|(?:前后)?两份(?:计划|规划|方案)"
)

Found = tuple[Span, frozenset[str]]


class YearNames:
    """Knows documents by the one year in their titles and the words behind it."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        few = documents if len(documents) <= FEW_DOCUMENTS else ()
        titles = ((one.info.id, key) for one in few for key in title_keys(fold(one.info.title)))
        dated = [
            (match["year"], match["of"], id, key[: match.start()])
            for id, key in titles
            if len(set(_YEAR.findall(key))) == 1 and (match := _DATED.search(key)) is not None
        ]
        self._dated = tuple((year, of, id) for year, of, id, _ in dated)
        self._places = tuple(sorted({place for *_, place in dated if place}, key=len, reverse=True))
        by_of: dict[str, dict[str, str]] = {}
        for year, of, id in self._dated:
            by_of.setdefault(of, {})[year] = id
        # A report of a year tells of the year before: only where rows are planned is each document that of its year.
        listing = {one.info.id for one in few if any(table.data_rows for table in one.tables)}
        series = [ids for ids in by_of.values() if len(ids) > 1 and listing.issuperset(ids.values())]
        self._series = series[0] if len(series) == 1 else {}
        self._headers = tuple({fold(column.name) for one in few for table in one.tables for column in table.columns})

    def find(self, key: str) -> Iterator[Found]:
        """Yield every year that names documents; without any where only those of other years are there.

        A year at the beginning may stand before other words of its clause (2026年县水利局负责的重点项目), and one
        joined to it is of the document that is called so but for its year (比2025年).
        """
        found: dict[Span, frozenset[str]] = {}
        for match in _ASKED.finditer(key) if self._dated else ():
            if not self._heads_column(key, match):
                found.update(self._named(key, match))
        yield from found.items()
        ofs = {of for year, of, id in self._dated if any(id in ids for ids in found.values())}
        for match in _ASKED.finditer(key) if ofs else ():
            span = Span(match.start(), match.end("joint") - len(match["joint"]))
            joined = _BESIDE.search(key, 0, match.start()) or _JOINS.match(key, span.end)
            ids = frozenset(id for year, of, id in self._dated if of in ofs and year == match["year"])
            if span not in found and joined and ids and not self._heads_column(key, match):
                yield span, ids
                found[span] = ids
        yield from self._of_series(key, found)

    def _of_series(self, key: str, found: Collection[Span]) -> Iterator[Found]:
        """Yield the years of documents that differ in nothing else, where nothing happens in them: 2024年…的项目.

        Two such years compare the documents wherever they stand, and so does 两年; one names its document where it
        begins a clause.
        """
        years = [m for m in _ASKED.finditer(key) if m["year"] in self._series and not self._heads_column(key, m)]
        both = len({match["year"] for match in years}) > 1
        for match in years:
            span = Span(match.start(), match.end("joint") - len(match["joint"]))
            clause = _CLAUSE.match(key, match.end())
            begins = not match.start() or key[match.start() - 1] in _MARKS
            happens = _EVENT.search(clause.group()[:_NEAR]) if clause is not None else None
            if span not in found and (both or begins) and not happens:
                yield span, frozenset({self._series[match["year"]]})
        for match in _BOTH_YEARS.finditer(key) if len(self._series) == _PAIR and not both else ():
            yield Span(*match.span()), frozenset(self._series.values())

    def other_year(self, key: str, ids: Collection[str]) -> tuple[str, frozenset[str]]:
        """Return the year that a follow-up is (2025年的呢), with the documents called like ``ids`` but for it."""
        match = _YEAR_ALONE.fullmatch(key)
        ofs = {of for _, of, id in self._dated if id in ids}
        if match is None or not ofs:
            return "", frozenset()
        return match["year"], frozenset(id for year, of, id in self._dated if of in ofs and year == match["year"])

    def _heads_column(self, key: str, match: re.Match[str]) -> bool:
        """Return whether the year and what follows begin the name of a column: 2026年计划投资."""
        said = key[match.start() : match.end("joint") - len(match["joint"]) + 2]
        return any(header.startswith(said) for header in self._headers)

    def _named(self, key: str, match: re.Match[str]) -> dict[Span, frozenset[str]]:
        rest = _CLAUSE.match(key, match.end())
        words = rest.group() if rest is not None else ""
        shared = {(year, id): _shared(words, of) for year, of, id in self._dated}
        if not match.start() and not max(shared.values()) >= _LEAST:
            shared = {(year, id): _SURE if of[:_SURE] in words else 0 for year, of, id in self._dated}
        most = max(shared.values())
        if most < _LEAST:
            return {}
        # 青棠县 of 青棠县2026年重点项目 belongs to the title as well.
        place = next((one for one in self._places if key.endswith(one, 0, match.start())), "")
        span = Span(match.start() - len(place), match.end("joint") - len(match["joint"]))
        ids = frozenset(id for (year, id), length in shared.items() if length == most and year == match["year"])
        return {span: ids} if ids or most >= _SURE else {}


def _shared(words: str, title: str) -> int:
    """Return how many first characters two texts have in common; none where they are but the name of a place."""
    length = next(
        (n for n, (one, other) in enumerate(zip(words, title, strict=False)) if one != other),
        min(len(words), len(title)),
    )
    return 0 if _PLACE_ALONE.fullmatch(title[:length]) else length
