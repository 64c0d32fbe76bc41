"""The things that a sentence lists are told from the words around them."""

from __future__ import annotations

import pytest

from assistant.understand.listing import Lists

NAMES = ("农业节水增效工程", "强化生态行动", "能源提速行动", "创新促进行动")
WORDS = (
    "重点",
    "实施",
    "组织",
    "推出",
    "等",
    "等等",
    "黄河",
    "风情游",
    "研学游",
    "高等教育",
    "中等教育",
    "着力",
    "研究",
)


def cut(text: str) -> list[str]:
    """Cut at the words known, single characters else."""
    found, start = [], 0
    while start < len(text):
        word = next((word for word in WORDS if text.startswith(word, start)), text[start])
        found.append(word)
        start += len(word)
    return found


LISTS = Lists(lambda: NAMES, cut, {"重点", "实施", "组织", "推出", "着力", "研究"}.__contains__)

# sentence | question | things
CASES = """
推出黄河风情游、红色研学游、沙漠生态游等一批精品路线。 | 推出哪些路线 | 黄河风情游 红色研学游 沙漠生态游
重点实施农业节水增效、工业节水增效和河湖保护3项工程。 | 实施哪些工程 | 农业节水增效 工业节水增效 河湖保护
组织实施强化生态行动、能源提速行动、创新促进行动的“三大行动”。 | 三大行动是哪些 | 强化生态行动 能源提速行动 创新促进行动
着力研究河套文化、青铜文化等，打造沙漠、草原、黄河旅游带。 | 研究哪些文化 | 河套文化 青铜文化
针对“链条短，制约转型”“程度低，制约提质”两大问题。 | 哪两大问题 | 链条短，制约转型 程度低，制约提质
一是建平台；二是引人才；三是强攻关。 | 有哪些举措 | 建平台 引人才 强攻关
发展高等教育、中等教育。 | 发展什么 | 高等教育 中等教育
完成生产矿山绿色改造升级。 | 什么要求 |
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_a_list_ends_where_what_is_said_of_it_begins(line: str) -> None:
    sentence, question, things = (part.strip() for part in line.split("|"))

    assert LISTS.find(sentence, question) == tuple(things.split())
