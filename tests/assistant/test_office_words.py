"""What officials say in other words gets the answer of the plain question; the nearest other questions do not."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.spoken import in_plain_words

# in other words | plain
PAIRS = """
科技局牵头的项目数占项目总数的几成 | 科技局牵头的项目个数占全部项目的百分之几
煤制烯烃的投资在重点行动三里占多大比重 | 煤制烯烃投资占重点行动三总投资的百分之几
水利局牵头的项目中黄河流域淤地坝建设项目占多大比例 | 黄河流域淤地坝建设项目占水利局牵头的项目总投资的百分之几
城市生活污水集中处理率2020年是百分之几 | 城市生活污水集中处理率2020年是多少
技术市场成交额2020年实绩 | 技术市场成交额2020年是多少
毛乌素沙地治理率两个年份的数值各是多少 | 毛乌素沙地治理率现状和目标分别是多少
园区产值能力要从多少做到多少 | 园区产值能力现状和目标分别是多少
一般工业固废处置利用率2024年有没有给出具体数值 | 一般工业固废处置利用率的目标是多少
按指标表推算，万元GDP水耗四年降幅是百分之几 | 万元GDP水耗四年降幅是百分之几
万元GDP水耗2024年要在2020年基础上降多少 | 万元GDP水耗2024年比2020年降多少
人均预期寿命这几年提高多少岁 | 人均预期寿命2024年比2020年提高多少
每类各含几项指标 | 每类各有几项指标
分五大行动看，各自的总投资是多少 | 五大行动各自的总投资是多少
各部门中牵头项目数最多的是谁 | 牵头项目数最多的是哪个部门
哪项重点工程下设的项目最多 | 哪项重点工程的项目最多
文旅局的项目按投资从高的到低的怎么排 | 文旅局的项目按投资从高到低排序
项目表前五大项目，按顺序列出来 | 投资前五的项目
重点行动一剔除“光伏+生态治理”，剩下的项目总投资多少 | 重点行动一除“光伏+生态治理”项目外的项目总投资多少
建设地点栏里写有东胜区的项目有几个 | 建设地点是东胜区的项目有几个
建设地点写明东胜区的项目有哪些（写“全市”的不算） | 建设地点写明东胜区的项目有哪些
论牵头项目的数量，哪个局最多 | 牵头项目的数量，哪个局最多
2021年就已开工的项目有哪些 | 2021年开工的项目有哪些
生物多样性保护工程项下的项目，请列出完整名单 | 生物多样性保护工程的项目有哪些
重点项目一共几个 | 项目一共几个
水利口的项目平均投资多少 | 水利局牵头的项目平均投资多少
城镇登记失业率的责任单位是一家还是两家，哪家 | 城镇登记失业率的责任单位是哪家
碳排放监测项目，科长想知道由哪个局牵头 | 碳排放监测项目，由哪个局牵头
财政局的同志问，碳排放监测项目由哪个局牵头 | 碳排放监测项目由哪个局牵头
农牧业高效节水建设项目，除了达拉特旗，还有哪个旗区也在建设地点里 | 农牧业高效节水建设项目的建设地点
火电灵活性改造促进市场化消纳新能源项目要在哪些旗区落地 | 火电灵活性改造促进市场化消纳新能源项目的建设地点
有几个指标是用百分比计的 | 单位是%的指标有几个
2024年低于2020年的指标有哪些 | 2024年比2020年下降的指标有哪些
市财政局单独或者共同负责的指标有哪些 | 市财政局负责的指标有哪些
我是林草局的，我局牵头的项目有几个 | 林草局牵头的项目有几个
东胜区出现在哪些项目的建设地点里 | 建设地点是东胜区的项目有哪些
文旅口在项目表里报了哪些项目 | 文旅局牵头哪些项目
想核一下植被覆盖度：现状多少，目标多少 | 植被覆盖度现状多少，目标多少
能源局牵头项目的个数及投资之和 | 能源局牵头项目的个数及投资合计
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in PAIRS.strip().splitlines()]


@pytest.mark.parametrize(("said", "plain"), ROWS)
def test_other_words_get_the_answer_of_the_plain_question(assistant: Assistant, said: str, plain: str) -> None:
    told, meant = assistant.ask(said), assistant.ask(plain)

    assert meant.kind is AnswerKind.LOOKUP
    assert told.kind is AnswerKind.LOOKUP
    assert told.answer.split("\n")[0] == meant.answer.split("\n")[0]


@pytest.mark.parametrize(
    "question",
    [
        *("在建项目有几个", "滞后的项目有哪些", "涉水项目有几个", "正向指标有几个", "长期项目一共投资多少"),
        *("约束性指标占全部指标的比例", "植被覆盖度2022年已经达到多少", "绿氢产业项目已经完成投资多少"),
        *("六大行动各有几项重点工程", "三大行动中投资最大的项目是哪个"),
        *(
            "工作量最大的项目是哪个",
            "2020年就已经达到2024年目标的指标有哪些",
            "失业率占参保率的几成",
            "重点项目一共几年",
        ),
        *("能源局牵头的项目，就是建在杭锦旗的那个，投资多少", "技术市场成交额2024年的实际值是多少"),
        *("林草局牵头的项目总投资是水利局的几成", "各单位中，投资最少的是谁", "战线拉得最长的是哪个行动"),
    ],
)
def test_what_nothing_states_is_refused_though_words_near_it_are_known(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY)


# question | what is told of it
TOLD = """
水利局负责的指标占指标总数的百分之几 | 占全部36项的11.11%
36项指标四个类别各有几项 | 创新驱动6项；生态环境15项；社会进步9项；荒漠化防治与绿色发展特色指标6项
牵头项目投资总额排前两名的是哪两个局 | 能源局1541.12亿元；工信局336.76亿元
24项重点工程里投资最多的两项是什么 | 传统能源清洁高效利用和CCUS工程428亿元；防沙治沙和盐碱化治理工程410.95亿元
五大行动里投资最少的是哪一个 | 合计最少的是创新驱动发展能力建设促进行动，17亿元
五大行动中投资最少的项目是哪个 | 2025年前计划投资最小的是：特色文化创作项目（0.1亿元）
投资前三的项目分别由哪个局牵头 | 牵头责任单位：能源局
可再生能源装机容量在全市的比重，2024年比2020年提高几个百分点 | 提高27个百分点
单位GDP能耗的责任单位 | 市发改委
草原生态修复治理项目由林草局还是水利局牵头 | “草原生态修复治理项目”的牵头责任单位是林草局
植被覆盖度列在生态环境类，还是列在社会进步类 | 类别是生态环境
研发投入强度由谁负责 | 市科技局
研发投入强度2020年的基数 | 2020年为0.81%
由水利局牵头、又建在杭锦旗的有哪些 | “牵头责任单位”含水利局、“建设地点”含杭锦旗的项目共5个
敖镇市政污水那个项目投资多少 | 0.28亿元
高标准农田累计建成多少亩 | 340万亩
生态保护支撑体系项目投资折合人民币多少万元 | 0.32亿元合3200万元
只建在杭锦旗一个地方的项目有哪些 | “建设地点”只有杭锦旗的项目共2个
农牧业高效节水建设项目没有覆盖到哪个旗区 | 没有包括康巴什。[1]
建设内容栏中写到光伏的项目有几个 | 提到“光伏”的项目共3个
科技局牵头、建设内容提到光伏的项目有几个 | “牵头责任单位”含科技局的项目中，提到“光伏”的项目共1个
能源局牵头的项目中提到光伏的有哪些 | “牵头责任单位”含能源局的项目中，提到“光伏”的项目共2个
人均预期寿命2020年到2024年延长多少 | 2024年比2020年延长0.59
五大行动各有多少个建设项目 | 强化荒漠化防治提质增效行动11个
"""
TOLD_ROWS = [tuple(part.strip() for part in line.split("|")) for line in TOLD.strip().splitlines()]


@pytest.mark.parametrize(("question", "expected"), TOLD_ROWS)
def test_what_is_asked_is_told_of_what_it_is_asked_of(assistant: Assistant, question: str, expected: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind in (AnswerKind.LOOKUP, AnswerKind.PASSAGE)
    assert expected in answer.answer
    assert not answer.missing


def test_equals_at_a_place_of_an_order_are_told_together(assistant: Assistant) -> None:
    third, fourth = (assistant.ask(f"科技局牵头的项目投资排第{place}的是哪个") for place in "三四")
    first = assistant.ask("科技局牵头的项目投资排第一的是哪个")

    for answer in (third, fourth):
        assert "并列第3的2个是：建设高能级科技研发平台项目（3亿元）；“科技兴蒙”重大专项项目（3亿元）" in answer.answer
    assert "并列" not in first.answer


def test_equals_behind_the_last_of_an_order_are_named(assistant: Assistant) -> None:
    answer = assistant.ask("科技局牵头的项目投资前三的是哪些")

    assert "最大的3个是" in answer.answer
    assert "并列的还有：“科技兴蒙”重大专项项目（3亿元）" in answer.answer


def test_how_often_is_answered_by_what_states_it(assistant: Assistant) -> None:
    told = assistant.ask("重点行动和工程的执行情况多久评估一次")
    refused = assistant.ask("领导小组多久开一次会")

    assert "年度监测评估" in told.answer.split("\n")[0]
    assert refused.kind is AnswerKind.REFUSAL


def test_a_figure_of_a_row_has_no_ratio_to_a_number_of_rows(assistant: Assistant) -> None:
    answer = assistant.ask("地表水水质优良那个指标2020年是百分之几")

    assert "85.7%" in answer.answer
    assert len(answer.citations) == 1


def test_a_target_beside_the_base_of_a_named_year_is_told_too(assistant: Assistant) -> None:
    answer = assistant.ask("农村牧区居民人均可支配收入的目标和2020年基数")
    assert "27239元" in answer.answer.split("\n")[0]
    assert "21576元" in answer.answer.split("\n")[0]


def test_an_actual_figure_is_that_of_the_first_year_alone(assistant: Assistant) -> None:
    assert "70.33%" in assistant.ask("植被覆盖度2020年实际是多少").answer
    assert assistant.ask("植被覆盖度2024年实际是多少").kind is AnswerKind.REFUSAL


# What looks alike and means something else stays as it is said.
KEPT = """
占地面积是多少
占用耕地要赔多少
乙行动占总投资的百分之多少
占GDP的比重2024年目标是多少
除了身份证，还有哪些材料
这件事，领导要不要签字
财政负担项目有哪些
甲局分担项目有哪些
责任单位列入考核吗
论坛哪天开幕
论文奖励多少
每只多少元
甲局和乙局一起提供哪些材料
这也说明什么
不计利息，剩余本金怎么还
投资从大到小排序
按投资从大到小排序
文件开头的几句话
前三大投资方是谁
市财政局核对，谁签字
做材料要多少钱
不包括哪些旗区
项目数量最多的单位
水利局承担的项目有几个
"""


@pytest.mark.parametrize("text", KEPT.strip().splitlines())
def test_what_means_something_else_is_left_as_it_is_said(text: str) -> None:
    kept = in_plain_words(text)

    assert kept in (text, text.replace("承担", "负责"))


def test_what_leaves_no_place_out_is_asked_in_vain(assistant: Assistant) -> None:
    assert assistant.ask("绿氢产业项目不包括哪个旗区").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize("question", ["产能低于多少的煤矿要引导退出", "不足多少的火电机组要淘汰"])
def test_a_bound_before_its_figure_asks_for_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.PASSAGE
    assert "以下" in answer.answer.split("\n")[0]
