"""A folded question and the numbers of documents in, where it names one by its 文号 out.

Example: 根据某政发〔2023〕5号 → “某政发〔2023〕5号”, however its brackets are written; 5号文 where one document has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.folding import fold
from corpus.models import DocumentInfo, Span

_OPENING, _CLOSING = "〔（(【［[﹝", "〕）)】］]﹞"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "[" * len(_OPENING) + "]" * len(_CLOSING))
_HEAD = r"[㐀-鿿]{0,10}"
_FULL = re.compile(rf"(?P<head>{_HEAD})\[(?P<year>(?:19|20)\d\d)\]第?(?P<serial>\d+)号(?:文件?)?")
_SHORT = re.compile(rf"(?P<head>{_HEAD})(?:(?P<year>(?:19|20)\d\d)年)?第?(?P<serial>\d+)号文件?")
_LEADING = re.compile(r"^.*(?:根据|按照|依据|依照|参照|遵照|执行|落实|以及|[按依在与和及对从照查看问的是])")

Found = tuple[Span, frozenset[str]]


class NumberNames:
    """Knows documents by their numbers."""

    def __init__(self, infos: Sequence[DocumentInfo]) -> None:
        parts = ((info.id, _FULL.search(_folded(info.number))) for info in infos if info.number)
        self._numbers = tuple((id, m["head"], m["year"], m["serial"]) for id, m in parts if m is not None)

    def find(self, key: str) -> Iterator[Found]:
        """Yield every number with the documents that have it, none where no document does."""
        flat = key.translate(_BRACKETS)
        taken: list[Span] = []
        for pattern in (_FULL, _SHORT):
            for match in pattern.finditer(flat):
                span, ids = self._called(match)
                if not any(span.overlaps(other) for other in taken):
                    taken.append(span)
                    yield span, ids

    def _called(self, match: re.Match[str]) -> Found:
        """Return the number with its documents: its words before the year belong to it as far as a document has them.

        Without such words (〔2023〕5号, 5号文) it is any document's of that year and serial number.
        """
        head, end = match["head"], match.end()
        alike = [one for one in self._numbers if one[3] == match["serial"] and match["year"] in (None, one[2])]
        named = [one for one in alike if one[1] and head.endswith(one[1])]
        if named:
            longest = max(len(one[1]) for one in named)
            ids = frozenset(one[0] for one in named if len(one[1]) == longest)
            return Span(match.start() + len(head) - longest, end), ids
        bare = _LEADING.sub("", head)
        start = match.start() + len(head) - len(bare)
        return Span(start, end), frozenset() if bare else frozenset(one[0] for one in alike)


def _folded(number: str) -> str:
    return fold(number).translate(_BRACKETS).replace(" ", "")
