"""The plan read a second time, without the product's reader, so that gold values have two witnesses."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.models import ParsedDocument
from corpus.parse import parse_corpus
from evals.case_files import load_sets
from evals.cases import Case

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
