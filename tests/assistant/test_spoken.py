"""What is said in everyday words gets the answer of the plain question; what is plain is left as typed."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.spoken import as_meant, in_plain_words
from corpus.models import Span

# spoken | plain
PAIRS = """
水利局手上的项目拢共得花多少亿 | 水利局负责的项目总共投资多少亿
指标体系分几类 | 指标有几个类别
项目表分几个行动 | 项目表有几个行动
绿氢产业项目到底归哪家管啊 | 绿氢产业项目由谁牵头
优质景区提升工程项目得砸多少钱呀 | 优质景区提升工程项目投资多少钱
草原生态修复治理项目啥时候能干完 | 草原生态修复治理项目的建设时间
黄河流域淤地坝建设项目从哪年干到哪年 | 黄河流域淤地坝建设项目的建设时间
绿氢产业项目归到哪个重点行动里了 | 绿氢产业项目属于哪个重点行动
花钱最多的是哪个项目 | 投资最多的是哪个项目
花不到5000万的项目有哪些 | 投资不足5000万的项目有哪些
花钱超过100亿的项目有几个 | 投资超过100亿的项目有几个
投资上百亿的项目有几个 | 投资100亿以上的项目有几个
投资连1个亿都不到的项目有几个 | 投资不足1亿的项目有几个
能源局揽了几个项目 | 能源局负责几个项目
卫健委承担哪几项指标 | 卫健委负责哪几项指标
卫健委身上背着哪几个指标 | 卫健委负责哪几个指标
投资不到1个亿的小项目有多少个 | 投资不到1亿的项目有多少个
36项指标里，生态环境类的占了几项 | 36项指标里，生态环境类的有几项
科技局那几个项目里数哪个钱最多 | 科技局的项目里哪个投资最多
请列出水利局牵头的全部项目，并说明总数 | 请列出水利局牵头的全部项目
写报告用：重点行动三的投资占全部投资的比重是多少 | 重点行动三的投资占全部投资的比重是多少
领导问，2020年每千人医疗机构床位数是几张 | 2020年每千人医疗机构床位数是几张
市水利局要报数的指标是哪几项 | 市水利局负责的指标是哪几项
科技局那几个项目，哪个钱最多 | 科技局的项目哪个投资最多
水土流失综合治理工程下设了哪些项目 | 水土流失综合治理工程下面有哪些项目
重点行动三的投资在总盘子里占多大份额 | 重点行动三的投资占总投资的比例是多少
市卫健委背了哪几个指标 | 市卫健委负责哪几个指标
考核指标里由市水利局负责的是哪些 | 指标里由市水利局负责的是哪些
我们公司想对接久泰能源年产50万吨乙二醇项目，政府这边是哪个部门牵头 | 久泰能源年产50万吨乙二醇项目，哪个部门牵头
园区产值能力24年目标 | 园区产值能力2024年目标
能源这块一共几个项目 | 能源方面一共几个项目
钱最少的两个项目 | 投资最少的两个项目
工期最长的项目是哪个 | 建设时间最长的项目是哪个
附表里的文化遗产保护工程项目给了多少投资 | 文化遗产保护工程项目投资多少
煤制烯烃落在哪个园区 | 煤制烯烃建在哪里
国家水土保持重点建设项目的建设期是哪两年 | 国家水土保持重点建设项目的建设期是哪几年
人均预期寿命由哪个局承担 | 人均预期寿命由哪个局负责
建设时间结束年份晚于2024年的项目有几个 | 2024年以后完工的项目有几个
牵头项目数量居第一和第二的单位是谁 | 牵头项目最多的前两个单位是谁
建设地点写有杭锦旗的项目有哪些（“全市”类项目不算） | 建设地点写有杭锦旗的项目有哪些
准格尔旗单独列名的项目有哪些，不要全市的 | 准格尔旗的项目有哪些
专家中哪几位在北京大学任职，职务是什么 | 专家中哪几位来自北京大学
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in PAIRS.strip().splitlines()]


@pytest.mark.parametrize(("spoken", "plain"), ROWS)
def test_everyday_words_get_the_answer_of_the_plain_question(assistant: Assistant, spoken: str, plain: str) -> None:
    said, meant = assistant.ask(spoken), assistant.ask(plain)

    assert meant.kind is AnswerKind.LOOKUP
    assert said.answer == meant.answer
    assert said.question == spoken


@pytest.mark.parametrize(
    "question",
    ["绿氢产业项目投了多少钱给企业", "绿氢产业项目啥时候通过竣工验收", "施工单位归谁管", "跟呼和浩特比谁花钱多"],
)
def test_what_the_plan_does_not_state_is_refused_in_everyday_words_too(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_a_question_that_is_understood_stays_as_typed(assistant: Assistant) -> None:
    assert assistant.ask("十大孔兑项目谁管").standalone == "十大孔兑项目谁管"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2025年过了才能建完的项目", "2025年以后完工的项目"),
        ("非化石能源比重要涨几个点", "非化石能源比重提高几个百分点"),
        ("项目数是多少", "项目有多少个"),
        ("投资额位居第二的项目", "投资额第二大的项目"),
        ("总盘子有多大", "总投资是多少"),
        ("上升几个百分点", "上升几个百分点"),
        ("第7位的专家", "第7位的专家"),
        ("市政府手册", "市政府手册"),
        ("项目数量最多的单位", "项目数量最多的单位"),
    ],
)
def test_everyday_words_become_plain_ones_and_others_stay(text: str, plain: str) -> None:
    assert in_plain_words(text) == plain


def test_a_name_is_never_reworded() -> None:
    assert in_plain_words("拢共河的项目", [Span(0, 3)]) == "拢共河的项目"


def test_percentage_points_may_be_gained_in_one_character(assistant: Assistant) -> None:
    assert "提高4个百分点" in assistant.ask("一般工业固废处置利用率要提几个百分点").answer


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("绿氢产业项目的钱从哪里来", "绿氢产业项目的资金来源是什么"),
        ("淤地坝建设项目资金从哪来？", "淤地坝建设项目资金来源是什么？"),
        ("项目从哪里来", "项目从哪里来"),
        ("补贴的钱到哪里领", "补贴的钱到哪里领"),
    ],
)
def test_where_money_comes_from_is_its_source_and_no_place(asked: str, meant: str) -> None:
    assert as_meant(asked) == meant


def test_a_source_that_nothing_states_is_missing_beside_what_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("十大孔兑项目投资多少，资金从哪来")
    assert answer.kind is AnswerKind.LOOKUP
    assert answer.missing == ("资金来源",)
    assert assistant.ask("绿氢产业项目的钱从哪里来").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("宣传推广这一节主要讲了什么", "宣传推广的内容是什么"),
        ("组织领导部分说了什么？", "组织领导的内容是什么？"),
        ("那这一部分讲了什么", "那这一部分讲了什么"),
        ("第三条说了什么", "第三条说了什么"),
    ],
)
def test_what_a_section_says_is_its_text(asked: str, meant: str) -> None:
    assert as_meant(asked) == meant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2020年城镇居民收入是农牧民的几倍", "2.33倍"),
        ("2020年城镇居民收入比农牧民高多少", "28730元"),
        ("宣传推广这一节主要讲了什么", "新兴社交媒体"),
    ],
)
def test_what_is_said_once_of_both_is_asked_of_both(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer


@pytest.mark.parametrize(
    "question", ["指标表里哪些指标的目标是要降下来的", "2024年目标反而比2020年低的指标有哪些", "哪些指标要往下降"]
)
def test_what_is_to_come_down_are_the_rows_that_fall_and_not_all(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.answer.startswith("2024年比2020年下降的指标共2项")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("清华大学的专家是谁", ["王光谦"]),
        ("北大能源研究院的专家有哪些", ["金之钧", "杨雷"]),
        ("中科院的专家有哪些", ["王光谦", "金之钧", "傅伯杰", "李灿", "刘毅", "拓万全"]),
    ],
)
def test_an_institution_is_known_by_its_short_name(assistant: Assistant, question: str, names: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert f"共{len(names)}位" in answer.answer
    assert all(name in answer.answer for name in names)


def test_an_abbreviation_is_told_by_the_sentence_that_spells_it_out(assistant: Assistant) -> None:
    assert "碳捕获、利用与封存（简称CCUS）" in assistant.ask("CCUS是啥意思").answer.split("\n")[0]
