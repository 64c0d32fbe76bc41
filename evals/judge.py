"""Is an answer right? One case, its gold places and an answer row in, a verdict with the reasons out.

Example: “缺少“水利局”” is the reason why an answer to 十大孔兑项目由哪个局牵头 is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.models import AnswerKind
from corpus.models import ParsedDocument, Span
from evals.cases import Alternatives, Case, Expected, alternatives
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.folding import fold, plain
from evals.metrics.list_scores import ListScores, list_scores, names_in_table, names_in_text, states_count
from evals.metrics.number_exactness import NumberScores, number_scores, states_value
from evals.metrics.verbatim_rate import is_verbatim, verbatim_rate
from evals.places import Cited, Place, column_names, find_places
from index.models import Chunk

Row = Mapping[str, Any]
"""An answer row of the answer contract."""

_KIND_NAMES = {
    AnswerKind.LOOKUP: "查表",
    AnswerKind.PASSAGE: "原文",
    AnswerKind.MIXED: "查表加原文",
    AnswerKind.REFUSAL: "拒答",
    AnswerKind.CLARIFY: "反问",
    AnswerKind.CHAT: "寒暄",
    AnswerKind.ERROR: "出错",
}
_SAYS_DIFFERENT = ("不一致", "不相同", "不同", "不一样", "有出入")


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


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A case with what the corpus says about it.

    ``places`` are those to cite, ``universe`` the names that may not be listed beside the right ones, ``chunks`` the
    ids of the index's chunks that hold a place.
    """

    case: Case
    places: tuple[Place, ...]
    universe: tuple[str, ...]
    chunks: frozenset[str] = frozenset()


def find_gold(case: Case, documents: Sequence[ParsedDocument], chunks: Sequence[Chunk] = ()) -> GoldCase:
    """Return ``case`` with its gold places and those of ``chunks`` that hold one.

    Raises:
        EvidenceUnknown: Gold evidence is not in ``documents``.
    """
    source = case.expected.set_of
    universe = column_names(documents, source.table, source.column) if source else ()
    places = find_places(case, documents)
    held = frozenset(
        chunk.id
        for chunk in chunks
        if any(place.met_by(Cited(chunk.document_id, chunk.span, chunk.text)) for place in places)
    )
    return GoldCase(case, places, universe, held)


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
    answer = str(row.get("answer", ""))
    return Verdict(
        case=gold.case,
        row=row,
        milliseconds=milliseconds,
        answer_problems=tuple(_answer_problems(gold, row)),
        citation_problems=tuple(_citation_problems(gold, row, cited, texts)),
        numbers=number_scores(answer, gold.case.expected.values),
        listing=_listing(gold, row, answer),
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


def kind_name(kind: str) -> str:
    """Return what a person calls a kind of answer; one that is not known as it stands."""
    return _KIND_NAMES[AnswerKind(kind)] if kind in list(AnswerKind) else kind or "空"


def says_right_of_conflict(wanted: bool, row: Row) -> bool:
    """Return whether a conflict is reported where one is ``wanted``, and none where not."""
    reported = bool(row.get("conflicts"))
    if not wanted:
        return not reported
    return reported or any(word in str(row.get("answer", "")) for word in _SAYS_DIFFERENT)


def _answer_problems(gold: GoldCase, row: Row) -> list[str]:
    expected, answer = gold.case.expected, str(row.get("answer", ""))
    kind = str(row.get("kind", ""))
    fits = kind in expected.kinds
    problems = [] if fits else [f"类型是{kind_name(kind)}，应为{'、'.join(map(kind_name, expected.kinds))}"]
    problems += [f"缺少{_show(phrase)}" for phrase in expected.phrases if not _has(answer, phrase)]
    problems += [f"首句缺少{_show(phrase)}" for phrase in expected.first if not _has(_first_sentence(answer), phrase)]
    problems += [f"不应出现“{phrase}”" for phrase in expected.forbidden if fold(phrase) in fold(answer)]
    problems += [
        f"缺少数值{_show(value.number)}{'/'.join(alternatives(value.unit))}"
        for value in expected.values
        if not states_value(answer, value)
    ]
    entries = [str(entry) for entry in row.get("missing") or ()]
    problems += [
        f"missing 未指明{_show(phrase)}"
        for phrase in expected.missing
        if not any(_has(entry, phrase) for entry in entries)
    ]
    return problems + _list_problems(gold, row, answer) + _conflict_problems(expected, row)


def _list_problems(gold: GoldCase, row: Row, answer: str) -> list[str]:
    expected = gold.case.expected
    problems = []
    scores = _listing(gold, row, answer)
    if scores is not None:
        problems += [f"漏列“{name}”" for name in scores.missed] + [f"多列“{name}”" for name in scores.extra]
    if expected.count is not None and not states_count(answer, expected.count):
        problems.append(f"没有说明共 {expected.count} 项")
    return problems


def _listing(gold: GoldCase, row: Row, answer: str) -> ListScores | None:
    wanted = gold.case.expected.set
    if not wanted:
        return None
    known = (*wanted, *gold.universe)
    rows = (row.get("table") or {}).get("rows") or ()
    return list_scores(names_in_table(rows, known) or names_in_text(answer, known), wanted)


def _conflict_problems(expected: Expected, row: Row) -> list[str]:
    if expected.conflict is None or says_right_of_conflict(expected.conflict, row):
        return []
    return ["没有指出说法不一致" if expected.conflict else "误报不一致"]


def _citation_problems(gold: GoldCase, row: Row, cited: Sequence[Cited], texts: Mapping[str, str]) -> list[str]:
    if row.get("kind") == AnswerKind.ERROR:
        return ["没有回答"]
    problems = [f"引文不是原文：“{item.quote[:20]}”" for item in cited if not is_verbatim(item, texts)]
    if gold.case.declines or citation_recall(cited, gold.places, gold.case.evidence_mode) == 1.0:
        return problems
    pairs = zip(gold.case.evidence, gold.places, strict=True)
    unmet = [evidence for evidence, place in pairs if not any(place.met_by(item) for item in cited)]
    shown = [f"未引用{evidence.address}" for evidence in unmet]
    return problems + ([f"所列依据一处也没有引用（{len(unmet)} 处）"] if gold.case.evidence_mode == "any" else shown)


def _has(text: str, phrase: Alternatives) -> bool:
    return any(fold(choice) in fold(text) for choice in alternatives(phrase))


def _show(phrase: Alternatives) -> str:
    return "“" + "”或“".join(alternatives(phrase)) + "”"


def _first_sentence(answer: str) -> str:
    return re.split(r"[。！？!?\n]", plain(answer).strip(), maxsplit=1)[0]
