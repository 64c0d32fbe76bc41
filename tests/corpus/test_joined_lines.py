"""Texts whose line breaks were lost: cut where their lines ended, and nowhere inside a sentence."""

from __future__ import annotations

import pytest

from corpus.models import ClauseKind, DocumentInfo, Span
from corpus.parse import parse_document
from corpus.readers.joined_lines import LONGEST_LINE, find_lines

_FILLER = "各区各部门要高度重视，压实责任，确保各项措施落到实处。" * (LONGEST_LINE // 26 + 1)


def _lines(text: str) -> list[str]:
    return [span.of(text) for span in find_lines(text, [Span(0, len(text))])]


def test_title_addressee_headings_and_numbered_clauses_are_lines_again() -> None:
    front = "某市关于做好防汛工作的通知 某政办〔2020〕3号 各区人民政府："
    text = f"{front} 一、加强组织领导 {_FILLER} 二、做好值守 1.实行双岗制。 2.按时上报。"
    assert _lines(text) == [
        "某市关于做好防汛工作的通知",
        "某政办〔2020〕3号",
        "各区人民政府：",
        "一、加强组织领导",
        _FILLER,
        "二、做好值守",
        "1.实行双岗制。",
        "2.按时上报。",
    ]


@pytest.mark.parametrize("inside", ["2月 3日前完成", "下载“某办” APP 后登录", "拨打 12345 热线"])
def test_a_blank_inside_a_sentence_ends_no_line(inside: str) -> None:
    assert _lines(f"通知如下。 {inside}并上报。 {_FILLER}") == ["通知如下。", f"{inside}并上报。", _FILLER]


def test_a_line_of_usual_length_is_left_alone() -> None:
    text = "一、加强领导 各区要重视。 二、按时上报"
    assert _lines(text) == [text]


def test_no_character_but_blanks_is_lost() -> None:
    text = f"某通知 一、甲 {_FILLER} （一）乙。　　（二）丙。"
    assert "".join(_lines(text)) == text.replace(" ", "").replace("　", "")


def test_such_a_text_has_a_title_a_number_and_a_clause_tree() -> None:
    front = "某市关于做好防汛工作的通知 某政办〔2020〕3号 各区人民政府："
    text = f"{front} 一、加强组织领导 {_FILLER} 二、做好值守 按时上报。"
    document = parse_document(DocumentInfo("n", "", "n.txt", ""), text.encode())
    assert (document.info.title, document.info.number) == ("某市关于做好防汛工作的通知", "某政办〔2020〕3号")
    headings = [clause.heading for clause in document.clauses if clause.kind is ClauseKind.LEVEL1]
    assert headings == ["加强组织领导", "做好值守"]
    assert all(span.of(document.text) for clause in document.clauses for span in clause.own)
