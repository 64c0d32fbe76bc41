"""A finding and the question in, by how much its statement of the text and that of the table differ out.

Example: 能耗, 1.5吨标煤 in 二、 and 1.82 in 指标表 → 0.32吨标煤, “1.82 - 1.5 = 0.32吨标煤”.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.understand.entities import common_blocks
from corpus.agreement.models import Finding
from corpus.folding import fold
from corpus.models import ParsedDocument
from corpus.numerals import parse_quantity


@dataclass(frozen=True, slots=True)
class Gap:
    """The two statements that are compared, the difference with its unit, and how it is computed."""

    pair: Finding
    size: str
    expression: str


def find_gap(finding: Finding, key: str, document: ParsedDocument) -> Gap | None:
    """Return the difference; None where it is not plain which statements are meant or one is no exact figure.

    Of several statements of the text it is the one whose clause the folded question ``key`` names.
    """
    paths = {clause.id: fold("".join(clause.path)) for clause in document.clauses}
    cells = [one for one in finding.statements if one.place.table]
    texts = [one for one in finding.statements if one.place.clause]
    near = [sum(b.end - b.start for b in common_blocks(key, paths[one.place.clause])) for one in texts]
    best = [one for one, shared in zip(texts, near, strict=True) if shared == max(near)]
    if len(cells) != 1 or len(best) != 1:
        return None
    pair = replace(finding, statements=(best[0], cells[0]))
    figures = [parse_quantity(one.written) for one in pair.statements]
    if any(one is None or one.low is None or one.low != one.high for one in figures):
        return None
    first, second = (one.low for one in figures if one is not None and one.low is not None)
    unit = "个百分点" if best[0].unit == "%" else best[0].unit
    size = f"{abs(first - second).normalize():f}{unit}"
    return Gap(pair, size, f"{max(first, second)} - {min(first, second)} = {size}")
