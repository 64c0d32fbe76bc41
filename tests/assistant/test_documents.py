"""Several documents: a question names one or not, and the answer says which document states what.

The samples are two versions of one plan, another county's plan with the same indicators, and a notice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.doors.api import create_api
from assistant.engine import Assistant
from assistant.main import main
from assistant.models import Answer, AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder

VERSIONS = Path(__file__).resolve().parent.parent / "samples" / "versions"
DRAFT, ADOPTED = "《海州市节水行动方案》（征求意见稿）", "《海州市节水行动方案》（正式）"
COUNTY = "《云溪县节水实施方案》（正式）"
NOTICE = "《海州市水务局关于申报2024年节水项目资金的通知》（正式）"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Settings:
    store = tmp_path_factory.mktemp("versions")
    build_index(VERSIONS, store, open_embedder("default", plan_settings.models))
    return Settings(index=store, models=plan_settings.models)


@pytest.fixture(scope="module")
def office(settings: Settings) -> Iterator[Assistant]:
    opened = Assistant.open(settings=settings)
    yield opened
    opened.close()


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.document_id for citation in answer.citations))


def lead(answer: Answer) -> str:
    return answer.answer.split("\n")[0]


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]


# question | its only document | must stand in the first line
ALONE = """
征求意见稿中南滩灌区改造项目由谁牵头 | draft | 市农业农村局
正式稿中南滩灌区改造项目由谁牵头 | adopted | 市水务局
《海州市节水行动方案》（征求意见稿）中老城区管网改造项目投资多少 | draft | 1200万元
海政发〔2024〕8号规定老城区管网改造项目投资多少 | adopted | 1350万元
云溪县的方案里投资最大的项目是哪个 | county | 青石水库除险加固项目（950万元）
云溪县的公共供水管网漏损率目标是多少 | county | 11%以内
通知里补助标准是多少 | notice | 每公里补助20万元
正式稿里节水工作专班由谁任组长 | adopted | 由市长任组长
正式稿中市水务局牵头的项目有几个 | adopted | 共3个
水表更换项目投资多少 | adopted | 300万元
申报材料什么时候报送 | notice | 2024年6月15日前
"""


@pytest.mark.parametrize(("question", "document", "said"), rows(ALONE))
def test_a_named_or_only_fitting_document_answers_alone(
    office: Assistant, question: str, document: str, said: str
) -> None:
    answer = office.ask(question)

    assert said in lead(answer)
    assert cited(answer) == [document]
    assert answer.standalone == question


# question | what each document says, in order
SIDE_BY_SIDE = """
万元地区生产总值用水量2025年目标是多少 | DRAFT为40立方米 | ADOPTED为38立方米 | COUNTY为61立方米
老城区管网改造项目投资多少 | DRAFT为1200万元 | ADOPTED为1350万元
老城区管网改造项目投资多少元 | DRAFT为12000000元 | ADOPTED为13500000元
南滩灌区改造项目由谁牵头 | DRAFT为市农业农村局 | ADOPTED为市水务局
再生水利用率目标是多少 | DRAFT、ADOPTED为30%以上 | COUNTY为20%以上
公共供水管网漏损率2025年目标是多少 | DRAFT、ADOPTED为9% | COUNTY为11%以内
海州市和云溪县的漏损率2025年目标分别是多少 | DRAFT、ADOPTED为9% | COUNTY为11%以内
"""


@pytest.mark.parametrize("row", rows(SIDE_BY_SIDE))
def test_one_quantity_is_shown_for_every_document_that_states_it(office: Assistant, row: tuple[str, ...]) -> None:
    answer = office.ask(row[0])
    bare = re.sub(r"–?\[\d+\]", "", lead(answer))

    for said in row[1:]:
        for short, label in (("DRAFT", DRAFT), ("ADOPTED", ADOPTED), ("COUNTY", COUNTY)):
            said = said.replace(short, label)
        assert said in bare
    assert "文件所写不同" in bare
    (conflict,) = answer.conflicts
    values = {one.value + one.unit for one in conflict.statements}
    assert len(values) == len(row) - 1
    by_index = {citation.index: citation for citation in answer.citations}
    assert {by_index[one.citation].document_id for one in conflict.statements} == set(cited(answer))


def test_what_documents_state_alike_is_said_once_and_to_be_the_same(office: Assistant) -> None:
    answer = office.ask("再生水厂扩建项目投资多少")

    assert lead(answer) == f"“再生水厂扩建项目”的计划投资为2400万元，{DRAFT}[1]、{ADOPTED}[2]所写相同。"
    assert answer.conflicts == ()


def test_nothing_is_counted_or_summed_over_two_documents(office: Assistant) -> None:
    counted = office.ask("市水务局牵头的项目有几个")
    summed = office.ask("市水务局牵头的项目计划投资合计多少")

    assert f"{DRAFT}为1个[1]；{ADOPTED}为3个[2][3][4]" in lead(counted)
    assert f"{DRAFT}为2400万元[1]；{ADOPTED}为3560万元[2][3][4]" in lead(summed)
    assert summed.table is not None
    assert [line[0] for line in summed.table.rows] == [DRAFT, ADOPTED, ADOPTED, ADOPTED]
    assert "5960" not in summed.answer


def test_a_list_of_each_document_stands_behind_its_name(office: Assistant) -> None:
    answer = office.ask("2024年开始的项目有哪些")

    assert re.search(rf"{DRAFT}：[^；]*共1个：南滩灌区改造项目\[1\]；{ADOPTED}：[^；]*共2个", lead(answer))


def test_sentences_of_several_documents_are_told_apart(office: Assistant) -> None:
    answer = office.ask("节水工作专班由谁任组长")

    assert set(cited(answer)) == {"draft", "adopted", "county"}
    for label, said in ((DRAFT, "由分管副市长任组长"), (ADOPTED, "由市长任组长"), (COUNTY, "由县长任组长")):
        assert re.search(rf"{re.escape(label)}[^《]*{said}", answer.answer)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("征求意见稿和正式稿的老城区管网改造项目投资相差多少", "所写不同，相差150万元。"),
        ("正式稿比征求意见稿的老城区管网改造项目投资多多少", "所写不同，相差150万元。"),
        ("征求意见稿和正式稿的农田灌溉水有效利用系数2025年目标一样吗", "所写相同。"),
        ("征求意见稿与正式稿相比，南滩灌区改造项目的牵头单位有没有变化", "所写不同。"),
    ],
)
def test_documents_named_side_by_side_are_compared(office: Assistant, question: str, said: str) -> None:
    answer = office.ask(question)

    assert lead(answer).endswith(said)
    assert cited(answer) == ["draft", "adopted"]


# question | what is missing
MISSING = """
《海州市防汛预案》中再生水厂扩建项目投资多少 | 《海州市防汛预案》
《海州市节水行动方案》（废止）中再生水厂扩建项目投资多少 | 《海州市节水行动方案》（废止）
海政发〔2024〕9号规定再生水厂扩建项目投资多少 | 海政发〔2024〕9号
《云溪县节水实施方案》中老城区管网改造项目投资多少 | 老城区
征求意见稿中水表更换项目投资多少 | 水表
白鹭市的公共供水管网漏损率目标是多少 | 白鹭市
"""


@pytest.mark.parametrize(("question", "missing"), rows(MISSING))
def test_no_other_document_answers_for_one_that_is_absent_or_silent(
    office: Assistant, question: str, missing: str
) -> None:
    answer = office.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert missing in answer.missing
    assert not answer.citations


@pytest.mark.parametrize(
    ("history", "question", "document", "said"),
    [
        (["正式稿中老城区管网改造项目投资多少"], "征求意见稿呢", "draft", "1200万元"),
        (["正式稿中老城区管网改造项目投资多少"], "建设时间呢", "adopted", "2023-2025"),
        (["正式稿中老城区管网改造项目投资多少", "征求意见稿呢"], "由谁牵头", "draft", "市住建局"),
        (["征求意见稿中老城区管网改造项目投资多少", "你好"], "那南滩灌区改造项目呢", "draft", "860万元"),
    ],
)
def test_a_follow_up_stays_with_the_document_until_another_is_named(
    office: Assistant, history: list[str], question: str, document: str, said: str
) -> None:
    answer = office.ask(question, history)

    assert said in lead(answer)
    assert cited(answer) == [document]


def test_a_question_with_a_subject_of_its_own_is_put_to_all_documents_again(office: Assistant) -> None:
    answer = office.ask("再生水厂扩建项目投资多少", ["正式稿中老城区管网改造项目投资多少"])

    assert cited(answer) == ["draft", "adopted"]


def test_a_filter_binds_before_the_search_so_that_no_better_match_outside_appears(office: Assistant) -> None:
    best = office.search("管网改造每公里补助20万元", 1)
    assert best[0].chunk.document_id == "notice"

    within = office.search("管网改造每公里补助20万元", 10, ["county"])
    assert within
    assert {hit.chunk.document_id for hit in within} == {"county"}
    assert office.ask("管网改造每公里补助多少", documents=["county"]).kind is AnswerKind.REFUSAL
    assert cited(office.ask("老城区管网改造项目投资多少", documents=["draft", "county"])) == ["draft"]


def test_a_name_outside_of_the_filter_is_refused_and_not_looked_up(office: Assistant) -> None:
    answer = office.ask("海政发〔2024〕8号规定老城区管网改造项目投资多少", documents=["draft"])

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("海政发〔2024〕8号",)


QUESTIONS = [row[0] for text in (ALONE, SIDE_BY_SIDE) for row in rows(text)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_text_names_every_document_it_rests_on_with_its_status(office: Assistant, question: str) -> None:
    labels = {"draft": DRAFT, "adopted": ADOPTED, "county": COUNTY, "notice": NOTICE}
    answer = office.ask(question)

    assert answer.citations
    assert all(labels[name] in answer.answer for name in cited(answer))
    assert all(f"[{citation.index}]" in answer.answer for citation in answer.citations)
    assert "该文件" not in json.dumps(answer.to_dict(), ensure_ascii=False)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_document_answers_as_it_does_alone(office: Assistant, question: str) -> None:
    for document in cited(office.ask(question)):
        alone = office.ask(question, documents=[document])
        assert cited(alone) in ([document], [])


def test_the_commands_stay_within_the_documents_given(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("POLICY_INDEX", str(settings.index))
    monkeypatch.setenv("POLICY_MODELS", str(settings.models))
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    row = {"id": "1", "question": "老城区管网改造项目投资多少", "documents": ["adopted"]}
    questions.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")

    assert main(["search", "漏损率", "--json", "--document", "county", "--document", "notice"]) == 0
    found = [json.loads(line)["document_id"] for line in capsys.readouterr().out.splitlines()]
    assert set(found) == {"county", "notice"}
    assert main(["ask", "老城区管网改造项目投资多少", "--json", "--document", "draft"]) == 0
    assert "1200万元" in json.loads(capsys.readouterr().out)["answer"]
    assert main(["ask", "--batch", str(questions), "--out", str(out), "--document", "draft"]) == 0
    answered = json.loads(out.read_text(encoding="utf-8"))
    assert {citation["document_id"] for citation in answered["citations"]} == {"draft"}
    assert main(["search", "漏损率", "--document", "没有的"]) == 1


def test_the_api_stays_within_the_documents_given(office: Assistant) -> None:
    client = TestClient(create_api(office))

    answered = client.post("/ask", json={"question": "老城区管网改造项目投资多少", "documents": ["adopted"]}).json()
    found = client.post("/search", json={"query": "漏损率", "documents": ["county"]}).json()["results"]
    assert {citation["document_id"] for citation in answered["citations"]} == {"adopted"}
    assert "claims" not in answered
    assert {row["document_id"] for row in found} == {"county"}
