"""What of a passage is told first, and what a question bounds, denies or adds up without asking for a computation.

The document is tests/samples/rules/green.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


def first(assistant: Assistant, question: str) -> str:
    """Return the first line of the answer, which must be a passage."""
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.PASSAGE, answer.answer
    return answer.answer.partition("\n")[0]


# question | all that is told
WHOLE = """
东洼片区怎么整治 | 清理河道淤泥，修建生态护岸，拆除沿岸违建
在临港新城做什么 | 在临港新城建设低碳园区2个，由市发改委负责
为什么推行封坡育草 | 为了减少水土流失，推行封坡育草
在哪里建设低碳园区 | 在临港新城建设低碳园区2个，由市发改委负责
建设几个低碳园区，由谁负责 | 在临港新城建设低碳园区2个，由市发改委负责
什么样的河岸算生态护岸 | 本方案所称生态护岸，是指以植物和石笼为主、能够透水的河岸
"""


@pytest.mark.parametrize(("question", "told"), cases(WHOLE))
def test_contents_ways_reasons_places_meanings_and_two_things_are_told_the_whole_sentence(
    green: Assistant, question: str, told: str
) -> None:
    assert told in first(green, question)


def test_one_thing_is_told_alone(green: Assistant) -> None:
    told = first(green, "在临港新城建设什么")

    assert "低碳园区2个" in told
    assert "由市发改委负责" not in told


def test_a_figure_asked_for_is_a_figure_and_no_year(green: Assistant) -> None:
    assert "30个" in first(green, "示范点覆盖多少个村庄")


def test_of_several_dates_the_one_beside_the_word_asked_about_is_told(green: Assistant) -> None:
    assert first(green, "东洼片区整治什么时候完工") == "2024年9月底。[1]"
    assert first(green, "东洼片区整治什么时候启动前期工作").startswith("2023年4月")


# question | the bound that answers
BOUNDED = """
每处泵站最少配备几人 | 不少于2人
新增湿地面积最少多少万亩 | 2万亩以上
最晚哪一年完成植树造林 | 到2025年
"""


@pytest.mark.parametrize(("question", "bound"), cases(BOUNDED))
def test_a_least_or_latest_that_bounds_what_is_asked_is_explained_by_a_bound(
    green: Assistant, question: str, bound: str
) -> None:
    assert bound in first(green, question)


@pytest.mark.parametrize(("question", "missing"), [("哪处泵站配备人员最少", "最少"), ("哪处泵站的人员最多", "最多")])
def test_which_has_the_least_or_most_is_computed_and_so_refused(green: Assistant, question: str, missing: str) -> None:
    answer = green.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert missing in answer.missing


def test_what_is_told_beside_something_is_no_denial_of_it(green: Assistant) -> None:
    assert "科普研学" in first(green, "除观鸟外还可以开展什么")
    assert "科普研学" in green.ask("观鸟之外还可以开展什么").answer


def test_what_is_not_allowed_is_explained_by_what_is_forbidden(green: Assistant) -> None:
    assert "禁止在保护区内捕鱼" in first(green, "保护区内不允许做什么")
    assert green.ask("封坡育草不允许做什么").kind is AnswerKind.REFUSAL


def test_how_many_there_are_altogether_is_no_sum(green: Assistant) -> None:
    assert "15座" in first(green, "一共建设多少座充电站")


@pytest.mark.parametrize("question", ["植树造林和供水管道一共多少", "植树造林和湿地面积一共多少万亩"])
def test_several_things_altogether_are_a_sum_that_one_figure_does_not_answer(green: Assistant, question: str) -> None:
    assert green.ask(question).kind is AnswerKind.REFUSAL


def test_a_duration_answers_how_long_but_no_year(green: Assistant) -> None:
    assert "三年" in first(green, "旧桥改造要多久")
    refused = green.ask("旧桥改造哪一年完成")
    assert refused.kind is AnswerKind.REFUSAL
    assert "哪一年" in refused.missing


def test_items_that_run_on_behind_what_announces_them_belong_to_it(green: Assistant) -> None:
    answer = green.ask("完善哪些制度")

    assert "共3项" in answer.answer
    assert [citation.quote for citation in answer.citations[1:]] == [
        "一是建立湖长巡查制度。",
        "二是建立生态补偿制度。",
        "三是建立信息公示制度。",
    ]


def test_items_end_with_the_clause_that_announces_them(green: Assistant) -> None:
    assert "资金保障" not in green.ask("完善哪些制度").answer


@pytest.mark.parametrize("question", ["云湖市怎么发展", "绿色发展行动有什么意义"])
def test_a_title_answers_nothing(green: Assistant, question: str) -> None:
    title = green.documents[0].info.title

    assert all(title not in citation.quote for citation in green.ask(question).citations)


def test_a_noun_asked_what_it_is_stands_by_itself_in_what_is_told(green: Assistant) -> None:
    assert "以“清水入湖、绿岸惠民”为主题" in first(green, "湖泊行动的主题是什么")


@pytest.mark.parametrize("question", ["云湖C++怎么加强组织领导", "淘汰落后abc++机组怎么做", "绿色发展(*行动怎么开展"])
def test_marks_of_patterns_in_a_question_are_characters(green: Assistant, question: str) -> None:
    assert green.ask(question).answer


def test_who_does_something_is_not_replaced_by_a_body_that_stands_beside(rivers: Assistant) -> None:
    assert "村民代表" in first(rivers, "巡河员由谁担任")
    assert "建设单位" in first(rivers, "沿岸建筑垃圾由谁清运")


def test_who_is_in_charge_is_left_out_where_it_is_not_asked(rivers: Assistant) -> None:
    assert first(rivers, "新建什么堤防") == "新建堤防12公里。[1]"


def test_what_says_more_than_who_is_in_charge_stays(rivers: Assistant) -> None:
    assert "执法艇6艘" in first(rivers, "渔政执法开展什么和配备什么")


@pytest.mark.parametrize(
    ("question", "said"), [("观测站什么时候建成", "2025年10月"), ("观测站什么时候投入运行", "2026年3月")]
)
def test_of_three_dates_the_one_of_what_is_asked_is_told(rivers: Assistant, question: str, said: str) -> None:
    assert said in first(rivers, question)
    assert "2025年4月" not in first(rivers, question)


def test_what_is_something_is_told_by_the_sentence_that_says_it_and_not_by_a_longer_word(green: Assistant) -> None:
    assert "清水入湖" in first(green, "湖泊行动的主题是什么")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("深入挖掘文化价值，要着力研究哪几种文化", "着力研究河套文化、朱开沟文化、青铜文化等"),
        ("零碳产业园靠哪几家龙头公司撑场面", "在清洁能源、新材料、新型装备制造等领域，围绕远景动力"),
    ],
)
def test_things_asked_for_are_told_without_the_heading_before_them(
    assistant: Assistant, question: str, told: str
) -> None:
    assert first(assistant, question).startswith(told)


def test_a_purpose_is_told_the_whole_sentence(assistant: Assistant) -> None:
    assert "智力支撑" in first(assistant, "成立专家咨询委员会、设立首席科学家是为了什么")


def test_a_figure_asked_for_by_its_noun_is_that_of_the_noun(assistant: Assistant) -> None:
    assert "500万元奖补" in first(assistant, "规上企业“三清零”行动项目中，研发投入达标的规模以上企业最高能拿多少奖补")


def test_of_two_things_asked_for_each_both_are_told(assistant: Assistant) -> None:
    told = first(assistant, "十大孔兑上游丘陵沟壑区新建和除险加固的淤地坝各是多少座")
    assert "147座" in told
    assert "94座" in told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("生态富民工程提出的多种利益联结方式以什么为基本模式", "公司+基地+农牧户"),
        ("水土流失综合治理工程在中游风沙区重点实施哪些内容", "引洪放淤工程6处"),
        ("地下水实行的“双控”控制的是什么", "地下水取水总量和水位“双控”制度"),
    ],
)
def test_a_detail_of_a_work_is_told_by_its_sentence_and_not_by_all_that_the_work_is(
    assistant: Assistant, question: str, told: str
) -> None:
    assert told in first(assistant, question)


def test_of_several_figures_the_extreme_asked_for_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("规上企业“三清零”项目对达标企业的研发奖补最高是多少")

    assert "最高500万元" in answer.answer.split("。")[0]


def test_the_year_may_stand_anywhere_in_the_question(assistant: Assistant) -> None:
    assert "240个以上" in assistant.ask("自治区级以上研发机构到2024年要达到多少个").answer


def test_so_many_things_asked_what_they_mean_are_told(assistant: Assistant) -> None:
    answer = assistant.ask("总体思路里说的两大瓶颈问题指什么")

    assert "资源型产业链条短" in answer.answer.split("。")[0]
