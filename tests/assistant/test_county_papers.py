"""Papers of a county: amounts that fall in ranges of rules, agencies by their usual names, tables as people ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.agency_names import ShortAgencies
from assistant.understand.growth_columns import grows
from corpus.models import ClauseKind
from tests.assistant.conftest import OpenPapers

SAMPLES = Path(__file__).parent.parent / "samples" / "county"


@pytest.fixture(scope="module")
def county(open_papers: OpenPapers) -> Assistant:
    return open_papers(SAMPLES)


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("总投资8000万元的产业项目由谁代办", "县行政审批局指派专人代办", "乡镇"),
        ("总投资2000万元的产业项目由谁代办", "由所在乡镇代办", "行政审批局"),
        ("估算价300万元的合同是不是必须公开招标", "实行竞争性比选", "必须公开招标"),
        ("估算价50万元的合同怎么确定", "由业主集体研究确定", "竞争性比选"),
    ],
)
def test_an_amount_is_told_by_the_part_of_a_clause_in_whose_range_it_falls(
    county: Assistant, question: str, said: str, other: str
) -> None:
    answer = county.ask(question)
    assert answer.kind is AnswerKind.PASSAGE
    head = answer.answer.split("\n")[0]
    assert said in head
    assert other not in head


def test_an_amount_where_two_ranges_meet_is_told_both_parts(county: Assistant) -> None:
    answer = county.ask("估算价400万元的合同是不是必须公开招标").answer
    assert "400万元以上的必须公开招标" in answer
    assert "实行竞争性比选" in answer
    assert "分界上" in answer


def test_an_amount_that_one_of_two_ranges_leaves_out_is_told_by_the_other(county: Assistant) -> None:
    head = county.ask("总投资3000万元的产业项目由谁代办").answer.split("\n")[0]
    assert "县行政审批局" in head
    assert "乡镇" not in head


@pytest.mark.parametrize("question", ["总投资8000万元的养老项目由谁验收", "奖励5000万元的产业项目由谁代办"])
def test_an_amount_that_no_clause_rules_of_is_not_told_by_ranges(county: Assistant, question: str) -> None:
    assert "理解" not in county.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("住建局牵头哪些任务", "路网普查"),
        ("市监局牵头几项任务", "共2"),
        ("人社局配合哪些任务", "桥梁检测"),
        ("消防大队配合哪些任务", "路网普查"),
        ("消防救援大队配合哪些任务", "路网普查"),
        ("城管局要配合做哪几件事", "执法培训"),
        ("市监局牵头的事情分别什么时候干完", "6月底"),
    ],
)
def test_an_agency_is_known_by_the_name_that_everybody_shortens_it_to(
    county: Assistant, question: str, said: str
) -> None:
    answer = county.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer


@pytest.mark.parametrize("question", ["水务局牵头哪些任务", "邻县住建局牵头哪些任务", "市场局牵头哪些任务吗"])
def test_an_agency_that_no_name_is_short_for_is_none(county: Assistant, question: str) -> None:
    assert "县住房城乡建设局”理解" not in county.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("里程最长的项目是哪个", "石埠乡通组路硬化工程（15.6公里）"),
        ("里程最长的两个项目是哪些", "柳坪至石埠公路改建工程（11.4公里）"),
        ("县级配套一共多少", "2000万元"),
        ("石埠乡的项目县里要配套多少钱", "900万元"),
        ("有没有县级配套比省级补助多的项目", "石埠村旅游公路工程"),
        ("主要农产品里产量增长最快的是什么", "茶叶（6.5%"),
        ("哪些农产品减产了", "油料"),
        ("住在南湖社区的孩子上哪所小学", "城南小学"),
        ("石埠乡今年有几个农村公路项目", "共2个"),
    ],
)
def test_what_people_ask_of_a_table_is_read_from_it(county: Assistant, question: str, said: str) -> None:
    answer = county.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer


def test_what_only_holds_a_value_of_a_table_may_be_told_by_the_text(county: Assistant) -> None:
    answer = county.ask("乡道日常养护资金标准是多少")
    assert answer.kind is AnswerKind.PASSAGE
    assert "乡道每年每公里4000元" in answer.answer


def test_a_definition_is_told_whole(county: Assistant) -> None:
    head = county.ask("什么是人才公寓").answer.split("\n")[0]
    assert "是指由县政府筹集、面向人才出租的周转住房" in head


def test_a_grade_that_the_rules_do_not_have_is_missing(county: Assistant) -> None:
    assert "600元" in county.ask("C类人才每月租房补贴多少").answer
    answer = county.ask("E类人才每月租房补贴多少")
    assert answer.kind is AnswerKind.REFUSAL
    assert "E类" in "".join(answer.missing)


def test_no_is_not_read_as_another_word_mistyped(county: Assistant) -> None:
    assert "按“设在”理解" not in county.ask("没在县里买房，能申请购房补贴吗").answer


def test_annexes_of_tables_alone_each_hold_their_own(county: Assistant) -> None:
    document = next(one for one in county.understanding.library.documents if "公路" in one.info.title)
    annexes = [clause.label for clause in document.clauses if clause.kind is ClauseKind.ANNEX]
    assert annexes == ["附件1", "附件2", "附件3"]
    assert county.ask("城南小学招生计划多少人").citations[0].locator.startswith("附件2")


def test_notes_below_the_text_belong_to_no_clause(county: Assistant) -> None:
    document = next(one for one in county.understanding.library.documents if "人才" in one.info.title)
    notes = [clause for clause in document.clauses if clause.path[0] == "注"]
    assert [clause.label for clause in notes] == ["", "1.", "2."]


@pytest.mark.parametrize(
    ("short", "name", "meant"),
    [
        ("住建局", "县住房和城乡建设局", True),
        ("发改委", "县发展和改革委员会", True),
        ("教育局", "县教育体育局", True),
        ("卫生院", "县卫生健康职业学院", False),
        ("项目代办", "县项目代建管理办公室", False),
        ("农业公司", "县农业保险公司", False),
        ("环保局", "县生态环境局", False),
    ],
)
def test_a_short_name_has_first_characters_of_the_words_of_an_agency(short: str, name: str, meant: bool) -> None:
    agencies = ShortAgencies(lambda: [name], lambda: ["另有其文"])
    assert bool(agencies.in_full(f"{short}牵头什么").meant) is meant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("农村居民人均可支配收入增速比城镇居民快多少", "快1.9个百分点"),
        ("2024年农村居民收入增速比城镇居民高几个百分点", "快1.9个百分点"),
        ("三次产业的投资里哪个增长最快", "“第一产业投资”增长12.5%，增速最高"),
        ("出口和进口哪个降得多", "“进口”下降18.2%，降幅最大"),
        ("高新技术企业增加了几家", "增加15家"),
    ],
)
def test_growths_that_sentences_state_are_compared_as_growths(county: Assistant, question: str, said: str) -> None:
    assert said in county.ask(question).answer


def test_what_grew_faster_is_no_difference_of_levels(county: Assistant) -> None:
    assert "18487" not in county.ask("农村居民人均可支配收入增速比城镇居民高多少个百分点").answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("护士岗位招几个人", "招聘人数是10"),
        ("人民医院一共招多少人", "招聘人数合计16"),
        ("哪个岗位招的人最多", "护士"),
        ("有几个岗位要求35周岁以下", "共2个"),
        ("大专学历可以报哪些岗位", "护士"),
        ("HC03是什么岗位", "中药师"),
        ("设备类的年度资金是多少", "合计500"),
        ("影像设备购置今年安排了多少资金", "年度资金是300"),
        ("影像设备购置和检验设备购置的区级财政资金相差多少", "相差100"),
        ("床位使用率2025年目标比2023年实际高多少", "3个百分点"),
        ("2024年门诊人次是多少", "35万人次"),
    ],
)
def test_a_table_of_posts_of_money_and_of_years_is_asked_as_people_ask(
    county: Assistant, question: str, said: str
) -> None:
    answer = county.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        (["内科医师招几个人"], "那护士呢", "招聘人数是10"),
        (["2024年床位使用率是多少"], "2025年的目标呢", "83.5%"),
        (["2024年床位使用率是多少", "2025年的目标呢"], "提高了几个百分点", "提高1.5个百分点"),
        (["2024年粮食产量是多少", "茶叶呢"], "这两个哪个增长得快", "茶叶”的比上年增长6.5%"),
    ],
)
def test_follow_ups_on_tables_of_a_county(county: Assistant, history: list[str], question: str, said: str) -> None:
    assert said in county.ask(question, history).answer


def test_what_then_is_told_to_the_end_of_the_sentence(county: Assistant) -> None:
    assert "硕士研究生岗位不设开考比例" in county.ask("报名人数达不到3比1怎么办").answer.split("\n")[0]


def test_who_may_is_not_told_of_another_party(county: Assistant) -> None:
    assert county.ask("公务员可以申请购房补贴吗").kind is AnswerKind.REFUSAL


def test_the_name_of_a_person_is_not_told_by_a_post(county: Assistant) -> None:
    assert "购房补贴由" in county.ask("购房补贴由谁审核").answer


def test_a_column_of_growth_answers_for_its_own_measure_alone() -> None:
    assert grows("税收同比增长") == "税收"
    assert grows("比上年增长（%）") == ""
