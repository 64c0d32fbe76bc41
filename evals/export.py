"""A run in, the dataset layouts of other evaluation tools out; none of those tools is needed to write them.

Example: ``policy-assistant eval --export ragas 结果.jsonl`` 写出 ragas 的 EvaluationDataset.from_jsonl 能读的文件。

Layouts: ragas ``SingleTurnSample`` as JSON lines (user_input, retrieved_contexts, reference_contexts, response,
reference); deepeval ``LLMTestCase`` as one JSON list, read by ``add_test_cases_from_json_file`` (input, actual_output,
expected_output, context, retrieval_context). What was retrieved are the quotes that the answer cites.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import describe_os_error
from corpus.models import ParsedDocument
from evals.cases import Case, alternatives
from evals.errors import OutputUnwritable
from evals.judge import Verdict
from evals.measures import MEASURES
from evals.places import find_places
from evals.summary import Run

if TYPE_CHECKING:
    import pandas as pd

Documents = Sequence[ParsedDocument]


@dataclass(frozen=True, slots=True)
class Export:
    """Which layout goes to which file."""

    layout: str
    file: Path

    def write(self, run: Run, documents: Documents) -> None:
        """Write ``run``; a file that is there is replaced.

        Raises:
            OutputUnwritable: The file cannot be written.
        """
        try:
            _WRITERS[self.layout](run, documents, self.file)
        except OSError as error:
            raise OutputUnwritable(f"结果无法写到 {self.file}：{describe_os_error(error)}。") from error


def plan_export(words: Sequence[str] | None) -> Export | None:
    """Return the export that ``--export 格式 文件`` asks for, before a long run is made for nothing.

    Raises:
        OutputUnwritable: The layout is unknown or the file's folder is not there.
    """
    if not words:
        return None
    layout, file = words[0], Path(words[1])
    if layout not in _WRITERS:
        raise OutputUnwritable(f"不认识的导出格式“{layout}”。可用：{'、'.join(_WRITERS)}。")
    if not file.absolute().parent.is_dir():
        raise OutputUnwritable(f"结果无法写到 {file}：文件夹不存在。")
    return Export(layout, file)


def cases_frame(cases: Sequence[Case]) -> pd.DataFrame:
    """Return one row a case: what is asked and what is right."""
    import pandas as pd

    return pd.DataFrame([_case_row(case) for case in cases])


def run_frame(run: Run) -> pd.DataFrame:
    """Return one row a judged question: what was asked, right and answered, and each measure.

    A measure that the question is not scored on is a missing value.
    """
    import pandas as pd

    return pd.DataFrame([_case_row(verdict.case) | _verdict_row(verdict) for verdict in run.verdicts])


def ragas_rows(run: Run, documents: Documents) -> list[dict[str, Any]]:
    """Return the samples of a ragas ``EvaluationDataset``, in order of the questions."""
    return [
        {
            "user_input": _asked(verdict),
            "retrieved_contexts": _quotes(verdict),
            "reference_contexts": _gold_texts(verdict.case, documents),
            "response": str(verdict.row.get("answer", "")),
            "reference": reference(verdict.case),
        }
        for verdict in run.verdicts
    ]


def deepeval_rows(run: Run, documents: Documents) -> list[dict[str, Any]]:
    """Return deepeval test cases; id, category and source of the label stand in the metadata."""
    return [
        {
            "input": _asked(verdict),
            "actual_output": str(verdict.row.get("answer", "")),
            "expected_output": reference(verdict.case),
            "context": _gold_texts(verdict.case, documents),
            "retrieval_context": _quotes(verdict),
            "additional_metadata": {
                "id": verdict.case.id,
                "category": verdict.case.category.value,
                "source": verdict.case.source.value,
            },
        }
        for verdict in run.verdicts
    ]


def reference(case: Case) -> str:
    """Return in words what a right answer says, as a language model that judges needs it."""
    expected = case.expected
    if case.declines:
        lacking = "、".join(alternatives(phrase)[0] for phrase in expected.missing)
        return f"文件中没有“{lacking}”的内容，应说明无法回答。" if lacking else "这不是文件能回答的问题，应礼貌说明。"
    said = [alternatives(phrase)[0] for phrase in (*expected.first, *expected.phrases)]
    said += [f"{alternatives(value.number)[0]}{alternatives(value.unit)[0]}" for value in expected.values]
    said += expected.set
    listed = "；".join(dict.fromkeys(said)) + "。" if said else ""
    counted = f"共 {expected.count} 项。" if expected.count is not None else ""
    differing = "各处说法不一致，应都说明。" if expected.conflict else ""
    return listed + counted + differing


def _case_row(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "question": case.question,
        "history": "\n".join(case.history),
        "category": case.category.value,
        "source": case.source.value,
        "split": case.split.value,
        "must": case.must,
        "reference": reference(case),
        "evidence": "\n".join(evidence.address for evidence in case.evidence),
        "note": case.note,
    }


def _verdict_row(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": str(verdict.row.get("kind", "")),
        "answer": str(verdict.row.get("answer", "")),
        "cited": "\n".join(_quotes(verdict)),
        "answer_right": verdict.answer_right,
        "citations_right": verdict.citations_right,
        "problems": "；".join([*verdict.answer_problems, *verdict.citation_problems]),
        **{measure.key: measure.value(verdict) for measure in MEASURES if not measure.is_judgement},
        "milliseconds": round(verdict.milliseconds, 2),
    }


def _asked(verdict: Verdict) -> str:
    """Return the question as one would ask it alone: what was understood of a follow-up."""
    understood = str(verdict.row.get("standalone") or "")
    return understood if verdict.case.history and understood else verdict.case.question


def _quotes(verdict: Verdict) -> list[str]:
    return [str(citation["quote"]) for citation in verdict.row.get("citations") or ()]


def _gold_texts(case: Case, documents: Documents) -> list[str]:
    texts = {document.info.id: document.text for document in documents}
    return [span.of(texts[place.document_id]) for place in find_places(case, documents) for span in place.spans]


def _write_ragas(run: Run, documents: Documents, file: Path) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in ragas_rows(run, documents)]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _write_deepeval(run: Run, documents: Documents, file: Path) -> None:
    rows: Sequence[Mapping[str, Any]] = deepeval_rows(run, documents)
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_csv(run: Run, documents: Documents, file: Path) -> None:  # noqa: ARG001  one form for every writer
    # With the mark that lets Excel see that the text is UTF-8.
    run_frame(run).to_csv(file, index=False, encoding="utf-8-sig")


_WRITERS: Mapping[str, Callable[[Run, Documents, Path], None]] = {
    "ragas": _write_ragas,
    "deepeval": _write_deepeval,
    "csv": _write_csv,
}
