"""Whether two places of a document agree is seen when it is asked, in names, counts, cells and ways of saying."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from tests.assistant.conftest import OpenPapers

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "agreeing"


@pytest.fixture(scope="module")
def office(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES)


def ask(office: Assistant, question: str) -> tuple[str, int]:
    """Return the answer of the document that the question is about, by its first word, and its conflicts."""
    title, _, asked = question.partition(" ")
    (name,) = (document.info.id for document in office.documents if title in document.info.title)
    answer = office.ask(asked, documents=[name])
    for citation in answer.citations:
        (document,) = (one for one in office.documents if one.info.id == citation.document_id)
        assert document.text[citation.start : citation.end] == citation.quote
    return answer.answer, len(answer.conflicts)


# document and question | what the first line says
DIFFER = """
医疗 县域内就诊率，目标任务那一节和县医院门诊楼扩建工程里写岔了没有？ | 不一致 90% 92%
医疗 县域内就诊率按90%算还是按92%算？ | 不一致 90% 92%
医疗 青河急救那个区域中心，目标任务和健全急救体系那部分叫法统一吗？ | 不一致 青河区域急救指挥中心 青河区域急救调度中心
医疗 到底叫急救指挥中心还是急救调度中心？ | 不一致 青河区域急救指挥中心 青河区域急救调度中心
医疗 县医院门诊楼那个工程，正文和项目表的名称是不是一样？ | 不一致 门诊楼扩建工程 门诊楼改建工程
医疗 全县到底按12个乡镇算还是按13个乡镇算？ | 不一致 全县12个乡镇 全县13个乡镇
医疗 方案里写着5项工程，实际列出来的是几项？ | 不一致 5项工程 4项
医疗 乡镇卫生院标准化改造工程的建设地点和建设内容里的乡镇对得上吗？ | 不一致 红石镇
职业教育 智能制造产教融合的那个组织，第一条和第三条叫法一样吗？ | 不一致 产教融合共同体 产教融合联盟
职业教育 “五个一”计划实际列了几项，数对得上吗？ | 不一致 五个一 4项
"""


@pytest.mark.parametrize("row", DIFFER.strip().splitlines())
def test_what_two_places_write_otherwise_is_shown_from_both(office: Assistant, row: str) -> None:
    question, said = (part.strip() for part in row.split("|"))
    answer, conflicts = ask(office, question)
    assert [word for word in said.split() if word not in answer.splitlines()[0]] == []
    assert conflicts == 1


AGREE = """
医疗 每千人口执业医师数正文和指标表是不是写岔了？ | 一致 3.2人
医疗 乡镇卫生院标准化改造工程在正文和项目表里名称统一吗？ | 一致 乡镇卫生院标准化改造工程
医疗 巡回医疗车采购项目的建设地点和建设内容写的乡镇一致不一致？ | 一致 柳林乡 高桥乡
职业教育 四大产业列了几个？和数字对得上吗 | 一致 4项
职业教育 3项改革试点列出来的数目对得上吗？ | 一致 3项
"""


@pytest.mark.parametrize("row", AGREE.strip().splitlines())
def test_what_agrees_is_said_to_agree(office: Assistant, row: str) -> None:
    question, said = (part.strip() for part in row.split("|"))
    answer, conflicts = ask(office, question)
    assert [word for word in said.split() if word not in answer] == []
    assert "不一致" not in answer
    assert conflicts == 0


def test_which_place_prevails_is_said_to_be_open(office: Assistant) -> None:
    answer, conflicts = ask(office, "医疗 县域内就诊率正文和指标表以哪个为准？")
    assert conflicts == 1
    assert "没有写明以哪一处为准" in answer


@pytest.mark.parametrize(
    "question",
    [
        "职业教育 专项资金到底是2000万元还是3000万元？",
        "职业教育 实训设备补助比例到底是30%还是50%？",
        "职业教育 智能制造产教融合联盟还是现代物流产教联合体吸纳企业50家以上？",
        "医疗 青山镇还是红石镇改造卫生院？",
        "医疗 急救队伍是15支还是20支，前后一致吗？",
    ],
)
def test_two_things_or_a_value_that_no_place_has_are_no_conflict(office: Assistant, question: str) -> None:
    assert ask(office, question)[1] == 0


def test_an_ordinary_question_hears_of_no_likeness(office: Assistant) -> None:
    answer, conflicts = ask(office, "医疗 县医院门诊楼扩建工程由谁牵头？")
    assert "县卫健局" in answer
    assert conflicts == 0


# question on the plan | what the first line says
PLAN = """
“科技兴蒙”重大专项写着“6大工程”，实际列了几项？数对得上吗？ | 不一致 6大工程 5项
疏干水综合利用项目的建设地点和建设内容写的旗区对得上吗？ | 不一致 达拉特旗 东胜区
荒漠化那个国际中心，目标部分和工程22里的名字是不是不统一？ | 不一致 荒漠化治理技术创新中心 荒漠化治理研究中心
第3项工程到底叫退化草地还是退化草原生态修复治理工程？ | 不一致 退化草地生态修复治理 退化草原生态修复治理
"""


@pytest.mark.parametrize("row", PLAN.strip().splitlines())
def test_the_plan_is_read_by_the_same_rules(assistant: Assistant, row: str) -> None:
    question, said = (part.strip() for part in row.split("|"))
    answer = assistant.ask(question)
    assert [word for word in said.split() if word not in answer.answer.splitlines()[0]] == []
    assert answer.kind is AnswerKind.LOOKUP
    assert len(answer.conflicts) == 1


@pytest.mark.parametrize(
    "question",
    ["鄂托克旗还是鄂托克前旗的项目多？", "黄河几字弯文化旅游带建设项目和特色文化创作项目的建设时间一致吗？"],
)
def test_what_is_asked_of_two_things_is_no_question_of_places(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.conflicts
    assert "说法一致" not in answer.answer


def test_a_cell_that_names_fewer_places_contradicts_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("农牧业高效节水建设项目的建设地点和建设内容里的旗区是否一致？")
    assert "不相矛盾" in answer.answer
    assert not answer.conflicts


def test_a_list_asked_for_in_full_is_no_comparison_of_names(assistant: Assistant) -> None:
    answer = assistant.ask("请把专家咨询委员会的人员名字全部列出来")

    assert answer.answer.startswith("专家名单的专家共10位")


@pytest.mark.parametrize(
    "question",
    [
        "地下水超采区的治理地点，正文和项目表有什么出入",
        "超采区治理涉及的地方，正文跟项目表列的有什么出入",
        "要治理的地下水超采区，正文讲的和项目表列的地方一致吗",
    ],
)
def test_the_places_that_the_text_and_a_row_list_are_compared(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert "两处不一致" in answer.answer.split("。")[0]
    assert "表中比正文多写了鄂托克旗赛乌素、达拉特旗树林召（2处）" in answer.answer
    assert len(answer.citations) == 2
    assert answer.conflicts
