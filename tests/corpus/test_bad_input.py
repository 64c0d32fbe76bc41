"""Encodings give one tree; bad files are named in Chinese; nothing else is lost."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from corpus.errors import (
    CorpusMissing,
    FileEmpty,
    FileUndecodable,
    FormatUnknown,
    ManifestInvalid,
    describe_os_error,
)
from corpus.parse import corpus_hash, find_unread, parse_corpus, scan_corpus
from corpus.show import render_failures

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
PLAN_FILE = DOCUMENTS / "ordos-action-plan-draft.txt"
GOOD = "某市方案（征求意见稿）\n\n一、甲\n\n正文。\n"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("ш", "Ⅲ").encode("gb18030"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
    ],
    ids=["bom", "gb18030", "crlf", "utf-16"],
)
def test_every_encoding_gives_the_same_tree_and_offsets(parse, encode):
    text = PLAN_FILE.read_text(encoding="utf-8")
    plain, other = parse(text), parse(encode(text))
    assert other.clauses == plain.clauses
    assert [table.rows[5].span for table in other.tables] == [table.rows[5].span for table in plain.tables]
    assert len(other.text) == len(plain.text)


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\xef\xbb\xbf", "　\n".encode()])
def test_a_file_without_text_is_named(parse, data):
    with pytest.raises(FileEmpty, match=r"sample\.txt"):
        parse(data)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\xd8\x00\xd8\x00", bytes(range(256)) * 20, b"\x00" * 500 + "字".encode()]
)
def test_a_file_that_is_no_text_is_named(parse, data):
    with pytest.raises(FileUndecodable, match="UTF-8"):
        parse(data)


@pytest.mark.parametrize("data", [b"\xff\xfe\xfd\x80\x81\xff\x00\x01", b"\xff\xfe" + bytes(range(1, 255)) * 20])
def test_bytes_behind_a_utf_16_mark_that_make_no_text_are_named(parse, data):
    with pytest.raises(FileUndecodable, match=r"sample\.txt"):
        parse(data)


@pytest.mark.parametrize(
    "text", [GOOD, "某縣辦法\n\n第一條 臺灣、兩岸經濟合作由縣政府負責。\n", "Plan\n\n1. Water\n", "龘靐方案\n"]
)
def test_text_in_utf_16_is_read(parse, text):
    assert parse(text.encode("utf-16")).text == text


def test_an_operating_system_is_translated():
    assert describe_os_error(FileNotFoundError(2, "No such file or directory")) == "文件或文件夹不存在"
    assert describe_os_error(OSError(28, "No space left on device")) == "磁盘空间不足"
    assert describe_os_error(OSError(9999, "rare")) == "rare"


def test_unread_files_are_shown_to_a_person(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK")
    assert "未读取：不支持的文件格式：“b.docx”" in render_failures(scan_corpus(tmp_path).failures)
    assert render_failures(()) == ""


def test_an_unknown_format_is_named(parse):
    with pytest.raises(FormatUnknown, match=r"a\.pdf"):
        parse("x", "a.pdf")


def test_control_characters_are_kept_and_remarked(parse):
    document = parse("某方案\n\n一、甲\x00乙\n\n正文\x1b[31m很长的一句话在这里说明情况，完。\n")
    assert "\x00" in document.text
    assert any("可疑字符" in remark.message for remark in document.remarks)


def test_one_bad_file_among_good_ones_loses_nothing_else(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / "d.md").write_text("# 某办法\n\n第一条 甲。\n", encoding="utf-8")
    reading = scan_corpus(tmp_path)
    assert [one.info.title for one in reading.documents] == ["某市方案（征求意见稿）", "某办法"]
    assert [one.file for one in reading.failures] == ["b.txt", "c.pdf"]
    assert len(parse_corpus(tmp_path)) == 2


def test_a_folder_of_bad_files_says_what_is_wrong(tmp_path):
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.raises(FileEmpty):
        parse_corpus(tmp_path)


def test_without_a_manifest_ids_are_ascii_stable_and_the_status_is_read(tmp_path):
    (tmp_path / "plan.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "方案.txt").write_text(GOOD, encoding="utf-8")
    first = parse_corpus(tmp_path)
    assert [one.info.id for one in first] == [one.info.id for one in parse_corpus(tmp_path)]
    assert first[0].info.id == "plan" and all(one.info.id.isascii() for one in first)
    assert {one.info.status for one in first} == {"征求意见稿"}


def test_a_missing_or_empty_folder_is_named(tmp_path):
    with pytest.raises(CorpusMissing, match="没有政策文件"):
        parse_corpus(tmp_path)
    with pytest.raises(CorpusMissing, match="找不到文件夹"):
        parse_corpus(tmp_path / "nowhere")
    with pytest.raises(CorpusMissing):
        corpus_hash(tmp_path / "nowhere")


def manifest(tmp_path, **changes):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    entry = {"id": "a", "title": "甲", "file": "a.txt", "sha256": hashlib.sha256(GOOD.encode()).hexdigest()} | changes
    lines = "\n".join(f'{key} = "{value}"' for key, value in entry.items())
    (tmp_path / "manifest.toml").write_text(f"[[document]]\n{lines}\n", encoding="utf-8")
    return tmp_path


def test_a_manifest_names_the_document(tmp_path):
    (document,) = parse_corpus(manifest(tmp_path, status="正式"))
    assert (document.info.id, document.info.title, document.info.status) == ("a", "甲", "正式")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": "red"}, "不认识的项"),
        ({"sha256": "0" * 64}, "sha256 改为"),
        ({"file": "b.txt"}, "b.txt"),
        ({"file": "../a.txt"}, "不在文件夹"),
        ({"id": "甲"}, "写法不对"),
        ({"title": ""}, "不能为空"),
    ],
)
def test_a_wrong_manifest_says_how_to_mend_it(tmp_path, changes, message):
    with pytest.raises(ManifestInvalid, match=message):
        parse_corpus(manifest(tmp_path, **changes))


def test_a_broken_manifest_is_named(tmp_path):
    (tmp_path / "manifest.toml").write_text("[[document]\n", encoding="utf-8")
    with pytest.raises(ManifestInvalid, match="TOML"):
        parse_corpus(tmp_path)


def test_the_hash_follows_files_manifest_and_names(tmp_path):
    before = corpus_hash(manifest(tmp_path))
    assert corpus_hash(tmp_path) == before
    (tmp_path / "a.txt").write_text(GOOD + "二、乙\n", encoding="utf-8")
    assert corpus_hash(tmp_path) != before


@pytest.mark.parametrize(
    "text",
    [
        "（牵头部门：" * 10000,
        "\t字\n" * 10000,
        "\ta\n\tb\n\n" * 5000,
        "一、甲\n（一）乙\n1.丙\n" * 3000,
        "一是甲。二是乙。" * 10000,
        "1" * 100_000,
        "名单\n" + "王  浩  院士\n" * 3000,
        "|a" * 20000 + "\n" + "|-" * 20000,
        "附件：1.甲\n" + "2.乙\n" * 5000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_text_is_read_in_reasonable_time(parse, text):
    started = time.perf_counter()
    parse(text)
    assert time.perf_counter() - started < 10


def test_the_plan_is_parsed_quickly():
    started = time.perf_counter()
    parse_corpus(DOCUMENTS)
    assert time.perf_counter() - started < 2  # about 0.1 s on an idle machine


def test_a_file_that_the_manifest_does_not_list_is_named(tmp_path):
    (manifest(tmp_path) / "new.txt").write_text(GOOD, encoding="utf-8")

    reading = scan_corpus(tmp_path)

    assert [document.info.file for document in reading.documents] == ["a.txt"]
    assert [one.message for one in reading.failures] == ["“new.txt”没有列入清单 manifest.toml。"]


def test_files_that_are_not_among_the_documents_are_named_with_the_reason(tmp_path):
    for name in ("a.txt", "new.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.docx").write_bytes(b"PK")
    (tmp_path / ".hidden.txt").write_text(GOOD, encoding="utf-8")

    found = {one.file: one.message for one in find_unread(tmp_path, {"a.txt"})}

    assert list(found) == ["b.txt", "new.txt", "sub/c.docx"]
    assert "不支持的文件格式：“sub/c.docx”" in found["sub/c.docx"]
    assert "重新建立索引" in found["new.txt"]
    assert str(tmp_path) not in "".join(found.values())
    (tmp_path / "manifest.toml").write_text("", encoding="utf-8")
    unlisted = find_unread(tmp_path, {"a.txt", "b.txt", "sub/c.docx"})
    assert [one.message for one in unlisted] == ["“new.txt”没有列入清单 manifest.toml。"]
    with pytest.raises(CorpusMissing):
        find_unread(tmp_path / "nowhere", ())
