"""One judged question in, what was expected and what came side by side out, for a terminal.

Example: “应有：水利局” stands beside “实得：两个项目的牵头责任单位都是水利局。”, gold evidence beside what was cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.trace import Stage
from corpus.models import ParsedDocument
from evals.answer_problems import kind_name
from evals.case_names import CATEGORY_NAMES
from evals.cases import Alternatives, Expected, alternatives
from evals.columns import beside
from evals.gold import GoldCase
from evals.judge import Verdict
from evals.places import Place

_QUOTE = 120


def render_case(
    verdict: Verdict, gold: GoldCase, documents: Sequence[ParsedDocument], stages: Sequence[Stage] = ()
) -> str:
    """Return the question, expected and given answer and evidence side by side, the problems and the trace."""
    case = verdict.case
    mark = ("✓" if verdict.answer_right else "✗") + ("✓" if verdict.citations_right else "✗")
    texts = {document.info.id: document.text for document in documents}
    head = [f"{mark} {case.id}（{CATEGORY_NAMES[case.category]}，{verdict.milliseconds:.0f} 毫秒）"]
    head += [f"问：{' → '.join((*case.history, case.question))}"]
    standalone = str(verdict.row.get("standalone", ""))
    if standalone and standalone != case.question:
        head.append(f"理解为：{standalone}")
    problems = [*verdict.answer_problems, *verdict.citation_problems]
    return "\n".join(
        (
            *head,
            *(f"  ✗ {problem}" for problem in problems),
            beside("应有", "实得"),
            beside("\n".join(_expected(case.expected)), "\n".join(_given(verdict))),
            beside("标准依据", "引用"),
            beside("\n".join(_evidence(gold, texts)), "\n".join(_citations(verdict, gold.places))),
            *(f"{stage.name}：\n" + "\n".join(f"  {line}" for line in stage.lines) for stage in stages),
        )
    )


def _expected(expected: Expected) -> Iterator[str]:
    yield f"类型：{'、'.join(map(kind_name, expected.kinds))}"
    parts: tuple[tuple[str, Sequence[Alternatives]], ...] = (
        ("首句含", expected.first),
        ("含", expected.phrases),
        ("不含", expected.forbidden),
        ("数值", [_figure(value.number, value.unit) for value in expected.values]),
        ("清单", expected.set),
        ("缺少", expected.missing),
    )
    for name, phrases in parts:
        if phrases:
            yield f"{name}：{'；'.join('或'.join(alternatives(phrase)) for phrase in phrases)}"
    if expected.count is not None:
        yield f"总数：{expected.count}"
    if expected.conflict is not None:
        yield "指出不一致" if expected.conflict else "不报不一致"


def _figure(number: Alternatives, unit: Alternatives) -> tuple[str, ...]:
    return tuple(one + other for one in alternatives(number) for other in alternatives(unit))


def _given(verdict: Verdict) -> Iterator[str]:
    row = verdict.row
    yield f"类型：{kind_name(str(row.get('kind', '')))}"
    yield str(row.get("answer", ""))
    table = row.get("table") or {}
    for cells in table.get("rows") or ():
        yield " | ".join(map(str, cells))
    calculation: Mapping[str, object] = row.get("calculation") or {}
    if calculation.get("expression"):
        yield f"算式：{calculation['expression']}"
    if row.get("missing"):
        yield f"缺少：{'；'.join(map(str, row['missing']))}"


def _evidence(gold: GoldCase, texts: Mapping[str, str]) -> Iterator[str]:
    if len(gold.places) > 1 and gold.case.evidence_mode == "any":
        yield "（任一处即可）"
    for evidence, place in zip(gold.case.evidence, gold.places, strict=True):
        where = "" if evidence.quote else f"{evidence.address}："
        span = place.spans[0]
        yield f"· {where}{_short(texts[place.document_id][span.start : span.end])}"


def _citations(verdict: Verdict, places: Sequence[Place]) -> Iterator[str]:
    rows = verdict.row.get("citations") or ()
    for row, cited in zip(rows, verdict.cited, strict=True):
        met = "✓" if any(place.met_by(cited) for place in places) else "·"
        yield f"{met} [{row.get('index', '')}] {row.get('locator', '')}：{_short(cited.quote)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else line[:_QUOTE] + "…"
