"""Each deliberate breakage of the answers or of the search is caught by the gate and named by the right measure.

The answers are the real assistant's to real questions that it gets right, broken one way at a time on their way to the
judge; breakages of the search are real changes of the index or its engines.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from corpus.models import ParsedDocument
from evals.answerers import DEPTH, AssistantAnswerer, Observed
from evals.baseline import Baseline, load_baseline, save_baseline
from evals.cases import Case, Category, alternatives
from evals.comparison import compare
from evals.gate import hold_gate
from evals.measures import MEASURES
from evals.places import column_names
from evals.run import main, run_eval
from evals.summary import Run, RunStamp
from index.build import build_index
from index.embedder import Embedder, open_embedder
from index.lexical import Lexical, Matches

Row = dict[str, Any]
Mutation = Callable[[Case, Row], None]

_MOST = 14
"""Questions of a kind that are asked: enough for a drop to be significant, few enough to be quick."""
STAMP = RunStamp("mutated")
DAY = date(2026, 1, 2)
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
PLAN = DOCUMENTS / "ordos-action-plan-draft.txt"


class Recorded:
    """The assistant's answers to some questions, asked once, and each as a mutation leaves it."""

    def __init__(self, answerer: AssistantAnswerer, cases: Sequence[Case]) -> None:
        self.chunks = answerer.chunks
        self.cases = cases
        self._observed = {self._key(case): answerer.observe(case.question, case.history) for case in cases}
        self._by_key = {self._key(case): case for case in cases}
        self.change: Mutation = lambda case, row: None

    def observe(self, question: str, history: Sequence[str] = ()) -> Observed:
        key = (question, tuple(history))
        row = deepcopy(dict(self._observed[key].row))
        self.change(self._by_key[key], row)
        return replace(self._observed[key], row=row)

    @staticmethod
    def _key(case: Case) -> tuple[str, tuple[str, ...]]:
        return case.question, tuple(case.history)


@dataclass(frozen=True)
class Bench:
    """Recorded answers with the baseline of the unbroken run."""

    recorded: Recorded
    documents: tuple[ParsedDocument, ...]
    baseline: Baseline

    def run(self, change: Mutation) -> Run:
        self.recorded.change = change
        return run_eval(self.recorded, self.recorded.cases, self.documents, STAMP)

    def dropped(self, change: Mutation) -> set[str]:
        """Return the keys of the measures by which the gate fails; empty where it passes."""
        run = self.run(change)
        assert [verdict.row["answer"] for verdict in run.verdicts if verdict.is_error] == []
        compared = compare(run, self.baseline)
        gate = hold_gate(run, self.baseline, compared)
        assert gate.is_passed is not bool(gate.drops)
        return {drop.measure.key for drop in gate.drops}


def some_of(cases: Sequence[Case]) -> list[Case]:
    """Return a few questions of every kind that a mutation needs, without the marks of the must set."""
    kinds: list[Callable[[Case], bool]] = [
        lambda case: case.category is Category.ATTRIBUTE and any(name.endswith("局") for name in names_of(case)),
        lambda case: any("亿" in unit for value in case.expected.values for unit in alternatives(value.unit)),
        lambda case: case.category is Category.AGGREGATE and bool(case.expected.values),
        lambda case: len(case.expected.set) > 2 and case.expected.count is not None,
        lambda case: bool(case.expected.conflict),
        lambda case: case.must_refuse,
    ]
    picked = [case for kind in kinds for case in [c for c in cases if kind(c)][:_MOST]]
    unique = {case.id: case.model_copy(update={"must": False}) for case in picked}
    return list({(case.question, case.history): case for case in unique.values()}.values())


def names_of(case: Case) -> Iterator[str]:
    for phrase in (*case.expected.phrases, *case.expected.first):
        yield from alternatives(phrase)


@pytest.fixture(scope="module")
def bench(assistant: Assistant, all_cases: tuple[Case, ...], tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Answers that are right, so that whatever drops was broken by the mutation."""
    answerer = AssistantAnswerer(assistant)
    first = run_eval(answerer, some_of(all_cases), assistant.documents, STAMP)
    right = [verdict.case for verdict in first.verdicts if verdict.answer_right and verdict.citations_right]
    path = tmp_path_factory.mktemp("bench") / "baseline.json"
    recorded = Recorded(answerer, right)
    save_baseline(run_eval(recorded, right, assistant.documents, STAMP), "before", DAY, path)
    baseline = load_baseline(path)
    assert baseline is not None
    return Bench(recorded, assistant.documents, baseline)


def edited(row: Row, edit: Callable[[str], str]) -> None:
    """Change every text that the answer shows: its sentences and the cells of its table."""
    row["answer"] = edit(row["answer"])
    if row["table"]:
        row["table"]["rows"] = [[edit(cell) for cell in cells] for cells in row["table"]["rows"]]


def wrong_row_cited(document: ParsedDocument) -> Mutation:
    """Each cited row becomes the row after it, quoted verbatim."""
    rows = {row.span: table.data_rows for table in document.tables for row in table.data_rows}

    def change(case: Case, row: Row) -> None:
        for citation in row["citations"]:
            for span, all_rows in rows.items():
                if span.start <= citation["start"] < span.end:
                    numbers = [one.span for one in all_rows]
                    other = numbers[(numbers.index(span) + 1) % len(numbers)]
                    citation |= {"start": other.start, "end": other.end, "quote": other.of(document.text)}
                    break

    return change


def unit_dropped(case: Case, row: Row) -> None:
    units = sorted({unit for value in case.expected.values for unit in alternatives(value.unit) if unit}, key=len)
    for unit in reversed(units):
        edited(row, lambda text, unit=unit: text.replace(unit, ""))


def scale_lost(case: Case, row: Row) -> None:
    edited(row, lambda text: re.sub(r"(?<=\d)亿", "", text))


def one_item_lost(case: Case, row: Row) -> None:
    """The last of the listed names is left out of table and text."""
    if not case.expected.set:
        return
    lost = case.expected.set[-1]
    if row["table"]:
        row["table"]["rows"] = [cells for cells in row["table"]["rows"] if lost not in cells]
    row["answer"] = row["answer"].replace(lost, "")


def one_item_too_many(document: ParsedDocument) -> Mutation:
    """A name of the same column that does not belong to the list is listed too."""

    def change(case: Case, row: Row) -> None:
        home = case.expected.set_of
        shown = (
            [at for at, cell in enumerate(row["table"]["rows"][0]) if cell in case.expected.set] if row["table"] else []
        )
        if home is None or not shown:
            return
        extra = next(n for n in column_names([document], home.table, home.column) if n not in case.expected.set)
        cells = list(row["table"]["rows"][0])
        cells[shown[0]] = extra
        row["table"]["rows"] = [*row["table"]["rows"], cells]

    return change


def count_one_less(case: Case, row: Row) -> None:
    if case.expected.count is not None:
        edited(row, lambda text: re.sub(rf"(?<!\d){case.expected.count}(?=[个项家位条处件])", "0", text))


def total_row_counted(document: ParsedDocument) -> Mutation:
    """Each computed sum has the total row of the table added to it."""
    totals = [check.stated for table in document.tables for check in table.checks]
    assert totals

    def change(case: Case, row: Row) -> None:
        if case.category is Category.AGGREGATE:
            for number in {one for value in case.expected.values for one in alternatives(value.number)}:
                more = str(Decimal(number) + totals[0])
                edited(
                    row, lambda text, number=number, more=more: re.sub(rf"(?<![\d.]){number}0*(?![\d.])", more, text)
                )

    return change


def conflict_hidden(case: Case, row: Row) -> None:
    row["conflicts"] = []
    row["answer"] = re.sub(r"不一致|不相同|不同|不一样|有出入", "", row["answer"])


def refusal_answered(case: Case, row: Row) -> None:
    if row["kind"] == "refusal":
        row["kind"] = "passage"


def answer_refused(case: Case, row: Row) -> None:
    if row["kind"] in ("lookup", "passage", "mixed"):
        row["kind"] = "refusal"


def quote_altered(case: Case, row: Row) -> None:
    for citation in row["citations"]:
        citation["quote"] = citation["quote"][:-1] + ("乙" if citation["quote"][-1] != "乙" else "甲")


def offset_shifted(case: Case, row: Row) -> None:
    for citation in row["citations"]:
        citation["start"] += 1
        citation["end"] += 1


def citations_lost(case: Case, row: Row) -> None:
    row["citations"] = []


def agencies_swapped(case: Case, row: Row) -> None:
    """Each agency takes the name of another."""
    names = sorted(set(re.findall(r"[\u4e00-\u9fff]{2,6}局", " ".join(names_of(case)))))
    for name in names:
        edited(row, lambda text, name=name: text.replace(name, "统计局" if name != "统计局" else "财政局"))


def doubt_added(case: Case, row: Row) -> None:
    if row["kind"] in ("lookup", "passage", "mixed"):
        row["answer"] = "可能是" + row["answer"]


def answer_left_to_the_original(case: Case, row: Row) -> None:
    """The direct answer says something else; what is right stands in the quoted original alone."""
    if row["kind"] in ("lookup", "passage", "mixed"):
        row["answer"] = "见下文。\n\n原文：“" + " ".join(row["answer"].split()) + "”[1]"


def refusal_with_an_answer_inside(case: Case, row: Row) -> None:
    if row["kind"] == "refusal":
        row["answer"] += "\n\n由办公室负责，共3人。"


def made(name: str, document: ParsedDocument) -> Mutation:
    """Return a mutation by name; some of them need the document."""
    found: Any = globals()[name]
    return found(document) if name in OF_DOCUMENT else found


OF_DOCUMENT = ("wrong_row_cited", "one_item_too_many", "total_row_counted")
CAUGHT = {
    # breakage: the measures that name it, and measures that it leaves alone
    "wrong_row_cited": ({"citation_recall", "citation_precision", "citations"}, {"answer", "verbatim_rate"}),
    "unit_dropped": ({"number_unit", "number_exactness", "answer"}, {"number_value", "citations"}),
    "scale_lost": ({"number_scale", "number_exactness"}, {"number_value", "number_unit", "citations"}),
    "one_item_lost": ({"list_recall", "list_exact", "answer"}, {"list_precision", "citations"}),
    "one_item_too_many": ({"list_precision", "list_exact"}, {"list_recall", "citations"}),
    "count_one_less": ({"list_count"}, {"list_exact", "citations"}),
    "total_row_counted": ({"number_value", "number_exactness", "answer"}, {"citations", "list_exact"}),
    "conflict_hidden": ({"conflict", "answer"}, {"citations", "number_exactness"}),
    "refusal_answered": ({"refusal_recall", "answer"}, {"answered", "number_exactness"}),
    "answer_refused": ({"answered", "answer"}, {"refusal_recall", "number_exactness"}),
    "quote_altered": ({"verbatim_rate", "citations"}, {"answer", "citation_recall", "citation_precision"}),
    "offset_shifted": ({"verbatim_rate", "citations"}, {"answer", "citation_recall"}),
    "citations_lost": ({"citation_recall", "citations"}, {"answer", "number_exactness"}),
    "agencies_swapped": ({"answer"}, {"citations", "number_exactness", "list_exact"}),
    "doubt_added": ({"answer"}, {"citations", "number_exactness", "list_exact"}),
    "answer_left_to_the_original": ({"answer", "number_exactness"}, {"citations", "list_exact"}),
    "refusal_with_an_answer_inside": ({"answer"}, {"citations", "refusal_recall", "answered"}),
}


def test_the_unbroken_answers_pass_and_every_measure_is_asked_of_enough_of_them(bench: Bench) -> None:
    run = bench.run(lambda case, row: None)
    assert compare(run, bench.baseline).changes == ()
    assert hold_gate(run, bench.baseline, compare(run, bench.baseline)).is_passed
    asked = {m.key: sum(m.value(verdict) is not None for verdict in run.verdicts) for m in MEASURES}
    assert min(asked.values()) >= 6, asked


@pytest.mark.parametrize("name", CAUGHT)
def test_a_broken_answer_is_caught_and_named_by_its_measure(
    bench: Bench, documents: tuple[ParsedDocument, ...], name: str
) -> None:
    named, untouched = CAUGHT[name]
    dropped = bench.dropped(made(name, documents[0]))
    assert named <= dropped
    assert not untouched & dropped


class Shuffled(Embedder):
    """The model, with the vectors of the chunks dealt out to one another."""

    def __init__(self, inner: Embedder) -> None:
        self.name, self.dimensions = inner.name, inner.dimensions
        self._inner = inner

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = list(self._inner.embed_documents(texts))
        random.Random(7).shuffle(vectors)
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return list(self._inner.embed_query(text))


@pytest.fixture(scope="module")
def passages(all_cases: tuple[Case, ...]) -> list[Case]:
    """Questions whose evidence stands in the text alone: their chunk has to be found by the search."""
    return [
        case.model_copy(update={"must": False})
        for case in all_cases
        if case.category is Category.TEXT and case.evidence and not case.history and all(e.quote for e in case.evidence)
    ]


@pytest.fixture(scope="module")
def found_before(assistant: Assistant, passages: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    path = tmp_path_factory.mktemp("search") / "baseline.json"
    save_baseline(searched(assistant, passages), "before", DAY, path)
    baseline = load_baseline(path)
    assert baseline is not None
    return baseline


class Searching:
    """The assistant's search alone, which is quicker than its answers."""

    def __init__(self, assistant: Assistant) -> None:
        self.chunks = assistant.index.chunks
        self._assistant = assistant

    def observe(self, question: str, history: Sequence[str] = ()) -> Observed:
        hits = self._assistant.search(question, DEPTH)
        return Observed({"kind": "chat", "answer": ""}, 0.0, ranked=tuple(hit.chunk.id for hit in hits))


def searched(assistant: Assistant, cases: Sequence[Case]) -> Run:
    return run_eval(Searching(assistant), cases, assistant.documents, STAMP)


def drops_of(run: Run, baseline: Baseline) -> set[str]:
    return {drop.measure.key for drop in compare(run, baseline).drops}


def test_the_unbroken_search_passes(assistant: Assistant, passages: list[Case], found_before: Baseline) -> None:
    run = searched(assistant, passages)
    assert compare(run, found_before).changes == ()
    assert hold_gate(run, found_before, compare(run, found_before)).is_passed


def test_words_dealt_out_to_other_chunks_are_caught_by_the_ranking(
    assistant: Assistant, passages: list[Case], found_before: Baseline, monkeypatch: pytest.MonkeyPatch
) -> None:
    match = Lexical.match

    def dealt(lexical: Lexical, *given: Any, **named: Any) -> Matches:
        found = match(lexical, *given, **named)
        ids = [id_ for id_, _ in found.scored][::-1]
        return Matches({}, tuple((id_, score) for id_, (_, score) in zip(ids, found.scored, strict=True)))

    monkeypatch.setattr(Lexical, "match", dealt)
    assert {"MRR@10", "nDCG@10"} <= drops_of(searched(assistant, passages), found_before)


def test_vectors_dealt_out_to_other_chunks_are_caught_by_the_ranking(
    plan_settings: Settings, passages: list[Case], found_before: Baseline, tmp_path: Path
) -> None:
    build_index(DOCUMENTS, tmp_path, Shuffled(open_embedder("default", plan_settings.models)))
    broken = Assistant.open(settings=Settings(index=tmp_path, models=plan_settings.models))
    dropped = drops_of(searched(broken, passages), found_before)
    broken.close()
    assert dropped == {"recall@10", "MRR@10", "nDCG@10"}


@pytest.mark.parametrize(("added", "code"), [("", 0), ("新增一句。", 1)])
def test_an_index_older_than_the_documents_stops_the_gate(
    plan_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], added: str, code: int
) -> None:
    documents = tmp_path / "documents"
    shutil.copytree(DOCUMENTS, documents)
    with (documents / PLAN.name).open("a", encoding="utf-8") as file:
        file.write(added)
    if added:  # a manifest that names the file's hash would stop the reader before the index is looked at
        manifest = documents / "manifest.toml"
        manifest.write_text(re.sub(r"(?m)^sha256.*\n", "", manifest.read_text(encoding="utf-8")), encoding="utf-8")
    asked = ["--gate", "--only", "attr-01", "--baseline", str(tmp_path / "none.json")]
    places = ["--index", str(plan_settings.index), "--corpus", str(documents)]
    assert main([*asked, *places]) == code
    told = capsys.readouterr()
    assert ("文件内容已变化" in told.err) is bool(added)
    assert ("门槛：通过" in told.out) is not bool(added)
