"""A follow-up is completed from the questions before it, and shown as understood."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

CASES = """
绿氢产业项目由谁牵头 | 投资呢 | 170.58
绿氢产业项目由谁牵头 | 它的建设时间是什么 | 2022-2024
技术市场成交额2020年是多少 | 2024年呢 | 8亿元
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("before", "question", "said"), ROWS)
def test_the_subject_is_carried_over(assistant: Assistant, before: str, question: str, said: str) -> None:
    answer = assistant.ask(question, [before])

    assert answer.standalone != question
    assert said in answer.answer


def test_a_question_of_its_own_is_left_alone(assistant: Assistant) -> None:
    answer = assistant.ask("技术市场成交额2020年是多少", ["绿氢产业项目由谁牵头"])

    assert answer.standalone == "技术市场成交额2020年是多少"


# rule | earlier questions, then the follow-up | the question as understood
UNDERSTOOD = """
more | 工信局牵头的项目有哪些 → 还有呢 | 工信局牵头的项目有哪些
nth | 科技局牵头的项目有哪些 → 第二个项目的建设时间 | 高新技术企业培育行动项目的建设时间
nth | 科技局牵头的项目有哪些 → 第二个项目的建设时间 → 最后一个呢 | 创新人才引进和培育工程的建设时间
nth | 保障措施有哪些 → 第二条是什么 | 加大资金投入，搭建绿色金融支撑体系是什么
pronoun | 十大孔兑项目由哪个局牵头 → 它的建设时间呢 | 十大孔兑项目的建设时间
pronoun | 水利局牵头的项目有哪些 → 其中最大的是哪个 → 它的建设时间呢 | 黄河内蒙古段十大孔兑综合治理项目的建设时间
pronoun | 计划投资超过100亿元的项目有哪些 → 这些项目总投资 | 计划投资超过100亿元的项目总投资
pronoun | 第二个重点行动有哪些项目 → 其中投资最大的是哪个 | 重点行动二的项目中投资最大的是哪个
pronoun | 投资前三的项目是哪些 → 它们分别由谁牵头 | 投资前三的项目分别由谁牵头
pronoun | 哪些项目由水利局牵头 → 其中投资超过5亿元的有几个 | 由水利局牵头的项目中投资超过5亿元的有几个
exchange | 能源局牵头的项目有几个 → 那水利局呢 | 水利局牵头的项目有几个
exchange | 达拉特旗有哪些项目 → 换成准格尔旗 → 那准旗呢 | 准旗有哪些项目
exchange | 煤制烯烃项目投资多少 → 绿氢产业项目呢 | 绿氢产业项目投资多少
exchange | 2021年开始建设的项目有哪些 → 2022年呢 | 2022年开始建设的项目有哪些
exchange | 投资前三的项目是哪些 → 前五呢 | 投资前五的项目是哪些
exchange | 哪个重点行动投资最多 → 最少的呢 | 哪个重点行动投资最少
exchange | 林草局牵头的投资超过2亿元的项目有哪些 → 超过3亿元的呢 | 林草局牵头的投资超过3亿元的项目有哪些
share | 工信局牵头的项目有哪些 → 投资最大的是哪个 → 占工信局项目总投资的百分之几 | 煤制烯烃占工信局项目总投资的百分之几
pair | 投资最少的项目是哪个 → 投资最多的呢 → 两个相差多少 | 特色文化创作项目和“光伏+生态治理”项目投资相差多少
exchange | 投资超过300亿的项目有哪些 → 200亿呢 | 投资超过200亿的项目有哪些
exchange | 十大孔兑综合治理项目投资多少 → 合多少万元 → 换成元呢 | 十大孔兑综合治理项目投资是多少元
exchange | 项目表第3行是什么 → 第4行呢 | 项目表第4行是什么
exchange | 市能源局牵头哪些重点工程 → 配合哪些 | 市能源局配合哪些重点工程
narrow | 林草局牵头的项目有哪些 → 投资超过2亿元的呢 | 林草局牵头的投资超过2亿元的项目有哪些
narrow | 建设地点写明达拉特旗的项目有几个 → 水利局牵头的有几个 | 建设地点写明达拉特旗的项目中水利局牵头的有几个
compare | 煤制烯烃项目投资多少 → 比绿氢产业项目多多少 | 煤制烯烃投资比绿氢产业项目多多少
compare | 城镇登记失业率2024年目标是多少 → 和2020年比呢 | 城镇登记失业率2024年比2020年变化多少
compare | 技术市场成交额2024年目标是多少 → 比2020年高吗 | 技术市场成交额2024年目标比2020年高吗
which | 每个重点行动的投资是多少 → 哪个最多 | 哪个重点行动的投资最多
ask | 能源局牵头的项目有几个 → 那水利局呢 → 总投资多少 | 水利局牵头的项目的总投资多少
ask | 科技局牵头的项目有哪些 → 按投资排个序 → 前三个 | 科技局牵头的项目中按投资前三个
ask | 鄂托克前旗有哪些项目 → 投资最大的是哪个 → 建设内容是什么 | “光伏+生态治理”项目的建设内容是什么
talk | 能源局牵头的项目有几个 → 谢谢 → 那水利局呢 | 水利局牵头的项目有几个
alone | 绿氢产业项目投资多少 → 市水利局负责哪些指标 | 市水利局负责哪些指标
ask | 能源局牵头的项目有几个 → 监理单位是谁 | 能源局牵头的项目的监理单位是谁
alone | 绿氢产业项目投资多少 → 哪个项目投资最大 | 哪个项目投资最大
"""


@pytest.mark.parametrize("line", UNDERSTOOD.strip().splitlines())
def test_a_follow_up_is_completed_by_the_first_rule_that_fits(assistant: Assistant, line: str) -> None:
    _, turns, understood = (part.strip() for part in line.split("|"))
    *history, question = (turn.strip() for turn in turns.split("→"))

    assert assistant.ask(question, history).standalone == understood


@pytest.mark.parametrize("line", [line for line in UNDERSTOOD.strip().splitlines() if "监理" not in line])
def test_the_question_as_understood_is_one_that_can_be_asked(assistant: Assistant, line: str) -> None:
    _, turns, understood = (part.strip() for part in line.split("|"))
    *history, question = (turn.strip() for turn in turns.split("→"))

    alone = assistant.ask(understood)

    assert alone.kind in (AnswerKind.LOOKUP, AnswerKind.PASSAGE)
    assert alone.answer == assistant.ask(question, history).answer


@pytest.mark.parametrize("question", ["你好", "你能做什么？", "您好！"])
def test_a_greeting_gets_a_short_reply(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.CHAT
