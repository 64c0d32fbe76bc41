"""A rule and its draft, and the plans of two years: which is meant, what differs, and by how much."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder

RULE = """关于印发《白水县产业扶持资金管理办法》的通知

白政办发〔2023〕18号

各有关单位：

现将《白水县产业扶持资金管理办法》印发给你们。

白水县人民政府办公室

2023年5月8日

白水县产业扶持资金管理办法

第一条　扶持资金年度规模不低于3000万元。

第二条　新建冷库库容1000立方米以上的，按每立方米100元给予补助。

第三条　新建连片设施大棚50亩以上的，按每亩2000元给予补助，最高不超过30万元。

第四条　拟扶持项目在县政府网站公示，公示期不少于7个工作日。

第五条　绩效评价抽查项目的比例不低于项目总数的20%。

第六条　乡镇对农业产业化项目按照不低于县级资金10%安排配套。
"""

DRAFT = """# 关于公开征求《白水县产业扶持资金管理办法（修订草案征求意见稿）》意见的公告

征求意见时间为2025年11月3日至2025年12月2日。

白水县财政局

2025年11月3日

# 白水县产业扶持资金管理办法（修订草案征求意见稿）

第一条　扶持资金年度规模不低于4000万元。

第二条　新建冷库库容1000立方米以上的，按每立方米100元给予补助。

第三条　新建连片设施大棚30亩以上的，按每亩2500元给予补助，最高不超过40万元。

第四条　拟扶持项目在县政府网站公示，公示期不少于5个工作日。

第五条　绩效评价抽查项目的比例不低于项目总数的30%。

第六条　企业购买数字化改造服务的，给予最高30万元的一次性奖励。
"""


def plan(year: int, rows: str, total: int) -> str:
    return f"""# 关于印发白水县{year}年重点项目建设计划的通知

一、总体安排

全年安排重点项目。

附表：白水县{year}年重点项目表

| 序号 | 项目名称 | 建设地点 | 总投资（万元） | {year}年计划投资（万元） | 责任单位 | 开工时间 | 竣工时间 |
|---|---|---|---|---|---|---|---|
{rows}|  | 合计 |  | {total} |  |  |  |  |
"""


PLANS = {
    2025: plan(
        2025,
        "| 一 | 农业水利类（2个） |  | 300 | 150 |  |  |  |\n"
        "| 1 | 龙潭水库加固工程 | 龙潭镇 | 100 | 50 | 县水利局 | 2025年3月 | 2026年10月 |\n"
        "| 2 | 东塘码头项目 | 东塘镇 | 200 | 100 | 县交通局 | 2024年9月 | 2026年6月 |\n"
        "| 二 | 社会民生类（1个） |  | 500 | 80 |  |  |  |\n"
        "| 3 | 县医院新院区项目 | 城关镇 | 500 | 80 | 县卫健局 | 2025年6月 | 2027年5月 |\n",
        800,
    ),
    2026: plan(
        2026,
        "| 一 | 农业水利类（2个） |  | 420 | 220 |  |  |  |\n"
        "| 1 | 龙潭水库加固工程 | 龙潭镇 | 120 | 70 | 县水利局 | 2025年3月 | 2026年12月 |\n"
        "| 2 | 高标准农田项目 | 东塘镇 | 300 | 150 | 县农业农村局 | 2026年2月 | 2026年12月 |\n"
        "| 二 | 社会民生类（1个） |  | 560 | 60 |  |  |  |\n"
        "| 3 | 县医院新院区项目 | 城关镇 | 560 | 60 | 县卫健局 | 2025年6月 | 2027年5月 |\n",
        980,
    ),
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder, store = tmp_path_factory.mktemp("versions"), tmp_path_factory.mktemp("versions-index")
    files = {"办法.txt": RULE, "草案.md": DRAFT, **{f"{year}.md": text for year, text in PLANS.items()}}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


def told(papers: Assistant, *questions: str) -> str:
    *history, question = questions
    return papers.ask(question, history).answer


def test_a_text_put_out_for_comments_is_a_draft(papers: Assistant) -> None:
    assert {document.info.status for document in papers.documents} == {"", "修订草案征求意见稿"}


@pytest.mark.parametrize("name", ["修订草案征求意见稿", "征求意见稿", "修订草案", "新办法"])
def test_a_draft_is_named_by_what_it_is(papers: Assistant, name: str) -> None:
    answer = papers.ask(f"{name}规定公示期不少于几个工作日")
    assert "5个工作日" in answer.answer
    assert {citation.status for citation in answer.citations} == {"修订草案征求意见稿"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("扶持资金年度规模，修订草案比现行办法提高了多少", "相差1000万元"),
        ("公示期在修订草案中缩短了几个工作日", "相差2个工作日"),
        ("新建连片设施大棚的补助，新旧办法有什么变化", "50亩以上与30亩以上（相差20亩）"),
        ("扶持资金年度规模，修订后提高了多少", "相差1000万元"),
        ("新建冷库的补助，修订前后有变化吗", "所写相同"),
        ("龙潭水库加固工程的竣工时间，2026年计划比2025年计划推迟了多久", "相差2个月"),
        ("龙潭水库加固工程的总投资，2026年计划比2025年计划有什么变化", "相差20万元"),
        ("白水县2026年重点项目总投资比2025年增加了多少", "相差180万元"),
    ],
)
def test_what_changes_is_told_of_both_with_the_difference(papers: Assistant, question: str, said: str) -> None:
    answer = papers.ask(question)
    assert said in answer.answer
    assert len({citation.document_id for citation in answer.citations}) == 2


def test_what_is_in_force_stands_before_what_is_to_change_it(papers: Assistant) -> None:
    answer = told(papers, "公示期在修订草案中缩短了几个工作日")
    assert answer.index("7个工作日") < answer.index("5个工作日")


def test_a_bound_is_asked_for_by_its_own_words(papers: Assistant) -> None:
    assert "30%" in told(papers, "修订草案要求绩效评价抽查项目的比例不低于多少")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2026年重点项目中总投资最大的是哪个", "县医院新院区项目（560万元）"),
        ("2026年重点项目中，2026年计划投资最多的是哪个", "高标准农田项目（150万元）"),
        ("2025年重点项目表里总投资超过150万元的项目有几个", "共2个"),
        ("2026年县水利局负责的重点项目，2026年计划投资合计多少", "70万元"),
        ("2026年重点项目中哪一类的总投资最多", "社会民生类"),
        ("2026年重点项目中农业水利类项目总投资小计是多少", "420万元"),
        ("2026年重点项目中，哪些在2026年竣工", "共2个"),
    ],
)
def test_the_year_of_a_title_names_the_document_and_is_no_condition(
    papers: Assistant, question: str, said: str
) -> None:
    answer = papers.ask(question)
    assert said in answer.answer
    assert len({citation.document_id for citation in answer.citations}) == 1


def test_a_year_of_which_there_is_no_such_document_is_missing(papers: Assistant) -> None:
    answer = papers.ask("白水县2024年重点项目总投资是多少")
    assert answer.kind is AnswerKind.REFUSAL
    assert answer.missing == ("白水县2024年",)


def test_follow_ups_name_the_other_version_or_ask_how_far_apart_they_are(papers: Assistant) -> None:
    first = "现行办法规定公示期不少于几个工作日"
    assert "5个工作日" in told(papers, first, "那新的呢")
    assert "相差2个工作日" in told(papers, first, "征求意见稿呢", "缩短了几个工作日")
    assert "800万元" in told(papers, "白水县2026年重点项目总投资是多少", "2025年的呢")


def test_an_event_names_its_column_of_dates(papers: Assistant) -> None:
    answer = told(papers, "2026年计划中2026年竣工的项目有哪些")
    assert "高标准农田项目" in answer
    assert "龙潭水库加固工程" in answer
    assert "县医院新院区项目" not in answer


@pytest.mark.parametrize(
    ("question", "held", "lacked"),
    [
        ("2026年计划比2025年计划新增了哪些项目", "高标准农田项目", "龙潭水库加固工程"),
        ("2025年计划里有、2026年计划不再列入的项目有哪些", "东塘码头项目", "县医院新院区项目"),
        ("哪些项目在2025年和2026年计划中都有", "龙潭水库加固工程", "东塘码头项目"),
        ("修订草案新增了哪一条", "数字化改造", "配套"),
        ("现行办法的哪一条在修订草案里被删掉了", "配套", "数字化改造"),
    ],
)
def test_what_one_document_has_and_the_other_has_not_is_listed(
    papers: Assistant, question: str, held: str, lacked: str
) -> None:
    answer = papers.ask(question)
    assert answer.kind is AnswerKind.LOOKUP
    assert held in answer.answer
    assert lacked not in answer.answer


def test_the_unit_of_a_difference_keeps_its_scale(papers: Assistant) -> None:
    assert "180万元" in told(papers, "2025年和2026年重点项目总投资各是多少，相差多少")
