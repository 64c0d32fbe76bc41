"""The plan read a second time, so that gold values have two witnesses, and answerers whose scores are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import QuestionInvalid
from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from evals.answer_problems import Row
from evals.baseline import Baseline, load_baseline, save_baseline
from evals.case_files import load_sets
from evals.cases import Case, alternatives
from evals.gold import find_gold
from evals.places import Place
from evals.run import run_eval
from evals.summary import Run, RunStamp

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "corpus" / "documents"
PLAN = DOCUMENTS / "ordos-action-plan-draft.txt"


@dataclass(frozen=True)
class Project:
    number: int
    name: str
    place: str
    lead: str
    period: str
    amount: Decimal
    action: str
    work: str


@dataclass(frozen=True)
class Indicator:
    number: int
    category: str
    name: str
    base: str
    target: str
    agencies: str


@dataclass(frozen=True)
class Plan:
    text: str
    projects: tuple[Project, ...]
    indicators: tuple[Indicator, ...]
    total: Decimal


def _cells(block: str) -> list[str]:
    return ["".join(part.split()) for part in block.split("\n\t")[1:]]


def _indicators(text: str) -> tuple[Indicator, ...]:
    cells = _cells(text[text.index("\n\t类别") : text.index("三、主要任务\n")])[6:]
    rows, category = [], ""
    for at in range(0, len(cells), 6):
        category = cells[at] or category
        rows.append(Indicator(int(cells[at + 1]), category, *cells[at + 2 : at + 6]))
    return tuple(rows)


def _projects(text: str) -> tuple[tuple[Project, ...], Decimal]:
    cells = iter(_cells(text[text.index("\n\t序号\n\t项目名称") :])[7:])
    rows, action, work = [], "", ""
    for cell in cells:
        if cell.startswith("重点行动"):
            action = next(cells)
        elif cell.startswith("重点工程"):
            work = next(cells)
        elif cell == "合计":
            return tuple(rows), Decimal(next(cells))
        else:
            name, place, lead, period, amount, _ = (next(cells) for _ in range(6))
            rows.append(Project(int(cell), name, place, lead, period, Decimal(amount), action, work))
    raise AssertionError("no total row")


@pytest.fixture(scope="session")
def plan() -> Plan:
    text = PLAN.read_text(encoding="utf-8")
    projects, total = _projects(text)
    return Plan(text, projects, _indicators(text), total)


@pytest.fixture(scope="session")
def documents() -> tuple[ParsedDocument, ...]:
    return parse_corpus(DOCUMENTS)


@pytest.fixture(scope="session")
def cases() -> tuple[Case, ...]:
    return load_sets(name="plan")


@pytest.fixture(scope="session")
def all_cases() -> tuple[Case, ...]:
    return load_sets()


class Perfect:
    """Answers with the gold itself."""

    def __init__(self, cases: Sequence[Case], documents: Sequence[ParsedDocument]) -> None:
        self.gold = {(case.question, case.history): find_gold(case, documents) for case in cases}
        self.texts = {document.info.id: document.text for document in documents}

    def ask(self, question: str, history: Sequence[str] = ()) -> Row:
        gold = self.gold[question, tuple(history)]
        expected = gold.case.expected
        words = [alternatives(phrase)[0] for phrase in (*expected.first, *expected.phrases)]
        figures = [alternatives(v.number)[0] + alternatives(v.unit)[0] for v in expected.values]
        count = [f"共{expected.count}项"] if expected.count else []
        declined = ["没有依据"] if expected.kinds[0] == "refusal" else []
        return {
            "kind": expected.kinds[0],
            "answer": "，".join([*words, *figures, *count, *declined]),
            "citations": [self.cite(place) for place in gold.places],
            "table": {"columns": ["名称"], "rows": [[name] for name in expected.set]} if expected.set else None,
            "conflicts": [{"quantity": "x"}] if expected.conflict else [],
            "missing": ["、".join(alternatives(phrase)[0] for phrase in expected.missing)],
        }

    def cite(self, place: Place) -> Row:
        span = place.spans[0]
        quote = self.texts[place.document_id][span.start : span.end]
        return {"document_id": place.document_id, "start": span.start, "end": span.end, "quote": quote}


class Terrible:
    """Says nothing, in a kind that is never right, and misquotes."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Row:
        misquote = {"document_id": "x", "start": 0, "end": 2, "quote": "编造"}
        return {"kind": "clarify", "answer": "", "citations": [misquote]}


class Failing:
    """Raises what a defect or bad input raises."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Row:
        raise QuestionInvalid("请输入问题。")


Runner = Callable[[Sequence[Case]], Run]


@pytest.fixture(scope="session")
def perfect_run(documents: tuple[ParsedDocument, ...]) -> Runner:
    """A run in which every answer is the gold."""
    return lambda cases: run_eval(Perfect(cases, documents), cases, documents, RunStamp("perfect"))


@pytest.fixture(scope="session")
def terrible_run(documents: tuple[ParsedDocument, ...]) -> Runner:
    """A run in which every answer is wrong in every way."""
    return lambda cases: run_eval(Terrible(), cases, documents, RunStamp("terrible"))


@pytest.fixture(scope="session")
def failing_run(documents: tuple[ParsedDocument, ...]) -> Runner:
    """A run in which every question makes the answerer fail."""
    return lambda cases: run_eval(Failing(), cases, documents, RunStamp("failing"))


@pytest.fixture(scope="session")
def baseline_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Run], Baseline]:
    """Any run as a baseline that was written and read again."""

    def keep(run: Run) -> Baseline:
        path = tmp_path_factory.mktemp("baseline") / "baseline.json"
        save_baseline(run, "第一次", date(2026, 1, 2), path)
        kept = load_baseline(path)
        assert kept is not None
        return kept

    return keep
