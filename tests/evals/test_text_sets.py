"""Sets of texts are told by their files, built as documents, asked, and scored by unit: tiny made-up sets of each."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from evals.errors import PlaceUnusable
from evals.public.law_texts import make_laws
from evals.public.report import Report
from evals.public.sets import evaluate_folder
from evals.public.text_index import hash_texts, write_texts
from evals.run import main

Rows = Sequence[Mapping[str, object]]

NOTICES: Rows = [
    {
        "id": "aa01",
        "text": "某市稳岗通知 各区人社局： 一、对不裁员的企业，返还上年失业保险费的50%。 二、六月底前申请。",
    },
    {"id": "aa02", "text": "某县防汛通知 各乡镇： 一、汛期实行二十四小时值班。 二、水库水位每日八时上报。"},
]
NOTICE_QUESTIONS: Rows = [
    {
        "id": "q0",
        "doc_id": "aa01",
        "question": "不裁员的企业返还多少失业保险费？",
        "answer": "返还上年失业保险费的50%。",
    },
    {"id": "q1", "doc_id": "aa02", "question": "水库水位什么时候上报？", "answer": "水库水位每日八时上报。"},
]
ABSENT: Rows = [{"id": "q3", "question": "机场何时恢复航班？", "answer_elsewhere": "五月。"}]
ARTICLES: Rows = [
    {
        "id": 3,
        "law": "渔船法",
        "article": "第一条",
        "chapter": "第一章　总则",
        "section": None,
        "text": "为了管理渔船，制定本法。",
    },
    {
        "id": 1,
        "law": "果园法",
        "article": "第一条",
        "chapter": None,
        "section": None,
        "text": "果园是指种植果树的园地。",
    },
    {
        "id": 4,
        "law": "渔船法",
        "article": "第二条",
        "chapter": "第二章　检验",
        "section": "第一节　年检",
        "text": "渔船每年检验一次：\n（一）船体；\n（二）主机。",
    },
    {
        "id": 5,
        "law": "渔船法",
        "article": "第三条",
        "chapter": "第二章　检验",
        "section": "第一节　年检",
        "text": "检验不收费。",
    },
]
LAW_QUESTIONS: Rows = [
    {"id": 0, "question": "渔船多久检验一次？", "gold": [4]},
    {"id": 9, "question": "什么叫果园？", "gold": [1]},
]
PASSAGES: Rows = [
    {"id": "12-1", "title": "燈塔", "text": "東島燈塔建於一八七二年，用花崗石砌成。"},
    {"id": "12-2", "title": "茶園", "text": "坪林茶園種植包種茶，每年採收四次。"},
]
READING_QUESTIONS: Rows = [
    {"id": "12-2-1", "passage_id": "12-2", "question": "坪林茶園每年採收幾次？", "answers": ["四次", "四次"]}
]


def write(folder: Path, **files: Rows) -> Path:
    """Write each file packed, but questions plain."""
    folder.mkdir(exist_ok=True)
    for stem, rows in files.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        if stem.endswith("questions"):
            (folder / f"{stem}.jsonl").write_text(text, encoding="utf-8")
        else:
            (folder / f"{stem}.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    return folder


def counted(report: Report, name: str) -> tuple[float, int]:
    found = [score for score in report.scores if score.name == name]
    return sum(score.right for score in found), sum(score.asked for score in found)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("公开 题集")


def test_notices_are_scored_by_document_and_absent_ones_by_refusal(tmp_path: Path, place: Path) -> None:
    folder = write(tmp_path / "n", docs=NOTICES, questions=NOTICE_QUESTIONS, out_of_corpus_questions=ABSENT)
    report = evaluate_folder(folder, place)

    assert "2 份通知，3 个问题" in report.title
    assert counted(report, "通知 hit@1") == counted(report, "通知 MRR@10") == (2, 2)
    assert counted(report, "库外问题：未答")[1] == 1
    assert [row["ranked"][0] for row in report.rows[:2]] == ["aa01", "aa02"]


def test_a_set_without_absent_documents_has_no_such_score(tmp_path: Path, place: Path) -> None:
    report = evaluate_folder(write(tmp_path / "n", docs=NOTICES, questions=NOTICE_QUESTIONS), place)

    assert counted(report, "库外问题：未答") == (0, 0)


def test_laws_are_scored_by_article_joined_and_by_each_engine(tmp_path: Path, place: Path) -> None:
    report = evaluate_folder(write(tmp_path / "l", corpus=ARTICLES, questions=LAW_QUESTIONS), place)

    assert "2 部法律，4 条，2 个问题" in report.title
    assert counted(report, "合并 hit@10") == counted(report, "词 hit@10") == counted(report, "向量 hit@10") == (2, 2)


def test_traditional_questions_are_asked_in_simplified_characters_too(tmp_path: Path, place: Path) -> None:
    report = evaluate_folder(write(tmp_path / "t", passages=PASSAGES, questions=READING_QUESTIONS), place)

    assert [row["text"] for row in report.rows] == ["坪林茶園每年採收幾次？", "坪林茶园每年采收几次？"]
    assert counted(report, "繁体问 hit@1") == counted(report, "简体问 hit@1") == (1, 1)
    assert report.rows[0]["answers"] == ("四次",)


def test_a_second_run_embeds_nothing(tmp_path: Path, place: Path) -> None:
    folder = write(tmp_path / "n", docs=NOTICES, questions=NOTICE_QUESTIONS)
    evaluate_folder(folder, place)
    home = place / hash_texts({str(row["id"]): str(row["text"]) for row in NOTICES})[:12]
    before = (home / "index" / "CURRENT").read_text()
    evaluate_folder(folder, place)

    assert (home / "index" / "CURRENT").read_text() == before
    assert len(list((home / "index" / "generations").iterdir())) == 1


def test_the_command_prints_the_scores_and_writes_the_rows(
    tmp_path: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "n", docs=NOTICES, questions=NOTICE_QUESTIONS)
    out = tmp_path / "rows.json"

    assert main(["--data", str(folder), "--index", str(place), "--json", str(out)]) == 0
    written = json.loads(out.read_text(encoding="utf-8"))
    assert "通知 nDCG@10" in capsys.readouterr().out
    assert [(row["id"], row["half"]) for row in written["rows"]] == [("q0", "learn"), ("q1", "test")]
    assert written["rows"][0]["gold"] == ["aa01"]


def test_a_law_is_its_title_the_headings_where_they_change_and_a_line_an_article() -> None:
    laws = make_laws(ARTICLES)

    assert laws["law-2"].text == "果园法\n第一条　果园是指种植果树的园地。"
    assert laws["law-1"].text.splitlines() == [
        "渔船法",
        "第一章　总则",
        "第一条　为了管理渔船，制定本法。",
        "第二章　检验",
        "第一节　年检",
        "第二条　渔船每年检验一次：",
        "（一）船体；",
        "（二）主机。",
        "第三条　检验不收费。",
    ]


def test_the_span_of_an_article_is_its_text_in_the_law() -> None:
    law = make_laws(ARTICLES)["law-1"]

    assert [(id_, span.of(law.text)) for id_, span in law.articles] == [
        ("3", "第一条　为了管理渔船，制定本法。"),
        ("4", "第二条　渔船每年检验一次：\n（一）船体；\n（二）主机。"),
        ("5", "第三条　检验不收费。"),
    ]


def test_texts_are_written_byte_for_byte_and_once(tmp_path: Path) -> None:
    folder = write_texts({"a": "甲\n乙", "b": "丙"}, tmp_path / "x" / "documents")
    assert {file.name: file.read_bytes().decode() for file in folder.iterdir()} == {"a.txt": "甲\n乙", "b.txt": "丙"}
    (folder / "a.txt").unlink()
    assert len(list(write_texts({"a": "甲\n乙", "b": "丙"}, folder).iterdir())) == 1


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PlaceUnusable, match="--index"):
        write_texts({"a": "甲"}, tmp_path / "file" / "documents")


def test_texts_are_told_apart_by_names_and_contents() -> None:
    assert hash_texts({"a": "甲", "b": "乙"}) == hash_texts({"b": "乙", "a": "甲"})
    assert len({hash_texts(texts) for texts in ({"a": "甲"}, {"b": "甲"}, {"a": "乙"}, {"a甲": ""})}) == 4
