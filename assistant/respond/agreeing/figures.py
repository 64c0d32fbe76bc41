"""Figures of one name as a document states them in, those of one thing and year joined and compared out.

Example: 科技型中小企业, asked about: 280家 in 三、（五）22. and 280家 in row 35 of 项目表 agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.agreement.compare import verdict_of
from corpus.agreement.figures import by_year
from corpus.agreement.models import Finding, Statement
from corpus.conversion import Units

_PAIR = 2


def join_figures(figures: Sequence[Finding], units: Units) -> Finding | None:
    """Return the one figure among ``figures``, of a statement each, that several places state; None for several.

    What two works state under one name (投资) is two things, and so is what one place states twice.
    """
    by_name: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for figure in figures:
        by_name[figure.keys].append(figure)
    joined = [one for alike in by_name.values() for one in _of_each_year(alike, units)]
    latest = max((one.year for one in joined), default="")
    found = [one for one in joined if one.year == latest]
    return found[0] if len(found) == 1 else None


def _of_each_year(figures: Sequence[Finding], units: Units) -> list[Finding]:
    joined = []
    for year, group in by_year([statement for figure in figures for statement in figure.statements]):
        if _is_one_thing(group):
            verdict, differs = verdict_of(group, units)
            marked = tuple(replace(one, differs=odd) for one, odd in zip(group, differs, strict=True))
            joined.append(replace(figures[0], year=year, verdict=verdict, statements=marked))
    return joined


def _is_one_thing(statements: Sequence[Statement]) -> bool:
    places = [one.place for one in statements]
    works = {one.scope for one in statements if one.scope}
    return len(set(places)) == len(places) >= _PAIR and len(works) <= 1
