"""Papers of one office: units noted above tables, rows that are ranges, what each says of one thing, and where."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import Answer, AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder

PLAN = """# 白水县渔业振兴三年方案

（征求意见稿）

一、主要任务

加固码头，改善冷链，推进渔港建设。

白水县渔业振兴项目表

| 序号 | 项目名称 | 计划投资（亿元） | 牵头单位 |
|---|---|---|---|
| 1 | 东塘码头加固项目 | 1.2 | 县水利局 |
| 2 | 西塘冷链中心项目 | 0.8 | 县商务局 |
| 3 | 渔政执法船购置项目 | 0.3 | 县农业农村局 |
"""

PROJECTS = """白水县人民政府办公室文件

白政办发〔2023〕7号

白水县人民政府办公室关于印发《白水县2023年重点项目计划》的通知

各乡镇人民政府，县直各部门：

《白水县2023年重点项目计划》已经县人民政府同意，现印发给你们。

白水县人民政府办公室

2023年3月6日

白水县2023年重点项目计划

一、总体安排

全年安排重点项目3个。项目清单见下表。

白水县2023年重点项目清单

单位：万元

| 序号 | 项目名称 | 总投资 | 责任单位 | 完成率 |
|---|---|---|---|---|
| 1 | 东塘码头加固项目 | 15000 | 县水利局 | 30 |
| 2 | 西塘冷链中心项目 | 8000 | 县供销社 | 45 |
| 3 | 县医院扩建项目 | 26000 | 县卫健局 | 10 |
"""

RULES = """# 白水县老年人福利办法

第一条　为保障老年人权益，制定本办法。

第二条　对80周岁以上老年人发放高龄津贴，标准如下：

高龄津贴标准表

| 年龄 | 标准（元/人·月） | 发放方式 |
|---|---|---|
| 80至89周岁 | 150 | 按月发放 |
| 90至99周岁 | 400 | 按月发放 |
| 100周岁以上 | 1000 | 按月发放 |

第三条　高龄津贴由县民政局发放。渔港所在乡镇参照执行。
"""

REVISED = """# 白水县老年人福利办法（征求意见稿）

第一条　对80周岁以上老年人发放高龄津贴，标准如下：

高龄津贴标准表

| 年龄 | 标准（元/人·月） |
|---|---|
| 80至89周岁 | 180 |
| 90至99周岁 | 400 |

第二条　取得高级工证书的一次性奖励2000元，取得技师证书的一次性奖励4000元。

第三条　60周岁以上老年人每餐补助3元；80周岁以上老年人每餐补助5元。

第四条　全县有养老机构14家，其中公办9家、民办5家。全年计划新建幸福院6个。
"""

FUNDS = """关于下达白水县2024年养老项目资金计划的通知

白发改〔2024〕5号

各单位：

现将白水县2024年养老项目资金计划下达给你们。

白水县发展和改革局　　白水县民政局

2024年4月12日

附表1 白水县2024年养老项目资金计划表

单位：万元

| 序号 | 项目名称 | 总投资 | 资金来源 | 资金来源 | 责任单位 |
|---|---|---|---|---|---|
| 序号 | 项目名称 | 总投资 | 上级资金 | 社会资本 | 责任单位 |
| 一 | 续建项目小计 | 900 | 500 | 400 | |
| 1 | 中心敬老院改造项目 | 500 | 500 | 0 | 县民政局 |
| 2 | 东湖医养中心项目 | 400 | 0 | 400 | 县卫健局 |
| 二 | 新建项目小计 | 300 | 200 | 100 | |
| 3 | 石门幸福院项目 | 300 | 200 | 100 | 县民政局 |
| 合计 | | 1200 | 700 | 500 | |

附表2 任务分解表

| 乡镇（街道） | 老年食堂（个） | 适老化改造（户） |
|---|---|---|
| 白石镇 | 1 | 18 |
| 柳林镇 | 2 | 15 |
| 石门乡 | 0 | 12 |
| 城关街道 | 3 | 26 |
"""

DRAFT, FOR_OLD = "《白水县渔业振兴三年方案》", "《白水县老年人福利办法》"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder, store = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("papers-index")
    for name, text in (("plan.md", PLAN), ("projects.md", PROJECTS), ("rules.md", RULES)):
        (folder / name).write_text(text, encoding="utf-8")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def elders(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder, store = tmp_path_factory.mktemp("elders"), tmp_path_factory.mktemp("elders-index")
    for name, text in (("rules.md", RULES), ("revised.md", REVISED), ("funds.md", FUNDS)):
        (folder / name).write_text(text, encoding="utf-8")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.document_id.split("-")[0] for citation in answer.citations))


def lead(answer: Answer) -> str:
    return answer.answer.split("\n")[0]


def test_a_figure_is_told_in_the_unit_noted_above_its_table(office: Assistant) -> None:
    answer = office.ask("重点项目计划里县医院扩建项目总投资多少")

    assert lead(answer) == "“县医院扩建项目”的总投资是26000万元。[1]"


@pytest.mark.parametrize(
    ("question", "ending"),
    [
        ("东塘码头加固项目总投资多少", "；两个文件所写不同。"),
        ("西塘冷链中心项目总投资多少", "；两个文件写法不同，数值相同。"),
        ("东塘码头加固项目，三年方案和重点项目计划的总投资相差多少", "；两个文件所写不同，相差0.3亿元。"),
        ("东塘码头加固项目，重点项目计划的总投资比三年方案多多少", "；两个文件所写不同，相差0.3亿元。"),
        ("西塘冷链中心项目，三年方案和重点项目计划的总投资一样吗", "；两个文件写法不同，数值相同。"),
    ],
)
def test_figures_of_two_documents_are_compared_in_one_unit(office: Assistant, question: str, ending: str) -> None:
    answer = office.ask(question)

    assert lead(answer).endswith(ending)
    assert cited(answer) == ["plan", "projects"]


def test_the_difference_is_shown_with_the_conversion(office: Assistant) -> None:
    answer = office.ask("东塘码头加固项目，三年方案和重点项目计划的总投资相差多少")

    assert answer.calculation is not None
    assert answer.calculation.expression == "15000万元 = 1.5亿元；1.5 - 1.2 = 0.3亿元"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("90岁老人每月高龄津贴多少", "“90至99周岁”的标准是400元/人·月。"),
        ("85岁的高龄津贴标准是多少", "“80至89周岁”的标准是150元/人·月。"),
        ("103周岁的老人一个月能领多少高龄津贴", "“100周岁以上”的标准是1000元/人·月。"),
    ],
)
def test_a_figure_is_looked_up_in_the_range_that_it_falls_in(office: Assistant, question: str, said: str) -> None:
    answer = office.ask(question)

    assert lead(answer).startswith(said)
    assert "理解。" in answer.answer  # what it was taken for is said


def test_a_range_is_asked_for_in_a_conversation(office: Assistant) -> None:
    for said in ("85岁的呢", "85的呢", "那八十五岁呢"):
        answer = office.ask(said, ["90岁老人每月高龄津贴多少"])
        assert lead(answer).startswith("“80至89周岁”的标准是150元/人·月。")


@pytest.mark.parametrize("question", ["70岁的高龄津贴是多少", "黑水县90岁老人的高龄津贴是多少", "90元的高龄津贴是多少"])
def test_what_no_range_holds_or_no_document_says_is_refused(office: Assistant, question: str) -> None:
    assert office.ask(question).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "said", "documents"),
    [
        ("高龄津贴是哪个文件规定的", f"提到“高龄津贴”的文件共1个：{FOR_OLD}", ["rules"]),
        ("哪些文件提到了渔港", f"提到“渔港”的文件共2个：{DRAFT}（征求意见稿）（1处）", ["plan", "rules"]),
        ("冷链在哪些地方提到", "提到“冷链”的共3处：", ["plan", "projects"]),
        ("县卫健局出现在哪里", "提到“县卫健局”的共1处：", ["projects"]),
    ],
)
def test_where_something_is_said_is_told_in_full(
    office: Assistant, question: str, said: str, documents: list[str]
) -> None:
    answer = office.ask(question)

    assert lead(answer).startswith(said)
    assert cited(answer) == documents


def test_what_no_document_speaks_of_is_found_nowhere(office: Assistant) -> None:
    answer = office.ask("哪个文件提到了飞机场")

    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("飞机场",)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("重点项目计划文号是多少", ["文号是白政办发〔2023〕7号[1]"]),
        ("重点项目计划哪天印发的文号多少", ["成文日期是2023年3月6日[", "文号是白政办发〔2023〕7号["]),
        (
            "2023年重点项目计划谁发的，几号文，哪天",
            ["发文机关是白水县人民政府办公室[", "文号是白政办发〔2023〕7号[", "成文日期是2023年3月6日["],
        ),
        ("三年方案的文号和发文机关是什么", ["没有写明"]),
    ],
)
def test_several_facts_of_a_document_are_told_together(office: Assistant, question: str, said: list[str]) -> None:
    answer = office.ask(question)

    assert all(part in lead(answer) for part in said)
    assert "没有写明" not in answer.answer or said == ["没有写明"]


@pytest.mark.parametrize(
    ("question", "said", "document"),
    [
        ("现行办法85岁的高龄津贴是多少", "“80至89周岁”的标准是150元/人·月。", "rules"),
        ("新稿里85岁的高龄津贴是多少", "“80至89周岁”的标准是180元/人·月。", "revised"),
        ("资金计划里中心敬老院改造项目总投资多少", "“中心敬老院改造项目”的总投资是500万元。", "funds"),
        ("资金计划的文号", "《关于下达白水县2024年养老项目资金计划的通知》的文号是白发改〔2024〕5号", "funds"),
        ("资金计划的文号和日期", "《关于下达白水县2024年养老项目资金计划的通知》的文号是白发改〔2024〕5号", "funds"),
        ("白发改〔2024〕5号是哪个文件", "文件的标题是《关于下达白水县2024年养老项目资金计划的通知》", "funds"),
    ],
)
def test_a_document_is_named_by_what_it_issues_or_as_in_force(
    elders: Assistant, question: str, said: str, document: str
) -> None:
    answer = elders.ask(question)

    assert lead(answer).startswith(said)
    assert cited(answer) == [document]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("续建项目有几个", "属于续建项目的项目共2个。"),
        ("续建项目的总投资合计多少", "属于续建项目的项目共2个，总投资合计900万元。"),
        ("哪些项目有社会资本", "“资金来源·社会资本”超过0万元的项目共2个：东湖医养中心项目[1]、石门幸福院项目[2]。"),
        ("东湖医养中心项目的社会资本是多少", "“东湖医养中心项目”的资金来源·社会资本是400万元。"),
        ("各镇适老化改造一共多少户", "名称以“镇”结尾的乡镇（街道）共2个，适老化改造合计33户。"),
        ("续建项目的责任单位都是县民政局吗", "不是。属于续建项目的项目共2个。"),
    ],
)
def test_subtotals_and_levels_of_headers_are_asked_for(elders: Assistant, question: str, said: str) -> None:
    assert lead(elders.ask(question)).startswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("征求意见稿里60周岁的老年人每餐补助多少", "60周岁以上老年人每餐补助3元。"),
        ("征求意见稿里80周岁的老年人每餐补助多少", "80周岁以上老年人每餐补助5元。"),
        ("征求意见稿里70岁的老年人每餐补助多少", "60周岁以上老年人每餐补助3元。"),
        ("征求意见稿里85岁的老年人每餐补助多少", "80周岁以上老年人每餐补助5元。"),
        ("征求意见稿里取得高级工证书奖励多少", "2000元。"),
        ("征求意见稿里民办养老机构有几家", "民办5家。"),
        ("征求意见稿里公办养老机构有几家", "其中公办9家。"),
    ],
)
def test_of_several_cases_in_a_sentence_the_one_asked_for_is_told(elders: Assistant, question: str, said: str) -> None:
    assert lead(elders.ask(question)).split("[")[0].endswith(said)


@pytest.mark.parametrize(
    "question",
    ["实际建成了几个幸福院", "中心敬老院改造项目补助多少钱", "4000岁的老人奖励多少"],
)
def test_what_only_words_nearby_speak_of_is_refused(elders: Assistant, question: str) -> None:
    assert elders.ask(question).kind is AnswerKind.REFUSAL


def test_the_offices_of_a_signature_are_told_apart(elders: Assistant) -> None:
    answer = elders.ask("资金计划的发文机关是谁")

    assert "发文机关是白水县发展和改革局、白水县民政局[1]" in answer.answer


@pytest.mark.parametrize("question", ["哪里规定资金可以截留", "80岁以上老人高龄津贴多少", "征求意见稿的文号和截止日期"])
def test_what_is_not_so_is_not_found(elders: Assistant, question: str) -> None:
    assert elders.ask(question).kind in (AnswerKind.REFUSAL, AnswerKind.CLARIFY)
