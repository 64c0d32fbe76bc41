"""A question that asks two things is answered twice, each half with its own evidence; a remark asks nothing."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind

# question | what both halves must say
HALVES = """
R&D经费支出占GDP比重由哪个局负责？2024年目标是多少 | 科技局 | 1.8
煤制烯烃每年产多少？建在哪个开发区 | 400万吨 | 苏里格
绿氢产业项目，打算投资多少，由谁牵头 | 170.58亿元 | 能源局
重点高耗能行业节能降耗工程谁牵头、哪几家配合 | 能源局 | 发改委
绿氢产业项目由谁牵头？投资额也给我 | 能源局 | 170.58亿元
城乡居民基本养老保险参保率要提高几个百分点？由谁负责 | 0.6个百分点 | 人社局
国家水土保持重点建设项目治理面积是多少，工期多长 | 365平方公里 | 2022-2023
国家水土保持重点建设项目治理面积和投资各报一下 | 365平方公里 | 1.83亿元
库布齐“两山”实践光伏发电基地项目的装机和投资 | 1000万千瓦 | 90.0亿元
国土绿化项目的面积和投资是多少 | 40万亩 | 3亿元
高标准农田累计要建成多少万亩？另外农牧业高效节水建设项目的建设时间和投资额也告诉我 | 340万亩 | 16.5亿元
全社会R&D投入强度到2024年要多少？指标表上2020年的底子是多少 | 1.8% | 0.81%
加强野生动植物栖息地保护的工程由谁牵头，责任单位有哪些 | 市林草局 | 责任单位是市生态环境局
专家名单里谁是中国工程院院士，什么职务 | 王浩 | 水资源研究所名誉所长
风光氢储新能源倍增工程由谁牵头，附件里列了哪些项目，加起来多少钱 | 牵头部门是市能源局 | 260.58亿元
能源局牵头的项目有几个，建设地点是哪里 | 共7个 | 杭锦旗
"""
REMARKS = """
绿氢产业项目由谁牵头？我要写个材料，请简要回答。
领导急着要，麻烦查一下绿氢产业项目由谁牵头
"""


@pytest.mark.parametrize("line", HALVES.strip().splitlines())
def test_both_halves_are_answered(assistant: Assistant, line: str) -> None:
    question, first, second = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)

    assert answer.kind in (AnswerKind.LOOKUP, AnswerKind.MIXED)
    assert first in answer.answer and second in answer.answer
    assert all(f"[{citation.index}]" in answer.answer for citation in answer.citations)


@pytest.mark.parametrize("question", REMARKS.strip().splitlines())
def test_a_remark_beside_the_question_asks_nothing(assistant: Assistant, question: str) -> None:
    assert "能源局" in assistant.ask(question).answer.splitlines()[0]


def test_what_one_answer_holds_already_is_not_said_in_pieces(assistant: Assistant) -> None:
    answer = assistant.ask("绿氢产业项目由谁牵头？投资多少？")

    assert len(answer.citations) == 1
    assert "能源局" in answer.answer and "170.58亿元" in answer.answer


def test_a_clause_that_nothing_answers_is_said_to_be_missing(assistant: Assistant) -> None:
    answer = assistant.ask("绿氢产业项目由谁牵头，投资多少，施工单位又是哪家")

    assert "能源局" in answer.answer and "170.58亿元" in answer.answer
    assert "没有提到“施工单位”" in answer.answer
    assert answer.missing == ("施工单位",)


def test_a_comparison_in_two_clauses_is_one_question(assistant: Assistant) -> None:
    answer = assistant.ask("绿氢产业项目和煤制烯烃的投资谁高，高多少")

    assert "低105.42亿元" in answer.answer.splitlines()[0]


def test_the_year_of_the_last_clause_is_asked_of_what_the_first_calls_otherwise(assistant: Assistant) -> None:
    """The row is found by a synonym (研发经费): its own words alone would fit another row as well."""
    answer = assistant.ask("研发经费占GDP的比重，2020年是多少，2024年要到多少")

    assert "2020年为0.81%" in answer.answer
    assert "2024年为1.8%" in answer.answer
    assert "生态保护" not in answer.answer


def test_a_size_asked_for_beside_a_column_is_told_by_the_cell_that_states_it(assistant: Assistant) -> None:
    answer = assistant.ask("种沙棘减沙的那个工程，计划投多少钱，种多大面积")

    assert "0.71亿元" in answer.answer
    assert "216平方公里" in answer.answer


def test_a_small_part_of_the_first_clause_is_no_subject_of_the_second(assistant: Assistant) -> None:
    """园区 calls a row of another table, 园区产值能力."""
    answer = assistant.ask("零碳示范园区拿哪个园区做试点，低碳示范园区又是哪个")

    assert "鄂托克经济开发区" in answer.answer
    assert "园区产值能力" not in answer.answer


# question | what the answer says of each | what is missing
SHORT = """
国家水土保持重点建设项目的建设时间？治理面积？ | 2022-2023 365平方公里 |
高标准农田累计建多少？秸秆、粪污两个利用率呢？ | 340万亩 90%以上 87%以上 |
秸秆综合利用率到2024年多少？畜禽粪污呢？ | 87%以上 90%以上 |
绿氢产业项目由谁牵头？煤制烯烃？ | 能源局 工信局 |
绿氢产业项目由谁牵头？施工单位？ | 能源局 | 施工单位
绿氢产业项目投资多少？资金来源？ | 170.58亿元 | 资金来源
现代煤化工产能达到多少？联系电话？ | 2500万吨 | 联系电话
博士能申请多少科研启动资金？硕士呢？ | 10-30万元 | 硕士
博士能申请多少科研启动资金？什么条件？期限？ | 10-30万元 具备科研条件 | 期限
领导小组双组长由谁担任？副组长？ | 市委书记 | 副组长
"""


@pytest.mark.parametrize("line", SHORT.strip().splitlines())
def test_a_short_question_behind_a_question_mark_is_answered_or_named(assistant: Assistant, line: str) -> None:
    question, said, missing = (part.strip() for part in line.split("|"))
    answer = assistant.ask(question)
    told = "\n".join(line for line in answer.answer.splitlines() if not line.startswith("原文"))

    assert all(one in told for one in said.split())
    assert answer.missing == tuple(missing.split())


@pytest.mark.parametrize(
    "question", ["2024年要控制在多少，城镇登记失业率？", "绿氢产业项目由谁牵头？谢谢！", "绿氢产业项目？由谁牵头？"]
)
def test_what_a_question_is_about_or_a_courtesy_asks_nothing_more(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert len(answer.answer.splitlines()[0]) > 1
    assert answer.missing == ()


BESIDE_A_COMPARISON = """
技术市场成交额谁负责？四年要从多少增长到多少？ | 市科技局 4.8亿元
绿氢产业项目由谁牵头，和煤制烯烃投资相差多少 | 能源局 105.42亿元
绿氢产业项目建在哪里，和煤制烯烃哪个投资大 | 全市9个旗区 276亿元
技术市场成交额的单位是什么，2024年比2020年提高多少 | 计量单位 4.8亿元
能源局牵头的项目比水利局牵头的项目投资多多少，水利局牵头几个项目 | 1472.47亿元 共9个
"""


@pytest.mark.parametrize("line", BESIDE_A_COMPARISON.strip().splitlines())
def test_what_is_asked_beside_a_comparison_is_told_too(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    told = assistant.ask(question).answer

    assert all(one in told for one in said.split())


CLAIMS = """
城镇登记失业率2024年要压到3.02%以下，责任单位是人社局，对吗？ | <4.5% 市人社局
城镇登记失业率2024年低于4.5%，责任单位是科技局，对吗？ | 是。 不是。 科技局
到2024年累计建成430万亩高标准农田，灌溉水系数提到0.59，这两个数都没错吧？ | 340万亩 0.59
"""


@pytest.mark.parametrize("line", CLAIMS.strip().splitlines())
def test_each_of_several_claims_is_looked_at(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    told = assistant.ask(question).answer

    assert all(one in told for one in said.split())


LEANING = """
苏里格经济开发区上的是什么项目？产能规模和建设年限呢？ | 煤制烯烃 400万吨 2022-2025
投资最大的项目是哪个？由谁牵头？建在哪里？ | “光伏+生态治理” 能源局 达拉特旗
哪个局牵头的项目最多？一共投资多少？ | 水利局，9个 68.65亿元
风光氢储新能源倍增工程下面有哪些项目，总投资多少？其中绿氢产业项目占多少？ | 260.58亿元 65.46%
水资源集约高效利用行动的7个项目中哪个投资最大？占该行动投资的比例是多少？ | 农牧业高效节水 50.97%
建设时间从2021年起算的项目有哪几个？其中哪个投资最大？三者合计多少？ | 共3个 7.75亿元 12.05亿元
专家名单上共有几位专家？其中几位是院士，分别是谁？ | 共10位 共5位
五大行动分别包含几项重点工程？加起来是24项吗？ | 提质增效行动6个
哪个行动投资最多，哪个最少，差多少 | 1441.63亿元 17亿元 1424.63亿元
"""


@pytest.mark.parametrize("line", LEANING.strip().splitlines())
def test_a_clause_leans_on_what_the_clauses_before_are_answered_by(assistant: Assistant, line: str) -> None:
    question, said = (part.strip() for part in line.split("|"))
    told = assistant.ask(question).answer

    assert all(one in told for one in said.split())


@pytest.mark.parametrize(
    ("question", "never"),
    [
        # 它 is what the sentence says, and not the work around it.
        ("示范区日常工作由哪个机构负责？它归谁管？", "“强化组织领导，明确责任主体”的牵头部门"),
        # A group is compared with a group.
        ("五大行动的投资合计各是多少，哪个行动最多、哪个最少，两者差多少亿元？", "405.9亿元"),
        # 工程6处 counts, and is no work of that number.
        ("防风固沙面积是1556.3平方公里、引洪放淤工程6处，是不是？", "不是"),
        # What a place gets of a sum stands nowhere.
        ("“光伏+生态治理”项目的406亿元里，达拉特旗分到多少亿元？", "406.0亿元"),
    ],
)
def test_a_clause_is_told_nothing_of_another_thing(assistant: Assistant, question: str, never: str) -> None:
    assert never not in assistant.ask(question).answer
