"""What asks in other words than documents are written in is put as they are written, where nothing answers it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | must stand in the answer's own words
TOLD = """
总体思路里说的“两大瓶颈问题”分别指什么 | 资源型产业链条短
五大行动具体指哪五个行动 | 强化荒漠化防治提质增效行动
方案所针对的“两大瓶颈问题”具体指什么 | 资源型产业链条短
方案要打造的美丽鄂尔多斯是用哪四个词形容的 | “天蓝、水清、地绿、土净”
生物多样性保护工程里要建设的野外科学观测研究站叫什么名称 | 国家级资源重点开发区域鄂尔多斯生态系统野外科学观测研究站
要初步建起来两个技术创新中心，叫什么 | 鄂尔多斯国际荒漠化治理技术创新中心
领导小组一把手是谁担任 | 由市委书记、市人民政府市长任双组长
非遗保护点名了哪几样 | 鄂尔多斯婚礼
到2024年要在哪两个区域的高强度水土流失综合治理上率先取得突破 | 十大孔兑与砒砂岩区
重大科学技术攻关工程要研发哪几个技术体系 | 固废资源化利用核心技术体系
示范区创建的日常工作由哪家机构负责 | 建设促进中心
万元GDP能耗24年到底1.5还是1.82 | 1.82吨标煤
亿元GDP事故死亡率20年、24年各多少 | 2020年为≤0.047人/亿元，2024年为≤0.02人/亿元
国务院批复同意鄂尔多斯市建设国家可持续发展议程创新示范区，主题是什么 | “荒漠化防治与绿色发展”
我手上这份三年行动方案是正式印发的版本，还是还在听取意见的稿子 | 不是正式印发的文件
全社会R&D投入强度2020年是多少 | 0.81%
专家名单里有哪些人 | 专家共10位
水资源集约高效利用行动把水资源当作什么来对待 | 最大的刚性约束
高强度水土流失综合治理要在哪两个区域率先取得突破 | 十大孔兑与砒砂岩区
重大科学技术攻关工程要研发哪五类技术体系 | 固废资源化利用核心技术体系
美丽鄂尔多斯，用的是哪四个词来形容 | “天蓝、水清、地绿、土净”
自治区级以上的研发机构要有多少家 | 240个以上
在创新驱动这条原则里，什么是核心，什么是关键 | 以体制机制创新为关键
小煤矿要在几年之内陆续退出？多大产能以下的算在内 | 60万吨/年以下
这份三年方案是照着哪几份上位文件编的？请逐一列出 | 联合国《2030年可持续发展议程》
建设煤制油气战略基地是出于什么考虑 | 增强极端情况下油气供应保障能力
审计组需要总数：项目表一共列了多少个项目 | 共39个
24年完工的项目有几个 | 共31个
日常事务由哪个部门承担 | 建设促进中心
每千人床位数这个指标谁报 | 责任单位是市卫健委
中国氢能联盟的那位专家叫什么 | 万燕鸣
"""


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_other_words_get_the_answer(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind is not AnswerKind.REFUSAL
    assert said in answer.answer.split("原文：")[0]


@pytest.mark.parametrize(
    "question",
    [
        "市委书记叫什么名字",
        "首席科学家最后定的是哪一位",
        "专家咨询委员会聘的是哪位首席科学家",
        "重大科学技术攻关工程要研发哪七类技术体系",
        "领导小组由哪些人组成",
        "领导小组有哪些人",
        "推进组成员有哪些",
        "20年后还治不治沙",
        "绿氢产业项目由谁出钱",
        "方案取消草原禁牧制度的理由是什么",
        "零碳产业园的全称是什么",
        "示范作用用哪三个词描述",
        "“五大领域”具体指什么",
        "正文里被提到次数最多的旗区是哪个",
        "23年高标准农田要建多少",
        "建设24年的项目有哪些",
        "指标表里研发机构达到多少个",
        "专家名单里双组长是谁",
        "专家名单里来自鄂尔多斯的专家有几位",
        "平均每个旗区投资多少",
        "五大行动平均每个行动有几项措施",
        "24项重点工程，牵头单位最多的是哪项",
        "24项重点工程，工期最长的是哪项",
    ],
)
def test_what_the_plan_does_not_say_is_refused_in_other_words_too(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_each_of_two_things_is_told_where_a_place_is_asked_of_both(assistant: Assistant) -> None:
    answer = assistant.ask("零碳示范园区和低碳示范园区分别以哪个园区作为试点")

    assert "蒙苏经济开发区江苏产业园" in answer.answer
    assert "鄂托克经济开发区" in answer.answer


def test_those_found_by_words_are_spoken_of_next(assistant: Assistant) -> None:
    history = ("专家名单里有哪些人来自北京大学？", "其中谁是院士？")

    assert assistant.ask("他具体担任什么职务？", history).answer.startswith("“金之钧”的职务是")


def test_what_the_text_is_to_do_and_what_a_row_costs_are_two_questions(assistant: Assistant) -> None:
    answer = assistant.ask("阿尔寨那边的保护，正文要求做什么，附表里的文化遗产保护工程项目给了多少投资")

    assert "加强阿尔寨石窟保护" in answer.answer
    assert "6.3亿元" in answer.answer


def test_what_follows_from_it_is_told_of_the_same_thing(assistant: Assistant) -> None:
    answer = assistant.ask("异地引才育才采取什么模式？由此要构建什么？")

    assert "构建“人才飞地”" in answer.answer
    assert "智能管控平台" not in answer.answer


def test_where_a_row_is_and_how_long_it_takes_are_both_told(assistant: Assistant) -> None:
    answer = assistant.ask("久泰的乙二醇项目在哪个园区？建设期是哪几年？")

    assert "准格尔旗大路工业园区" in answer.answer
    assert "2022-2024" in answer.answer
