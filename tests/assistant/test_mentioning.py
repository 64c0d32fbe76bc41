"""Rows are found by what their names and prose say, all of them, and told apart by where they say it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | the first sentence | rows that answer
FOUND = """
建设内容提到淤地坝的项目有哪些 | 提到“淤地坝”的项目共1个：“建设内容”提到的1个：黄河内蒙古段十大孔兑综合治理项目 | 1
哪些项目涉及光伏 | 提到“光伏”的项目共3个：“项目名称”提到的2个 | 3
哪些项目的建设内容提到了煤矿 | 提到“煤矿”的项目共3个 | 3
哪个项目种植沙棘 | 晋陕蒙砒砂岩区十大孔兑沙棘生态减沙工程 | 1
哪个项目在准格尔旗新建拦沙工程 | 黄河流域淤地坝建设项目 | 1
高标准农田是哪个项目的内容 | 农牧业高效节水建设项目 | 1
北京大学能源研究院的专家有哪些 | 提到“北京大学能源研究院”的专家共2位 | 2
专家名单里有哪些院士 | 提到“院士”的专家共5位 | 5
专家咨询委员会名单上一共有几位院士 | 提到“院士”的专家共5位 | 5
专家咨询委员会名单里的院士都是谁 | 提到“院士”的专家共5位 | 5
专家名单里有哪几位院士，分别是谁 | 提到“院士”的专家共5位 | 5
专家咨询委员会拟定人员里有哪几位院士 | 提到“院士”的专家共5位 | 5
生态环境类有几项指标 | “类别”含生态环境的指标共15项 | 15
"""


@pytest.mark.parametrize("line", FOUND.strip().splitlines())
def test_all_rows_that_speak_of_something_are_found(assistant: Assistant, line: str) -> None:
    question, said, rows = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]
    assert answer.table is not None
    assert len(answer.table.rows) == int(rows)


def test_a_row_that_says_it_elsewhere_is_told_apart(assistant: Assistant) -> None:
    answer = assistant.ask("建设内容提到淤地坝的项目有哪些")

    assert "另有1个只在“项目名称”中提到：黄河流域淤地坝建设项目[2]" in answer.answer
    assert len(answer.citations) == 2


def test_what_no_row_speaks_of_is_denied_by_name(assistant: Assistant) -> None:
    answer = assistant.ask("哪个项目的建设内容提到核电")

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("核电",)


@pytest.mark.parametrize("question", ["国家智能化示范煤矿工程项目涉及哪几座煤矿", "现代能源那个行动里都有啥项目"])
def test_a_question_that_asks_for_other_things_is_not_answered_with_rows(assistant: Assistant, question: str) -> None:
    assert (
        "提到" not in assistant.ask(question).answer.split("。")[0]
        or assistant.ask(question).kind is AnswerKind.REFUSAL
    )


def test_where_people_work_is_what_their_rows_say_they_are(assistant: Assistant) -> None:
    answer = assistant.ask("专家名单里谁在北京大学工作")

    assert answer.kind is AnswerKind.LOOKUP
    assert "金之钧" in answer.answer
    assert "杨雷" in answer.answer


def test_rows_are_not_looked_for_by_a_single_character(assistant: Assistant) -> None:
    assert "提到“类”" not in assistant.ask("项目分成几类").answer


@pytest.mark.parametrize("question", ["项目表里有涉及光伏的项目吗", "项目表里哪些项目涉及光伏", "有没有涉及光伏的项目"])
def test_whether_rows_speak_of_something_is_told_by_all_that_do(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answer.startswith("提到“光伏”的项目共3个")


@pytest.mark.parametrize("question", ["有涉及核电的项目吗", "有没有涉及核电的项目", "项目表里有核电站的项目吗"])
def test_whether_there_are_such_rows_is_never_answered_by_all_rows(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert any("核电" in part for part in answer.missing)


@pytest.mark.parametrize(
    "question",
    ["专家名单里有北京大学的人吗", "专家里有没有北京大学的", "有北京大学的专家吗", "专家名单里有没有北京大学的"],
)
def test_whether_a_list_has_somebody_is_asked_of_its_rows(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).answer.startswith("提到“北京大学”的专家共2位")


def test_a_sign_that_cells_are_written_with_tells_rows_apart(assistant: Assistant) -> None:
    answer = assistant.ask("带≥的指标有哪些")

    assert answer.answer.startswith("提到“≥”的指标共2项")
    assert "≥99" in answer.answer


def test_where_something_is_said_is_told_of_clauses_groups_and_rows(assistant: Assistant) -> None:
    answer = assistant.ask("CCUS在哪里提到")

    assert answer.answer.startswith(
        "提到“CCUS”的共3处：三、（三）[1]、三、（三）14.[2]、附件5 项目表 第20行 所属重点工程14[3]。"
    )
    assert all("CCUS" in citation.quote for citation in answer.citations)
