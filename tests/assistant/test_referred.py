"""A sentence that refers to an article of its own document speaks of what that article says."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.respond.referred import said_where_referred
from corpus.folding import fold
from tests.assistant.conftest import OpenPapers

RULES = """# 澄屿市饮用水水源保护条例

第一条 在一级保护区内，禁止新建排污口，禁止投放渔网。

第二条 在二级保护区内，禁止堆放垃圾。

第三条 违反本条例第一条规定的，由生态环境主管部门责令停止违法行为，处一千元以上五千元以下罚款。

第四条 违反《水法》第二条规定的，依照其规定处罚。
"""


@pytest.fixture(scope="module")
def rules(open_papers: OpenPapers) -> Assistant:
    return open_papers({"rules.md": RULES})


@pytest.mark.parametrize(
    ("sentence", "own", "said"),
    [
        ("违反本条例第一条规定的，处罚款", "第三条", ["投放渔网"]),
        ("违反第一条、第二条规定的，处罚款", "第三条", ["投放渔网", "堆放垃圾"]),
        ("违反《水法》第二条规定的，依照其规定处罚", "第四条", []),
        ("第三条 由生态环境主管部门责令停止", "第三条", []),
        ("违反第九条规定的，处罚款", "第三条", []),
        ("违反《水法》第二十三条、第一条规定的", "第三条", []),
        ("违反《水法》的第二条规定的", "第三条", []),
        ("违反《水管理条例》（国务院令第593号）第二条规定的", "第三条", []),
        ("违反第一条至第四条规定的", "第三条", []),
    ],
)
def test_articles_of_the_document_itself_are_said_where_they_are_referred_to(
    rules: Assistant, sentence: str, own: str, said: list[str]
) -> None:
    clause = next(one for one in rules.documents[0].clauses if one.label == own)

    found = said_where_referred(rules.documents[0], fold(sentence), clause)

    assert len(found) == len(said)
    assert all(words in text for words, text in zip(said, found, strict=True))


@pytest.mark.parametrize("question", ["在一级保护区内投放渔网处多少罚款", "违反规定投放渔网罚款多少"])
def test_the_penalty_for_a_deed_is_told_though_another_article_names_the_deed(rules: Assistant, question: str) -> None:
    assert "一千元以上五千元以下" in rules.ask(question).answer
