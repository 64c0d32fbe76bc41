"""What other evaluation tools read holds the question, the answer, the evidence and the gold in their own layout."""

import json

import pandas as pd
import pytest

from evals.case_files import load_sets
from evals.cases import Case
from evals.errors import OutputUnwritable
from evals.export import cases_frame, deepeval_rows, plan_export, ragas_rows, reference, run_frame
from evals.run import run_eval
from evals.summary import RunStamp

RAGAS = {"user_input", "retrieved_contexts", "reference_contexts", "response", "reference"}
DEEPEVAL = {"input", "actual_output", "expected_output", "context", "retrieval_context", "additional_metadata"}


class Citing:
    """Answers with the document's first words, cited."""

    def __init__(self, document):
        self.document = document

    def ask(self, question, history=()):
        quote = {"document_id": self.document.info.id, "start": 0, "end": 4, "quote": self.document.text[:4]}
        return {"kind": "passage", "answer": f"答：{question}", "standalone": "懂了的问题", "citations": [quote]}


@pytest.fixture(scope="module")
def run(documents):
    wanted = {"attr-01", "ind-01", "list-01", "conf-01", "follow-01", "refuse-01", "chat-01"}
    cases = [case for case in load_sets(name="plan") if case.id in wanted]
    return run_eval(Citing(documents[0]), cases, documents, RunStamp("fake"))


@pytest.mark.parametrize(("rows", "keys"), [(ragas_rows, RAGAS), (deepeval_rows, DEEPEVAL)])
def test_every_row_has_exactly_the_keys_of_its_layout(run, documents, rows, keys):
    made = rows(run, documents)
    assert len(made) == len(run.verdicts)
    assert all(set(row) == keys for row in made)
    assert json.loads(json.dumps(made)) == made


def test_contexts_are_the_cited_quotes_and_the_gold_places(run, documents):
    by_question = {row["user_input"]: row for row in ragas_rows(run, documents)}
    row = by_question["十大孔兑项目由哪个局牵头"]
    assert row["retrieved_contexts"] == [documents[0].text[:4]]
    assert row["reference_contexts"] == ["水利局", "水利局"]
    assert row["reference"] == "水利局。"


def test_a_follow_up_is_given_as_it_was_understood(run, documents):
    asked = {row["additional_metadata"]["id"]: row["input"] for row in deepeval_rows(run, documents)}
    assert asked["follow-01"] == "懂了的问题"
    assert asked["chat-01"] == "你好"


def make(**expected):
    row = {"id": "a", "question": "问", "category": "text", "source": "office", "expected": expected}
    return Case.model_validate(row)


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({"phrases": [["水利局", "市水利局"]], "values": [{"number": "3", "unit": ["个", "项"]}]}, "水利局；3个。"),
        ({"set": ["甲", "乙"], "count": 2}, "甲；乙。共 2 项。"),
        ({"conflict": True}, "各处说法不一致，应都说明。"),
        ({"kind": ["refusal"], "missing": ["监理"]}, "文件中没有“监理”的内容，应说明无法回答。"),
        ({"kind": ["chat"]}, "这不是文件能回答的问题，应礼貌说明。"),
    ],
)
def test_the_gold_is_put_in_words(expected, words):
    assert reference(make(**expected)) == words


def test_a_frame_has_a_row_for_each_question_and_a_run_adds_the_measures(run, all_cases):
    known = cases_frame(all_cases)
    assert len(known) == len(all_cases)
    assert known["must"].sum() == sum(case.must for case in all_cases)
    frame = run_frame(run)
    assert set(frame.columns) > set(known.columns)
    assert not frame["answer_right"].any()
    asked = {
        "number_exactness": [bool(verdict.case.expected.values) for verdict in run.verdicts],
        "citation_recall": [bool(verdict.case.evidence) for verdict in run.verdicts],
    }
    assert {name: list(frame[name].notna()) for name in asked} == asked


@pytest.mark.parametrize("layout", ["ragas", "deepeval", "csv"])
def test_each_layout_is_written_and_read_back(tmp_path, run, documents, layout):
    export = plan_export([layout, str(tmp_path / "结果")])
    export.write(run, documents)
    text = (tmp_path / "结果").read_text(encoding="utf-8-sig")
    if layout == "ragas":
        assert len([json.loads(line) for line in text.splitlines()]) == len(run.verdicts)
    elif layout == "deepeval":
        assert len(json.loads(text)) == len(run.verdicts)
    else:
        assert list(pd.read_csv(tmp_path / "结果")["id"]) == [verdict.case.id for verdict in run.verdicts]


def test_an_unknown_layout_or_folder_is_refused_before_the_run(tmp_path):
    assert plan_export(None) is None
    with pytest.raises(OutputUnwritable, match="不认识的导出格式“xml”。可用：ragas、deepeval、csv"):
        plan_export(["xml", "a"])
    with pytest.raises(OutputUnwritable, match="文件夹不存在"):
        plan_export(["csv", str(tmp_path / "无" / "a.csv")])


def test_a_file_that_cannot_be_written_says_so_in_chinese(tmp_path, run, documents):
    with pytest.raises(OutputUnwritable, match="这是一个文件夹"):
        plan_export(["csv", str(tmp_path)]).write(run, documents)
