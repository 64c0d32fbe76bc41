"""A question that asks several things is answered as far as the documents go, and says what they lack."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind, Citation
from assistant.respond.parts import join_answers
from assistant.understand.parts import of_each_thing, without

_CITED = Citation(1, "某方案", "plan", "正式", (), "一", "新建3座。", 0, 5)
HALVES = """
绿氢产业项目由谁牵头，施工单位又是哪家？ | 能源局 | 施工单位
人均预期寿命2024年和2030年的目标分别是多少 | 76.8 | 2030
黄河流域淤地坝建设项目的计划投资和实际到位资金各多少 | 6.59亿元 | 实际到位
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in HALVES.strip().splitlines()]


@pytest.mark.parametrize(("question", "stated", "missing"), ROWS)
def test_the_half_that_is_stated_is_answered_and_the_other_is_named(
    assistant: Assistant, question: str, stated: str, missing: str
) -> None:
    answer = assistant.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert stated in answer.answer
    assert any(missing in part for part in answer.missing)


def test_a_later_clause_is_asked_of_the_value_that_the_first_names(assistant: Assistant) -> None:
    answer = assistant.ask("市水利局一共负责几项指标、牵头几个项目？")
    assert "共4项" in answer.answer
    assert "共9个" in answer.answer
    assert [c.index for c in answer.citations] == list(range(1, 14))


def test_a_later_clause_is_asked_of_the_row_of_the_first_whatever_it_is_called_there(assistant: Assistant) -> None:
    answer = assistant.ask("研发经费占GDP比重2024年目标多少，归哪个局")

    assert "责任单位：市科技局" in answer.answer
    assert "生态保护和环境治理投资" not in answer.answer


def test_a_part_that_asks_whether_something_is_so_is_not_dropped(assistant: Assistant) -> None:
    answer = assistant.ask("绿氢和煤制烯烃这两个项目各投多少钱？是不是都由能源局牵头").answer

    assert "170.58亿元" in answer
    assert "不是。“煤制烯烃”的牵头责任单位是工信局。" in answer


def test_a_question_whose_first_clause_is_not_answered_is_refused_whole(assistant: Assistant) -> None:
    assert assistant.ask("绿氢产业项目的施工单位是谁，由谁牵头？").kind is AnswerKind.REFUSAL


def test_a_passage_that_does_not_speak_of_the_subject_is_no_part_of_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("十大孔兑综合治理项目在哪几个旗，啥时候完工，哪家施工？")
    assert "施工图" not in answer.answer


def test_a_condition_is_never_dropped_with_what_is_missing() -> None:
    assert without("请罗列由甲局牵头、计划投资在5亿元以上的项目", ("罗列",)) == ""
    assert without("甲市和乙市2020年的失业率", ("乙市",)) == "甲市2020年的失业率"


def test_agencies_that_act_together_are_not_answered_one_by_one(assistant: Assistant) -> None:
    assert assistant.ask("能源局和工信局共同牵头的项目有几个").kind is AnswerKind.REFUSAL
    assert assistant.ask("水利局和公安局联合牵头的项目有哪些").kind is AnswerKind.REFUSAL
    assert "共1项" in assistant.ask("哪些指标由市财政局和市生态环境局共同负责").answer


@pytest.mark.parametrize(
    ("text", "missing"), [("甲局、乙局项目之外的前三名", "之外"), ("甲县和乙县两个县都有的项目", "两个县")]
)
def test_what_limits_the_whole_is_none_of_two_things(text: str, missing: str) -> None:
    assert without(text, (missing,)) == ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("专家名单中有多少位专家，其中院士几位", ("共10位", "共5位")),
        ("指标表一共多少项指标？其中社会进步指标有几项", ("共36项", "共9项")),
    ],
)
def test_of_a_count_and_a_part_of_it_both_are_told(assistant: Assistant, question: str, said: tuple[str, str]) -> None:
    text = assistant.ask(question).answer

    assert all(one in text for one in said)


# question | what is told | what is missing
OF_EACH = """
高新技术企业培育行动，到2024年高企和科技型中小企业各要达到几家？ | 250家 280家 |
围堤和连通渠各新建多少公里？ | 54.376km 11.78km |
国家重点实验室和研发机构各要建多少个？ | 2个 240个 |
现代煤化工产能和高标准农田各达到多少？ | 2500万吨 340万亩 |
下游平原区的堤防新建多少公里？加固多少公里？ | 41.3公里 132.4公里 |
博士和硕士分别能申请多少科研启动资金？ | 10-30万元 | 硕士
研发机构和人才团队各达到多少个？ | 240个 50个 |
能源局和水利局各牵头几个项目？ | 共7个 共9个 |
"""


@pytest.mark.parametrize("line", OF_EACH.strip().splitlines())
def test_the_figure_of_each_thing_is_told_or_the_thing_is_named(assistant: Assistant, line: str) -> None:
    question, said, missing = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)
    told = "\n".join(line for line in answer.answer.splitlines() if not line.startswith("原文"))

    assert all(one in told for one in said.split())
    assert answer.missing == tuple(missing.split())


@pytest.mark.parametrize("question", ["中央、自治区和市级财政各分担多少？", "农业和工业各用水多少？"])
def test_a_part_of_two_things_is_no_answer_where_any_sentence_has_it(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


def test_what_is_asked_of_two_places_by_one_name_is_not_asked_of_each_alone() -> None:
    assert of_each_thing("甲市和乙市2020年的失业率各是多少") == {}
    assert of_each_thing("各旗区和园区有多少") == {}
    assert of_each_thing("甲企业和乙企业各要达到几家") == {
        "甲企业": "甲企业要达到几家",
        "乙企业": "乙企业要达到几家",
    }


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("绿色矿山工程由谁牵头？煤制烯烃项目投资多少？", ("市自然资源局", "276亿元")),
        ("碳汇能力巩固提升工程的责任单位是谁，表里那个火电灵活性改造项目是哪几年建？", ("市生态环境局", "2022-2024")),
        ("水利局负责哪些指标，牵头几个项目？", ("共4项", "共9个")),
        ("王光谦是什么身份？另外，周海林是哪个单位的？", ("清华大学副校长", "副秘书长")),
        ("王光谦是什么身份？顺便问一下，周海林是哪个单位的？", ("清华大学副校长", "副秘书长")),
        ("火电灵活性改造项目和碳排放监测项目分别由谁牵头、各要投多少？", ("146.27亿元", "0.51亿元")),
    ],
)
def test_a_later_clause_that_names_its_rows_asks_of_those(
    assistant: Assistant, question: str, said: tuple[str, str]
) -> None:
    answer = assistant.ask(question).answer

    assert all(part in answer for part in said)


def test_what_parts_tell_stands_before_what_they_quote() -> None:
    one, other = (
        Answer("", "", AnswerKind.PASSAGE, f"{said}。[1]\n\n原文：“{said}。”[1]\n\n依据：一。", citations=(_CITED,))
        for said in ("新建3座", "加固5座")
    )

    joined = join_answers([one, other], "", "")

    assert joined is not None
    told, *shown = joined.answer.split("\n\n")
    assert told == "新建3座[1]；加固5座[1]。"
    assert shown == ["原文：“新建3座。”[1]", "依据：一。", "原文：“加固5座。”[1]"]
    assert len(joined.citations) == 1  # one place is cited once


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("现代煤化工产能目标是多少，牵头的是工信局还是能源局？", ("2500万吨", "市工信局")),
        ("城镇登记失业率和基本养老保险参保率2020年是多少，责任单位是哪家？", ("3.02", "92.4", "市人社局")),
        ("黄河流域淤地坝建设项目干到哪一年，它一共要投多少、具体建多少座？", ("2025", "6.59亿元", "296座")),
        ("沙棘减沙工程种多少平方公里、在哪儿种？顺便说下水土流失综合治理工程谁牵头。", ("216", "杭锦旗", "市水利局")),
    ],
)
def test_no_part_of_a_question_is_dropped_in_silence(
    assistant: Assistant, question: str, said: tuple[str, ...]
) -> None:
    answer = assistant.ask(question).answer

    assert all(part in answer for part in said)


def test_a_sentence_that_nothing_answers_is_named_beside_what_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("全职博士能申请多少科研启动资金？还有，规上企业的厂房面积是多少？")

    assert "10-30万元" in answer.answer and answer.missing


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("首席科学家是谁？专家咨询委员会里有几位院士？", "共5位", "科学家"),
        ("绿氢产业项目的施工单位是谁？煤制烯烃项目投资多少？", "276亿元", "施工单位"),
        ("呼和浩特的植被覆盖度是多少？鄂尔多斯的植被覆盖度2024年是多少？", "＞70%", "呼和浩特"),
    ],
)
def test_a_sentence_of_its_own_is_told_though_the_one_before_is_not_answered(
    assistant: Assistant, question: str, said: str, missing: str
) -> None:
    answer = assistant.ask(question)

    assert said in answer.answer and any(missing in part for part in answer.missing)


BOTH = """
绿氢产业项目和碳排放监测项目都是能源局牵头吗 | 不是。“碳排放监测项目” | “绿氢产业项目”
黄河流域淤地坝建设项目和绿氢产业项目是不是都由水利局牵头 | 不是。“绿氢产业项目” | “黄河流域淤地坝建设项目”
地下水超采区治理与修复项目和黄河流域淤地坝建设项目都由水利局牵头吗 | 是。“地下水超采区治理与修复项目” | “黄河
王光谦和王浩都是中国科学院院士吗 | “王光谦” | “王浩”
"""


@pytest.mark.parametrize("line", BOTH.strip().splitlines())
def test_what_is_so_of_one_is_not_said_of_both(assistant: Assistant, line: str) -> None:
    question, first, second = (part.strip() for part in line.split("|"))
    paragraphs = assistant.ask(question).answer.split("\n\n")

    assert paragraphs[0].startswith(first)
    assert paragraphs[1].startswith(second)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("水利局牵头几个项目，能源局牵头几个", "含水利局的项目共9个", "含能源局的项目共7个"),
        ("五大行动是哪五个，重点工程几项", "强化荒漠化防治提质增效行动", "共24个"),
    ],
)
def test_parts_that_each_name_their_own_are_told_apart(
    assistant: Assistant, question: str, first: str, second: str
) -> None:
    answer = assistant.ask(question).answer

    assert first in answer
    assert second in answer
