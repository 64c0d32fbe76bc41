"""What names a document in a question, and what only looks like a name of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.understand.document_names import DocumentNames
from assistant.understand.lexicon import load_lexicon
from assistant.understand.library import Library
from corpus.parse import parse_corpus

VERSIONS = Path(__file__).resolve().parent.parent / "samples" / "versions"


@pytest.fixture(scope="module")
def names() -> DocumentNames:
    return DocumentNames(Library(parse_corpus(VERSIONS)), load_lexicon())


# question | the documents named | the question that is put to them
NAMED = """
《海州市节水行动方案》中漏损率是多少 | draft adopted | 漏损率是多少
在《海州市节水行动方案》（征求意见稿）中，漏损率是多少 | draft | 漏损率是多少
漏损率在《海州市节水行动方案》（征求意见稿）中是多少 | draft | 漏损率在该文件中是多少
征求意见稿中的文号是什么 | draft | 该文件中的文号是什么
《节水行动方案》的保障措施 | draft adopted | 该文件的保障措施
《云溪县…实施方案》的目标 | county | 该文件的目标
节水行动方案里有哪些项目 | draft adopted | 有哪些项目
节水行动方案（正式）里有哪些项目 | adopted | 有哪些项目
正式印发的节水行动方案有哪些项目 | adopted | 该文件有哪些项目
云溪县的方案里投资最大的项目 | county | 投资最大的项目
节水项目资金申报通知的申报时间 | notice | 该文件的申报时间
通知是谁发的 | notice | 该文件是谁发的
征求意见稿中谁牵头 | draft | 谁牵头
正式稿的漏损率目标 | adopted | 该文件的漏损率目标
正式文件中谁牵头 | adopted county notice | 谁牵头
按照海政发〔2024〕8号，谁牵头 | adopted | 谁牵头
根据海政发(2024)8号文件谁牵头 | adopted | 根据该文件谁牵头
15号文规定的目标 | county | 该文件规定的目标
征求意见稿和正式稿的漏损率一样吗 | draft adopted | 该文件的漏损率一样吗
正式稿比征求意见稿的投资多多少 | draft adopted | 该文件的投资多多少
海州市和云溪县的方案中用水量目标 | draft adopted county | 用水量目标
"""


@pytest.mark.parametrize(
    ("question", "ids", "left"), [tuple(p.strip() for p in x.split("|")) for x in NAMED.strip().splitlines()]
)
def test_a_document_is_named_by_title_part_number_or_status(
    names: DocumentNames, question: str, ids: str, left: str
) -> None:
    found = names.read(question)

    assert found.documents == tuple(ids.split())
    assert found.text == left


@pytest.mark.parametrize(
    "question",
    [
        "海州市的漏损率目标是多少",
        "这份文件是正式稿吗",
        "什么是征求意见稿，是什么意思",
        "老城区管网改造项目投资多少",
        "白鹭湖建设实施方案的文号",
        "方案里有哪些项目",
        "第8号井的位置",
        "落实资金的要求",
    ],
)
def test_what_asks_for_a_status_or_names_something_else_binds_to_no_document(
    names: DocumentNames, question: str
) -> None:
    found = names.read(question)

    assert (found.documents, found.unknown, found.text) == (None, "", question)


def test_what_begins_two_titles_names_them_only_where_no_document_explains_it(names: DocumentNames) -> None:
    question = "海州市和云溪县的漏损率目标"

    assert names.read(question).documents is None
    assert names.read(question, paired=True).documents == ("draft", "adopted", "county", "notice")
    assert names.read("老城区和新城区的漏损率目标", paired=True).documents is None


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("《海州市防汛预案》中谁牵头", "《海州市防汛预案》"),
        ("《海州市节水五年行动方案》中谁牵头", "《海州市节水五年行动方案》"),
        ("《海州市节水行动方案》（废止）中谁牵头", "《海州市节水行动方案》（废止）"),
        ("海政发〔2024〕9号规定谁牵头", "海政发〔2024〕9号"),
        ("根据云政发〔2024〕8号，谁牵头", "云政发〔2024〕8号"),
        ("送审稿里谁牵头", ""),
        ("废止的文件里谁牵头", "废止的文件"),
    ],
)
def test_a_name_that_no_document_has_is_unknown(names: DocumentNames, question: str, unknown: str) -> None:
    assert names.read(question).unknown == unknown


def test_a_document_outside_of_the_scope_is_unknown_there(names: DocumentNames) -> None:
    assert names.read("正式稿中谁牵头", ["draft", "county"]).documents == ("county",)
    assert names.read("海政发〔2024〕8号规定谁牵头", ["draft", "county"]).unknown == "海政发〔2024〕8号"
