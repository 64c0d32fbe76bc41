"""The structure of documents: clauses by their numbers, what they hold, where they stand, what does not exist.

The samples are a regulation with chapters, sections, paragraphs, items and an inserted article, and one of three
articles; the plan is numbered 一、（一）1. without articles.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind
from assistant.understand.clause_steps import find_addresses
from tests.assistant.conftest import OpenPapers

STRUCTURE = Path(__file__).resolve().parent.parent / "samples" / "structure"
RULES, DETAILS = "青石县档案管理办法", "青石县档案查阅细则"


@pytest.fixture(scope="module")
def archive(open_papers: OpenPapers) -> Assistant:
    return open_papers(STRUCTURE)


def ask(archive: Assistant, *questions: str, title: str = RULES) -> Answer:
    """Return the answer to the last question of a conversation about one document."""
    ids = [document.info.id for document in archive.index.documents if document.info.title == title]
    return archive.ask(questions[-1], questions[:-1], ids)


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]


def quoted(answer: Answer) -> str:
    return "".join("".join(citation.quote.split()) for citation in answer.citations)


# question | where it stands | how its verbatim text begins | how it ends
WHOLE = """
第四条规定了什么 | 第二章 第一节 第四条 | 第四条归档材料 | 移交。
第4条的内容是什么？ | 第二章 第一节 第四条 | 第四条归档材料 | 移交。
把第四条的原文给我 | 第二章 第一节 第四条 | 第四条归档材料 | 移交。
请问第三条怎么规定的 | 第一章 第三条 | 第三条档案工作 | （三）便于利用。
第六条之一 | 第二章 第二节 第六条之一 | 第六条之一电子档案 | 同步整理。
第六条 | 第二章 第二节 第六条 | 第六条档案按年度 | 整理。
第三条第（二）项是什么 | 第一章 第三条（二） | （二）分级管理 | ；
第三条第二项 | 第一章 第三条（二） | （二）分级管理 | ；
第三条（三） | 第一章 第三条（三） | （三）便于利用 | 。
第二条第二款说了什么 | 第一章 第二条 | 村民委员会 | 执行。
第五条第二款 | 第二章 第一节 第五条 | 延期移交的期限 | 一年。
第二章第一节第五条规定了哪些情形 | 第二章 第一节 第五条 | 第五条有下列 | 不超过一年。
最后一条是什么 | 第三章 第八条 | 第八条本办法 | 施行。
第五条的下一条是什么 | 第二章 第二节 第六条 | 第六条档案按年度 | 整理。
第六条之一的上一条 | 第二章 第二节 第六条 | 第六条档案按年度 | 整理。
"""


@pytest.mark.parametrize(("question", "place", "begins", "ends"), rows(WHOLE))
def test_a_clause_named_by_its_number_is_answered_whole(
    archive: Assistant, question: str, place: str, begins: str, ends: str
) -> None:
    answer = ask(archive, question)
    assert answer.kind is AnswerKind.PASSAGE
    assert answer.citations[0].locator == place
    assert quoted(answer).startswith(begins)
    assert quoted(answer).endswith(ends)
    assert "".join(answer.answer.split()).startswith(begins)


def test_an_article_with_a_paragraph_behind_its_items_shows_all_of_it(archive: Assistant) -> None:
    answer = ask(archive, "第五条规定了什么")
    said = [part for part in answer.answer.split("\n") if part]
    assert [part[:4] for part in said[:4]] == ["第五条　", "（一）涉", "（二）仍", "延期移交"]


def test_several_articles_are_answered_one_after_the_other(archive: Assistant) -> None:
    both = ask(archive, "第一条和第七条分别规定了什么")
    assert [citation.locator for citation in both.citations] == ["第一章 第一条", "第三章 第七条"]
    run = ask(archive, "第一条至第三条的内容")
    assert [citation.locator for citation in run.citations] == ["第一章 第一条", "第一章 第二条", "第一章 第三条"]


# question | must begin the answer | how many places it cites
PARTS = """
第三章讲的是什么 | “第三章 附则”共2条[1]：第七条 | 3
第二章的标题是什么？ | “第二章 收集与整理”共4条[1]：第四条 | 5
第一章有几条 | “第一章 总则”共3条[1]： | 4
总则有几条？ | “第一章 总则”共3条[1]： | 4
第二章分哪几节 | “第二章 收集与整理”共2节[1]：第一节 收集[2]；第二节 整理[3] | 3
第一章有几节 | “第一章 总则”不分节。“第一章 总则”共3条 | 4
第三条有几项 | “第三条”共3项[1]：（一） | 4
第五条有几款 | “第五条”共2款：第1款 | 2
第四条有几款 | “第四条”没有分款排列，只有一段。[1] | 1
全文共多少条 | 全文共9条：第一条 | 9
收集与整理那一章有多少条 | “第二章 收集与整理”共4条[1]： | 5
本办法分几章几条 | 全文共9条：第一条 | 9
本办法一共几章？ | 全文共3章：第一章 总则[1]；第二章 收集与整理[2]；第三章 附则[3]。 | 3
"""


@pytest.mark.parametrize(("question", "begins", "cited"), rows(PARTS))
def test_the_parts_of_a_clause_or_a_document_are_counted_and_listed(
    archive: Assistant, question: str, begins: str, cited: str
) -> None:
    answer = ask(archive, question)
    assert answer.answer.startswith(begins)
    assert len(answer.citations) == int(cited)


# question | must begin the answer
PLACES = """
第六条在哪一章 | “第六条”属于“第二章 收集与整理”[1]。[2]
第八条属于第几章？ | “第八条”属于“第三章 附则”[1]。[2]
第六条在第几节 | “第六条”属于“第二节 整理”[1]。[2]
第三条属于第二章吗 | “第三条”属于“第一章 总则”[1]，不在“第二章 收集与整理”。
整理在哪一章 | “第二节 整理”属于“第二章 收集与整理”[1]。
附则是第几章 | “第三章 附则”是《青石县档案管理办法》的第3章。
"""


@pytest.mark.parametrize(("question", "begins"), rows(PLACES))
def test_the_place_of_a_clause_is_the_clause_around_it(archive: Assistant, question: str, begins: str) -> None:
    assert ask(archive, question).answer.startswith(begins)


# question | what is missing, whole | must stand in the answer
ABSENT = """
第八十条规定了什么 | 第八十条 | 文件共9条，没有“第八十条”
有没有第九条 | 第九条 | 文件共9条，没有“第九条”
第二十八条的内容是什么？ | 第二十八条 | 文件共9条
第七条之二 | 第七条之二 | 没有“第七条之二”
第九章讲的是什么 | 第九章 | 文件共3章
第三条第四项 | 第三条第四项 | “第三条”中没有
第五条第三款 | 第五条第三款 | “第五条”共2款
第二章第三条 | 第二章第三条 | 第三条在第一章 第三条
第八条的下一条 | 后一条 | 已经是最后一条
"""


@pytest.mark.parametrize(("question", "missing", "says"), rows(ABSENT))
def test_a_number_that_does_not_exist_is_denied_whole(
    archive: Assistant, question: str, missing: str, says: str
) -> None:
    answer = ask(archive, question)
    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == (missing,)
    assert says in answer.answer


# what was asked before > now | the question as understood
TURNS = """
第三条规定了什么 > 第五条呢 | 第五条规定了什么
第三条规定了什么 > 那第八条呢 | 第八条规定了什么
第三条规定了什么 > 第（二）项呢 > 第三项呢 | 第三条第三项规定了什么
第五条第一款是什么 > 第二款呢 | 第五条第二款是什么
第一章有几条 > 第二章呢 | 第二章有几条
第三条规定了什么 > 它在哪一章 > 那第七条呢 | 第七条在哪一章
第三条规定了什么 > 下一条呢 | 第三条的下一条呢
第三条规定了什么 > 第七条说了什么 | 第七条说了什么
第三条规定了什么 > 全文共几条 | 全文共几条
"""


@pytest.mark.parametrize(("turns", "understood"), rows(TURNS))
def test_a_follow_up_takes_the_place_of_the_clause_named_before(
    archive: Assistant, turns: str, understood: str
) -> None:
    answer = ask(archive, *turns.split(" > "))
    assert answer.standalone == understood
    assert answer.kind is AnswerKind.PASSAGE


def test_a_question_about_a_named_article_is_answered_from_it_alone(archive: Assistant) -> None:
    for question, place in (
        ("第二条适用于谁的档案工作", "第一章 第二条"),
        ("第六条之一要求整理什么", "第二章 第二节 第六条之一"),
    ):
        answer = ask(archive, question)
        assert answer.kind is AnswerKind.PASSAGE
        assert {citation.locator for citation in answer.citations} == {place}
    other = ask(archive, "第四条的解释由谁负责")  # 第七条 says who
    assert other.kind is AnswerKind.REFUSAL
    assert not other.citations


def test_an_article_that_several_documents_have_is_told_of_each(archive: Assistant) -> None:
    answer = archive.ask("第三条规定了什么")
    assert {citation.document for citation in answer.citations} == {RULES, DETAILS}
    assert all(title in answer.answer for title in (RULES, DETAILS))
    only = archive.ask("第五条规定了什么")
    assert {citation.document for citation in only.citations} == {RULES}


def test_the_document_named_is_kept_for_the_next_article(archive: Assistant) -> None:
    for now in ("第二条呢", "第二条规定了什么"):
        answer = archive.ask(now, ("档案查阅细则第三条规定了什么",))
        assert [citation.document for citation in answer.citations] == [DETAILS]
        assert answer.citations[0].locator == "第二条"


# question | where it stands | must begin the answer
PLAN = """
三、（一）2.说了什么 | 三、（一）2. | 2.水土流失综合治理工程
（三）强化统筹协调那条写了什么 | 四、（三） | （三）强化统筹协调，形成推进合力
第四部分 | 四、 | “四、保障措施”共6项[1]：（一）
第三部分有几项 | 三、 | “三、主要任务”共5项[1]：
基本原则下面分哪些部分 | 一、（二） | “（二）基本原则”共5项[1]：
这个方案一共分几部分？ | 一、 | 全文共4部分：一、总体要求[1]
水土流失综合治理工程在哪一部分里 | 三、（一） | “2.水土流失综合治理工程”属于“（一）强化
主要任务在第几部分 | 三、 | “三、主要任务”是《鄂尔多斯市
"""


@pytest.mark.parametrize(("question", "place", "begins"), rows(PLAN))
def test_the_clauses_of_a_plan_are_found_by_its_own_numbers(
    assistant: Assistant, question: str, place: str, begins: str
) -> None:
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.PASSAGE
    assert answer.citations[0].locator == place
    assert answer.answer.startswith(begins)


def test_a_number_that_leads_to_several_clauses_is_asked_back(assistant: Assistant) -> None:
    answer = assistant.ask("（三）说了什么")
    assert answer.kind is AnswerKind.CLARIFY
    assert len(answer.suggestions) == 2
    chosen = assistant.ask(answer.suggestions[1])
    assert chosen.citations[0].locator == "四、（三）"


def test_a_plan_without_articles_has_no_article(assistant: Assistant) -> None:
    answer = assistant.ask("第五条规定了什么")
    assert (answer.kind, answer.missing) == (AnswerKind.REFUSAL, ("第五条",))


# words | the clauses they name
ADDRESSES = """
第十六条 | 条16
第四十六条规定 | 条46
第３条第（一）项 | 条3 项1
第一百零二条之三 | 条102之3
第三条至第五条 | 条3, 条4, 条5
第五条第一款和第二款 | 条5 款1, 条5 款2
第二编第三章第一节 | 编2 章3 节1
三、（四）18. | 一、3 (一)4 1.18
能耗下降到1.5吨标煤 |
五大行动 |
"""


@pytest.mark.parametrize("line", ADDRESSES.strip().splitlines())
def test_numbers_are_read_whole_in_chinese_and_arabic_figures(line: str) -> None:
    words, _, named = line.partition("|")
    found = [
        " ".join(f"{s.unit}{s.number}{f'之{s.sub}' if s.sub else ''}" for s in address.steps)
        for address in find_addresses(words.strip())
    ]
    assert ", ".join(found) == named.strip()


def test_parts_without_a_heading_are_counted_with_those_that_have_one(assistant: Assistant) -> None:
    answer = assistant.ask("科技创新能级提升工程有哪些内容").answer
    assert "共6项" in answer
    assert "四是推进碳基新材料重点实验室建设" in answer
    assert "五是加快推进鄂尔多斯国际荒漠化治理研究中心" in answer
