"""What is left of a list that an earlier answer gave: its rows that were not spoken of since."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def lines(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


REST = lines("""
文旅局牵头哪些项目 → 哪个投资最少 → 其余三个合计多少 | 合计35.4亿元
文旅局牵头哪些项目 → 哪个投资最少 → 其余三个合计多少 → 剩下这几个里谁投资最多 | 计划投资26亿元[3]最多
科技创新能级提升工程有哪些项目 → 哪个投资最多 → 它由谁牵头 → 另外两个一共投多少 | 合计3.2亿元
能源局牵头几个项目 → 这些项目中超过100亿的有哪些 → 剩下的是哪几个，各多少钱 | 项目的2025年前计划投资90亿元
专家咨询委员会名单上一共几个人 → 哪几位是中国科学院院士 → 其余的人都有谁 | 其余的人是“王浩”[1]、“刘毅”[2]、“杨雷”[3]
林草局的项目都没有超过5亿元吗 → 有没有不到1亿的 → 其他的呢 | 其他是“鄂尔多斯市库布齐-毛乌素沙漠
文旅局的四个项目投资都超过1亿元吗 → 其余三个一共投多少 | 合计35.4亿元
能源局牵头的项目计划投资都在50亿以上吧？ → 另外那一个是什么 | 另外那一个是“煤矿采空区灾害综合治理工程”[1]
文旅局的四个项目投资都超过1亿元吗 → 不是的那个归谁 | “特色文化创作项目”的牵头责任单位是文旅局
科技局牵头的项目有哪些 → 第一个投资多少 → 其余的呢 | 创新人才引进和培育工程的2025年前计划投资是4.0亿元
""")


@pytest.mark.parametrize(("turns", "said"), REST)
def test_what_is_left_of_a_list_is_what_was_not_spoken_of_since(assistant: Assistant, turns: str, said: str) -> None:
    *history, question = (turn.strip() for turn in turns.split("→"))

    assert said in assistant.ask(question, history).answer


def test_another_number_than_is_left_is_not_told(assistant: Assistant) -> None:
    answer = assistant.ask("其余五个合计多少", ["文旅局牵头哪些项目", "哪个投资最少"])

    assert answer.kind is AnswerKind.REFUSAL
