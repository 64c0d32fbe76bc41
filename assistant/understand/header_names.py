"""A question in, the same with the figures of tables called by their headers out.

Example: 哪家机构床位最多, of a table with 床位数 → 哪家机构床位数最多; 有多少张床位 → 床位数多少.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.understand.counted import count_of
from assistant.understand.namings import Named
from corpus.folding import fold
from corpus.models import ColumnKind, Table
from corpus.units import UNIT

_COMPUTED = (
    r"(?=最[多少大小高低]|合计|小计|一共|总共|共(?:有|计)|平均|超过|不足|不到|多于|少于|低于|高于|达到|在?\d|比|占|排"
    r"|[从由][多高大]|(?:分别|各)?[是有为]?(?:多少|几))"
)
_TOTAL = r"(?:总数量?|总量|总计)"


class HeaderNames:
    """Knows what the figures of tables count, and the headers of their columns."""

    def __init__(self, tables: Sequence[Table], nouns: Iterable[str]) -> None:
        """Take the folded ``nouns`` for rows: 项目数 is no other name of 项目."""
        headers = (fold(c.name) for table in tables for c in table.columns if c.kind is ColumnKind.NUMBER)
        known = set(nouns)
        self._headers = {of: header for header in headers if (of := count_of(header)) and of not in known}

    def in_full(self, named: Named) -> Named:
        """Return the question with each thing that a column counts called as it is headed, where that is asked."""
        text, meant = named.text, list(named.meant)
        for of, header in self._headers.items():
            made = self._called(text, of, header)
            if made != text:
                meant.append(header)
            text = made
        return Named(text, tuple(meant))

    def _called(self, text: str, of: str, header: str) -> str:
        if header in text or of not in text:
            return text
        text = re.sub(rf"(?P<more>[多少高低])(?:多少|几)(?:{UNIT})?{of}", rf"{header}\g<more>多少", text)
        text = re.sub(
            rf"(?:共|总共|一共)?有?(?:多少|几)(?:{UNIT})?的?{of}(?!数)", lambda m: self._how_many(m, header), text
        )
        text = re.sub(rf"{of}{_TOTAL}", f"{header}合计", text)
        return re.sub(rf"{of}(?:数量)?{_COMPUTED}", header, text)

    @staticmethod
    def _how_many(match: re.Match[str], header: str) -> str:
        return f"{header}{'合计' if '共' in match.group() else ''}多少"
