"""What is named by its number is found by its number in what it is a part of, or denied."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the first sentence
NAMED = """
项目表第3行的建设时间 | “黄河内蒙古段十大孔兑综合治理项目”的建设时间是2022-2030
序号5的项目投资多少 | “国家水土保持重点建设项目”的2025年前计划投资是1.83亿元
最后一个项目由谁牵头 | “创新人才引进和培育工程”的牵头责任单位是科技局
倒数第二个项目投资多少 | “科技兴蒙”重大专项项目的2025年前计划投资是3.0亿元
最后那个项目由谁牵头 | “创新人才引进和培育工程”的牵头责任单位是科技局
最后那个行动有哪些项目 | 属于创新驱动发展能力建设促进行动的项目共6个
最后一项指标由谁负责 | 库布齐沙漠治理率
专家名单第三位是谁 | 傅伯杰
第二个重点行动有哪些项目 | 属于水资源集约高效利用行动的项目共7个
第三个行动是什么 | “重点行动三”是现代能源经济高质量发展提速行动
第6项重点工程的牵头部门是谁 | “碳汇能力巩固提升工程”的牵头部门是市林草局
水土流失综合治理工程是第几个重点工程 | “水土流失综合治理工程”是重点工程2
绿氢产业项目属于第几个行动 | 重点行动三是现代能源经济高质量发展提速行动
第22项科技创新能级提升工程的责任单位是谁 | “科技创新能级提升工程”的责任单位是市能源局、市工信局
第四条保障措施是什么 | 强化智库支撑，保证建设水平
第二条保障措施是什么 | 加大资金投入，搭建绿色金融支撑体系
能源局牵头的第二个项目投资多少 | “煤矿采空区灾害综合治理工程”的2025年前计划投资是30亿元
水利局牵头的最后一个项目投资多少 | “杭锦旗库布齐沿黄生态带治理工程”的2025年前计划投资是8.9亿元
投资超过100亿元的第三个项目由谁牵头 | “华星40亿立方米煤制天然气项目”的牵头责任单位是能源局
"""


@pytest.mark.parametrize("line", NAMED.strip().splitlines())
def test_a_number_names_what_has_it(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]


# question | the denial
BEYOND = """
第四十个项目是什么 | 项目表共39行，没有“第四十个”
第37项指标是多少 | 指标表共36行，没有“第37项”
第六个行动有哪些项目 | 重点行动共5个，没有“第六个行动”
第25项重点工程由谁牵头 | 重点工程共24个，没有“第25项重点工程”
第七条保障措施是什么 | 保障措施共6个，没有“第七条”
能源局牵头的第十个项目投资多少 | 能源局牵头的项目共7个，没有“第十个项目”
"""


@pytest.mark.parametrize("line", BEYOND.strip().splitlines())
def test_a_number_beyond_what_there_is_is_denied(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert said in answer.answer
    assert answer.missing


def test_a_part_of_the_document_is_called_by_its_heading(assistant: Assistant) -> None:
    assert "共6项" in assistant.ask("保障措施部分一共从哪几个方面作了安排").answer


def test_a_place_in_an_order_is_no_number_of_a_row(assistant: Assistant) -> None:
    ranked, numbered = assistant.ask("投资排在第五位的项目是什么"), assistant.ask("附件5里排在第5项的是什么项目")

    assert "投资排第5的是：绿氢产业项目" in ranked.answer
    assert "国家水土保持重点建设项目" in numbered.answer
