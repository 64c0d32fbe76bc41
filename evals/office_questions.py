"""An office's own question file in, cases whose gold evidence stands in the corpus out.

Example: ``policy-assistant eval --questions 题目.xlsx`` 先检查每一行的写法和依据，全部无误才开始评测。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.models import ParsedDocument
from evals.case_files import join_faults, load_cases
from evals.cases import Case, Evidence, Source
from evals.errors import EvidenceUnknown, QuestionsInvalid
from evals.places import column_names, find_places
from evals.spreadsheet import Place, read_spreadsheet

_SHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")


@dataclass(frozen=True, slots=True)
class OfficeQuestions:
    """The cases of an office's file; ``places`` tells where each stands, for a spreadsheet."""

    file: str
    cases: tuple[Case, ...]
    places: Mapping[str, Place] = field(default_factory=dict)


def read_questions(path: Path) -> OfficeQuestions:
    """Return the questions of a .jsonl or .xlsx file.

    Raises:
        QuestionsInvalid: Rows are wrong, or the file is of neither kind; the message names every fault.
        SheetUnreadable: The file is no spreadsheet that may be read.
    """
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".json"):
        return OfficeQuestions(path.name, load_cases(path, default_source=Source.OFFICE))
    if suffix == ".csv" or suffix not in _SHEETS:
        raise QuestionsInvalid(
            f"题目文件要是 .xlsx 或 .jsonl，而不是“{path.name}”。请用 --template 文件.xlsx 生成模板。"
        )
    sheet = read_spreadsheet(path)
    return OfficeQuestions(path.name, sheet.cases, sheet.places)


def check_evidence(questions: OfficeQuestions, documents: Sequence[ParsedDocument]) -> None:
    """Refuse questions whose evidence or list of names is not in ``documents``.

    Raises:
        EvidenceUnknown: Some are not; the message names all of them.
    """
    faults = [fault for case in questions.cases for fault in _faults(case, questions, documents)]
    if faults:
        raise EvidenceUnknown(join_faults(faults))


def _faults(case: Case, questions: OfficeQuestions, documents: Sequence[ParsedDocument]) -> list[str]:
    place = questions.places.get(case.id)
    faults = []
    for evidence in case.evidence:
        try:
            find_places(case.model_copy(update={"evidence": (evidence,)}), documents)
        except EvidenceUnknown as error:
            faults.append(f"{place.name(_header(evidence))}：{error}" if place else f"题库 {questions.file}：{error}")
    source = case.expected.set_of
    if source is not None and not column_names(documents, source.table, source.column):
        words = f"题 {case.id} 的名称所在的“{source.table}”没有列“{source.column}”，或没有这张表。"
        faults.append(f"{place.name('名称所在列')}：{words}" if place else f"题库 {questions.file}：{words}")
    return faults


def _header(evidence: Evidence) -> str:
    return "依据引文" if evidence.quote else "依据条款" if evidence.clause else "依据表格"
