"""Is an answer right? One case, its gold places and an answer row in, a verdict with the reasons out.

Example: “缺少“水利局”” is the reason why an answer to 十大孔兑项目由哪个局牵头 is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.models import AnswerKind
from corpus.models import Span
from evals.answer_problems import Row, answer_problems, listing, said_by
from evals.cases import Case
from evals.gold import GoldCase
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.list_scores import ListScores
from evals.metrics.number_exactness import NumberScores, number_scores
from evals.metrics.verbatim_rate import is_verbatim, verbatim_rate
from evals.places import Cited

_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged answer; it is right where the list of problems is empty.

    ``numbers`` and ``listing`` are None where the case asks for no figure or list. ``gold`` are the ids of the chunks
    that hold gold evidence; ``ranked`` and ``tables`` are what a search found and a plan looked into, None where the
    answerer shows neither.
    """

    case: Case
    row: Row
    milliseconds: float
    answer_problems: tuple[str, ...]
    citation_problems: tuple[str, ...]
    numbers: NumberScores | None
    listing: ListScores | None
    cited: tuple[Cited, ...]
    citation_precision: float
    citation_recall: float
    verbatim: float
    gold: frozenset[str] = frozenset()
    ranked: tuple[str, ...] | None = None
    tables: frozenset[str] | None = None

    @property
    def answer_right(self) -> bool:
        """Return whether kind, phrases, values, set and missing all fit."""
        return not self.answer_problems

    @property
    def citations_right(self) -> bool:
        """Return whether all required evidence is cited and every quote is verbatim."""
        return not self.citation_problems

    @property
    def is_error(self) -> bool:
        """Return whether the answerer failed instead of answering."""
        return bool(self.row.get("kind") == AnswerKind.ERROR)


def judge(
    gold: GoldCase,
    row: Row,
    texts: Mapping[str, str],
    milliseconds: float = 0.0,
    tables: frozenset[str] | None = None,
    ranked: tuple[str, ...] | None = None,
) -> Verdict:
    """Return the verdict on ``row``; ``texts`` are the documents' texts by id."""
    cited = read_citations(row)
    return Verdict(
        case=gold.case,
        row=row,
        milliseconds=milliseconds,
        answer_problems=tuple(answer_problems(gold, row)),
        citation_problems=tuple(_citation_problems(gold, row, cited, texts)),
        numbers=number_scores(said_by(row), gold.case.expected.values),
        listing=listing(gold, row),
        cited=cited,
        citation_precision=citation_precision(cited, gold.places),
        citation_recall=citation_recall(cited, gold.places, gold.case.evidence_mode),
        verbatim=verbatim_rate(cited, texts),
        gold=gold.chunks,
        ranked=ranked,
        tables=tables,
    )


def read_citations(row: Row) -> tuple[Cited, ...]:
    """Return the citations of an answer row as spans."""
    return tuple(
        Cited(str(item["document_id"]), Span(int(item["start"]), int(item["end"])), str(item["quote"]))
        for item in row.get("citations") or ()
    )


def _citation_problems(gold: GoldCase, row: Row, cited: Sequence[Cited], texts: Mapping[str, str]) -> list[str]:
    if row.get("kind") == AnswerKind.ERROR:
        return ["没有回答"]
    problems = [f"引文不是原文：“{item.quote[:20]}”" for item in cited if not is_verbatim(item, texts)]
    problems += [f"标记[{number}]没有引文" for number in _marks_of_nothing(row)]
    if gold.case.declines or citation_recall(cited, gold.places, gold.case.evidence_mode) == 1.0:
        return problems
    pairs = zip(gold.case.evidence, gold.places, strict=True)
    unmet = [evidence for evidence, place in pairs if not any(place.met_by(item) for item in cited)]
    shown = [f"未引用{evidence.address}" for evidence in unmet]
    return problems + ([f"所列依据一处也没有引用（{len(unmet)} 处）"] if gold.case.evidence_mode == "any" else shown)


def _marks_of_nothing(row: Row) -> list[int]:
    """Return the citation marks of the answer that lead to no citation."""
    known = {citation.get("index", at) for at, citation in enumerate(row.get("citations") or (), start=1)}
    return sorted({int(mark) for mark in _MARK.findall(str(row.get("answer", "")))} - known)
