"""Documents in, a balanced set of proposed questions with computed gold out; the same documents give the same set.

Example: ``policy-assistant eval --generate 题目.jsonl`` 从现有文件的表格和条款中拟出几百道题，标准答案另行计算。
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import describe_os_error
from corpus.models import ParsedDocument
from evals.cases import Case
from evals.errors import DocumentUnknown, EvidenceUnknown, OutputUnwritable, QuestionsInvalid
from evals.generator.cell_questions import cell_questions
from evals.generator.clause_questions import clause_questions
from evals.generator.false_questions import false_questions
from evals.generator.grid import Grid, read_grid
from evals.generator.proposal import Phrasing, Proposal
from evals.generator.set_questions import set_questions
from evals.places import find_places


def choose_documents(documents: Sequence[ParsedDocument], name: str = "") -> tuple[ParsedDocument, ...]:
    """Return the document with this id or title, or all of them where ``name`` is empty.

    Raises:
        DocumentUnknown: There is none of that name.
    """
    chosen = tuple(one for one in documents if not name or name in (one.info.id, one.info.title))
    if not chosen:
        known = "、".join(one.info.id for one in documents)
        raise DocumentUnknown(f"没有文件“{name}”。现有：{known}。")
    return chosen


def generate(
    chosen: Sequence[ParsedDocument], documents: Sequence[ParsedDocument], phrasing: Phrasing
) -> tuple[Case, ...]:
    """Return the proposed questions, drawn evenly from every kind that the documents give.

    Args:
        chosen: The documents to ask about.
        documents: All documents of the corpus: where there are several, a question names its own.
        phrasing: Wordings, seed and how many to propose.

    Raises:
        QuestionsInvalid: The documents give no question at all.
    """
    pools: dict[str, list[Proposal]] = defaultdict(list)
    asked: set[str] = set()
    for document in chosen:
        for proposal in _propose(document, phrasing, named=len(documents) > 1):
            if proposal.question not in asked:
                asked.add(proposal.question)
                pools[proposal.kind].append(proposal)
    drawn = _draw(pools, phrasing)
    cases = tuple(case for case in drawn if _stands(case, documents))
    if not cases:
        raise QuestionsInvalid("这些文件里没有可以出题的表格或条款。")
    return cases


def write_cases(cases: Sequence[Case], path: Path) -> None:
    """Write the cases as JSON lines; a file that is already there is kept, because it may have been worked on.

    Raises:
        OutputUnwritable: The file exists or cannot be written.
    """
    lines = [json.dumps(case.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for case in cases]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError as error:
        raise OutputUnwritable(f"{path} 已经存在，其中可能有改过的题目。请换一个文件名。") from error
    except OSError as error:
        raise OutputUnwritable(f"题目无法写到 {path}：{describe_os_error(error)}。") from error


def _propose(document: ParsedDocument, phrasing: Phrasing, *, named: bool) -> Iterator[Proposal]:
    chance = random.Random(f"{phrasing.seed}/{document.info.id}")
    for grid in read_grids(document):
        for questions in (cell_questions, set_questions, false_questions):
            yield from (_named(one, document, named) for one in questions(grid, phrasing, chance))
    yield from (_named(one, document, named) for one in clause_questions(document, phrasing, chance))


def read_grids(document: ParsedDocument) -> tuple[Grid, ...]:
    """Return the grids of the tables whose name stands in no other table's and whose rows no other table names."""
    names = [table.name for table in document.tables]
    found = [read_grid(document, one) for one in document.tables if sum(one.name in name for name in names) == 1]
    grids = [grid for grid in found if grid is not None]
    rows = Counter(name for grid in grids for name in grid.frame[grid.name.key])
    alone = [grid for grid in grids if all(rows[name] == 1 for name in grid.frame[grid.name.key])]
    nouns = Counter(grid.noun for grid in alone)
    return tuple(replace(grid, shared=nouns[grid.noun] > 1) for grid in alone)


def _named(proposal: Proposal, document: ParsedDocument, named: bool) -> Proposal:
    return replace(proposal, question=f"《{document.info.title}》中，{proposal.question}") if named else proposal


def _draw(pools: dict[str, list[Proposal]], phrasing: Phrasing) -> Iterator[Case]:
    """Yield up to the target, one of each kind in turn, so that no kind crowds out another."""
    kinds = [kind for kind in phrasing.kinds if pools[kind]]
    for kind in kinds:
        random.Random(f"{phrasing.seed}/{kind}").shuffle(pools[kind])
        del pools[kind][phrasing.most_of_a_kind :]
    drawn = Counter[str]()
    while drawn.total() < phrasing.target and any(pools[kind] for kind in kinds):
        for kind in kinds:
            if pools[kind] and drawn.total() < phrasing.target:
                drawn[kind] += 1
                yield pools[kind].pop().to_case(drawn[kind])


def _stands(case: Case, documents: Sequence[ParsedDocument]) -> bool:
    """Return whether the evidence can be addressed: a clause may share its address with another one."""
    try:
        find_places(case, documents)
    except EvidenceUnknown:
        return False
    return True
