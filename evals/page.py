"""A run and the baseline in, a report that a manager can read out: one HTML file that needs nothing else.

Example: ``render_page(run, load_baseline())`` begins with “共 1222 题，答对 1080 题（88.4%）”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from evals.baseline import Baseline, beginning
from evals.cases import Source
from evals.comparison import ALPHA, Flip, compare
from evals.difference import Piece, differences
from evals.gate import hold_gate
from evals.judge import Verdict
from evals.measures import MEASURES, means
from evals.report import NAMES, chance, rate
from evals.second_opinion.opinions import Opinions
from evals.second_opinion.report import FATES, TITLE
from evals.stages import STAGES, score_stages
from evals.summary import (
    Run,
    ScoreLine,
    category_lines,
    cited_line,
    score_refusals,
    score_wordings,
    total_line,
    twin_lines,
)

_SLOWEST = 10
_MOST_WRONG = 300
_TEMPLATE = "report.html.jinja"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: a name, right of all questions, and the rate of the baseline on the same questions."""

    name: str
    right: int
    questions: int
    before: float | None

    @property
    def rate(self) -> float:
        """Return right / questions, in 0…1."""
        return self.right / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one origin: hand-made or generated ones, which are never mixed in a figure."""

    title: str
    total: ScoreLine
    cited: ScoreLine
    bars: tuple[Bar, ...]
    lines: tuple[ScoreLine, ...]

    @property
    def all_lines(self) -> tuple[ScoreLine, ...]:
        """Return the lines by category, that of the questions with evidence, and that of all."""
        return (*self.lines, self.cited, self.total)


@dataclass(frozen=True, slots=True)
class Flipped:
    """A question whose judgement changed: what was answered before and now, and the pieces that differ."""

    verdict: Verdict
    parts: str
    before: str
    now: str
    pieces: tuple[Piece, ...]


def render_page(run: Run, baseline: Baseline | None, opinions: Opinions | None = None) -> str:
    """Return the report of ``run``, compared with ``baseline``, as the text of one HTML file.

    ``opinions`` of a language model, where it was asked, have a section of their own and change nothing else.
    Every text of questions, answers and documents is escaped; nothing is loaded from anywhere and no script runs.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("evals"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"rate": rate, "chance": chance, "percent": _percent, "name": _name}
    comparison = compare(run, baseline) if baseline is not None else None
    flipped = partial(_flipped, run.verdicts, baseline)
    return templates.get_template(_TEMPLATE).render(
        run=run,
        baseline=baseline,
        comparison=comparison,
        gate=hold_gate(run, baseline, comparison),
        alpha=ALPHA,
        groups=_groups(run, baseline),
        total=total_line(run.verdicts),
        cited=cited_line(run.verdicts),
        refusals=score_refusals(run.verdicts),
        measures=means(run.verdicts),
        changes={change.measure.key: change for change in comparison.changes} if comparison is not None else {},
        before=_means_before(run.verdicts, baseline),
        stages=score_stages(run.verdicts),
        stage_meanings=STAGES,
        wordings=score_wordings(run.verdicts),
        twins=twin_lines(run.verdicts),
        now_wrong=flipped(comparison.now_wrong) if comparison is not None else (),
        now_right=flipped(comparison.now_right) if comparison is not None else (),
        slowest=sorted(run.verdicts, key=lambda verdict: -verdict.milliseconds)[:_SLOWEST],
        wrong=_wrong(run.verdicts)[:_MOST_WRONG],
        wrong_total=len(_wrong(run.verdicts)),
        beginning=beginning,
        opinions=opinions,
        opinions_title=TITLE,
        fates=FATES,
    )


def _groups(run: Run, baseline: Baseline | None) -> tuple[Group, ...]:
    """Return the hand-made questions and the generated ones, each where there are any."""
    origins = (("人工编写的题", False), ("由文件自动生成的题", True))
    found = []
    for title, generated in origins:
        verdicts = [one for one in run.verdicts if (one.case.source == Source.GENERATED) is generated]
        if verdicts or not (generated or run.verdicts):
            lines = category_lines(verdicts)
            bars = tuple(_bar(line, verdicts, baseline) for line in lines)
            found.append(Group(title, total_line(verdicts), cited_line(verdicts), bars, lines))
    return tuple(found)


def _bar(line: ScoreLine, verdicts: Sequence[Verdict], baseline: Baseline | None) -> Bar:
    ids = [verdict.case.id for verdict in verdicts if verdict.case.category == line.name]
    kept = [baseline.cases[name].answer_right for name in ids if name in baseline.cases] if baseline is not None else []
    return Bar(NAMES[line.name], line.answers, line.questions, sum(kept) / len(kept) if kept else None)


def _flipped(verdicts: Sequence[Verdict], baseline: Baseline | None, flips: Sequence[Flip]) -> tuple[Flipped, ...]:
    """Return the questions of ``flips``, one for a question whose answer and citations both changed."""
    by_id = {verdict.case.id: verdict for verdict in verdicts}
    found = []
    for name in dict.fromkeys(flip.id for flip in flips):
        before = baseline.cases[name].said if baseline is not None else ""
        now = beginning(by_id[name])
        parts = "、".join(flip.part for flip in flips if flip.id == name)
        found.append(Flipped(by_id[name], parts, before, now, differences(before, now) if before else ()))
    return tuple(found)


def _means_before(verdicts: Sequence[Verdict], baseline: Baseline | None) -> dict[str, float | None]:
    """Return the baseline's mean of each measure over the questions that both runs scored."""
    found: dict[str, float | None] = {}
    for measure in MEASURES:
        asked = [verdict.case.id for verdict in verdicts if measure.value(verdict) is not None]
        kept = [baseline.cases[name] for name in asked if name in baseline.cases] if baseline is not None else []
        values = [value for one in kept if (value := one.value(measure.key)) is not None]
        found[measure.key] = sum(values) / len(values) if values else None
    return found


def _wrong(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if not (verdict.answer_right and verdict.citations_right)]


def _name(key: str) -> str:
    return NAMES.get(key, key)


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"
