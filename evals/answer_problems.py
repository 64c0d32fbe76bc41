"""One case with its gold and an answer row in, in Chinese what is wrong with the answer out; its citations apart.

Example: “缺少“水利局”” is the reason why an answer to 十大孔兑项目由哪个局牵头 is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from assistant.models import AnswerKind
from evals.cases import SUPPORTED, Alternatives, Expected, alternatives
from evals.gold import GoldCase
from evals.metrics.folding import fold, name_key
from evals.metrics.list_scores import (
    ListScores,
    list_scores,
    names_in_table,
    names_in_text,
    states_count,
    unknown_items,
)
from evals.metrics.number_exactness import states_value
from evals.metrics.own_words import first_line, first_sentence, own_words
from evals.metrics.stated_phrase import states_phrase
from evals.metrics.unfounded import bare_claims, hedges, misplaced_figures, other_names, unfounded_figures

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
_SAYS_DIFFERENT = ("不一致", "不相同", "不一样", "有出入", "说法不同", "数值不同", "写法不同")
_READ = 2000
"""Characters of an answer's own words that are read, beyond the length of the evidence and of the names to list."""
_DECLINES = re.compile("没有|未|无|不|非|缺|找不到")


def answer_problems(gold: GoldCase, row: Row) -> list[str]:
    """Return what is wrong with the own words, kind, list and missing of ``row``; nothing where all is right."""
    expected = gold.case.expected
    said = said_by(row)[: _READ + _gold_length(gold)]
    kind = str(row.get("kind", ""))
    fits = kind in expected.kinds
    problems = [] if fits else [f"类型是{kind_name(kind)}，应为{'、'.join(map(kind_name, expected.kinds))}"]
    problems += [f"缺少{_show(phrase)}" for phrase in expected.phrases if not states_phrase(said, phrase)]
    first = first_sentence(said)
    problems += [f"首句缺少{_show(phrase)}" for phrase in expected.first if not states_phrase(first, phrase)]
    full = fold(str(row.get("answer", "")))
    problems += [f"不应出现“{phrase}”" for phrase in expected.forbidden if fold(phrase) in full]
    problems += [
        f"缺少数值{_show(value.number)}{'/'.join(alternatives(value.unit))}"
        for value in expected.values
        if not states_value(said, value)
    ]
    if not problems and not _begins_with_gold(expected, said):
        problems.append("第一段没有直接作答")
    return problems + _refusal_problems(gold, row) + _beside_problems(gold, row) + _list_problems(gold, row)


def said_by(row: Row) -> str:
    """Return the own words of the answer in ``row``."""
    return own_words(str(row.get("answer", "")))


def listing(gold: GoldCase, row: Row) -> ListScores | None:
    """Return how well the answer lists what it should; None where no list is asked for.

    Listed is what stands in the answer's table, or without one in its words; what else its first line lists counts too,
    because that is what is read first.
    """
    wanted, said = gold.case.expected.set, said_by(row)
    if not wanted:
        return None
    known = (*wanted, *gold.universe)
    line = first_line(said)
    listed = names_in_table((row.get("table") or {}).get("rows") or (), known) or names_in_text(said, known)
    asked, right = fold("".join((*gold.case.history, gold.case.question))), {name_key(name) for name in wanted}
    beside = (*names_in_text(line, known), *unknown_items(line, known))
    extra = (name for name in beside if name_key(name) not in right and fold(name) not in asked)
    return list_scores((*listed, *extra), wanted)


def kind_name(kind: str) -> str:
    """Return what a person calls a kind of answer; one that is not known as it stands."""
    return _KIND_NAMES[AnswerKind(kind)] if kind in list(AnswerKind) else kind or "空"


def says_right_of_conflict(wanted: bool, row: Row) -> bool:
    """Return whether a conflict is reported where one is ``wanted``, and none where not."""
    reported = bool(row.get("conflicts")) or any(word in said_by(row) for word in _SAYS_DIFFERENT)
    return reported is wanted


def _refusal_problems(gold: GoldCase, row: Row) -> list[str]:
    """Return where a refusal fails: it names what is missing, says so in words, and answers nothing besides."""
    entries = [str(entry) for entry in row.get("missing") or ()]
    problems = [
        f"missing 未指明{_show(phrase)}"
        for phrase in gold.case.expected.missing
        if not any(states_phrase(entry, phrase) for entry in entries)
    ]
    if row.get("kind") != AnswerKind.REFUSAL:
        return problems
    if not _DECLINES.search(said_by(row)):
        problems.append("类型是拒答，文字却没有说明无法回答")
    claims = bare_claims(said_by(row)) if gold.case.must_refuse else ()
    return problems + [f"拒答中另有没有出处的话：“{claim}”" for claim in claims]


def _beside_problems(gold: GoldCase, row: Row) -> list[str]:
    """Return what stands beside the gold in an answer of fact: doubt, figures out of nowhere, other cells."""
    case, said = gold.case, said_by(row)
    if case.declines:
        return []
    first, shown = first_sentence(said), _shown_by(gold, row)
    units = dict.fromkeys(unit for value in case.expected.values for unit in alternatives(value.unit))
    numbers = [number for value in case.expected.values for number in alternatives(value.number)]
    asked = "".join((case.question, *case.history))
    return [
        *(f"首句没有说定（“{word}”）" for word in hedges(first, shown)),
        *(f"“{figure}”没有出处" for figure in unfounded_figures(said, units, shown, numbers)),
        *(
            f"“{one.column}”后面是别栏的数“{figure}”"
            for one in gold.beside
            for figure in misplaced_figures(said, one.column, one.figures)
        ),
        *(f"首句多说了“{name}”" for name in other_names(first, gold.others, gold.held + asked)),
    ]


def _shown_by(gold: GoldCase, row: Row) -> str:
    """Return all that may found a figure of the answer: what was asked, what is cited, shown and calculated."""
    quotes = [str(citation["quote"]) for citation in row.get("citations") or ()]
    parts = json.dumps([row.get(name) for name in ("table", "calculation", "conflicts")], ensure_ascii=False)
    return "\n".join([gold.case.question, *gold.case.history, *quotes, parts])


def _list_problems(gold: GoldCase, row: Row) -> list[str]:
    expected, problems = gold.case.expected, []
    scores = listing(gold, row)
    if scores is not None:
        problems += [f"漏列“{name}”" for name in scores.missed] + [f"多列“{name}”" for name in scores.extra]
    if expected.count is not None and not states_count(said_by(row), expected.count):
        problems.append(f"没有说明共 {expected.count} 项")
    return problems + _conflict_problems(expected, row)


def _conflict_problems(expected: Expected, row: Row) -> list[str]:
    if expected.conflict is None or says_right_of_conflict(expected.conflict, row):
        return []
    return ["没有指出说法不一致" if expected.conflict else "误报不一致"]


def _begins_with_gold(expected: Expected, said: str) -> bool:
    """Return whether the first line states a required phrase or figure; true where none is required."""
    line = first_line(said)
    stated = [states_phrase(line, phrase) for phrase in (*expected.phrases, *expected.first)]
    stated += [states_value(line, value) for value in expected.values]
    return any(stated) or not stated or not set(expected.kinds) <= set(SUPPORTED)


def _gold_length(gold: GoldCase) -> int:
    spans = [place.spans[0] for place in gold.places]
    return sum(map(len, gold.case.expected.set)) + sum(span.end - span.start for span in spans)


def _show(phrase: Alternatives) -> str:
    return "“" + "”或“".join(alternatives(phrase)) + "”"
