"""Which column, which rows and which operation a question means, over tables that no rule was written for.

The documents are tests/samples/rules/schools.
"""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.understand.columns import columns_by_year
from corpus.models import DocumentInfo
from corpus.parse import parse_document


def cases(lines: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in lines.strip().splitlines()]


# question | must stand in the answer | must not stand there
RATES = """
水稻插秧机和植保无人机的补贴额合计是多少 | “水稻插秧机”的补贴额27000元/台[1]；“植保无人机”的补贴额9600元/台[2] | 36600
补贴额合计是多少 | 不能相加 | 167600
青原县和北塬县的亩均投入合计 | 不能相加 | 2204
"""


@pytest.mark.parametrize(("question", "said", "unsaid"), cases(RATES))
def test_rates_are_told_row_by_row_and_never_added(schools: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = schools.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer
    assert unsaid not in answer.answer


def test_a_sum_over_named_rows_is_of_these_rows_though_the_title_holds_half_of_their_names(schools: Assistant) -> None:
    answer = schools.ask("松川县第三实验小学和松川县第五中学新增学位合计多少个")

    assert answer.answer.startswith("合计3420个")
    assert len(answer.citations) == 2


COLUMNS = """
松川县第三实验小学和松川县第五中学总投资合计多少 | 合计25400万元 | 12000
2026年计划投资合计多少 | 共8个，2026年计划投资合计24330万元 | 总投资
2026年计划投资超过2000万元的学校 | “2026年计划投资”超过2000万元的学校共4个 | 开工时间
城南街道的项目有几个，总投资多少 | 共2个，总投资合计22000万元 | 9800
总投资前三的项目是哪些 | 总投资最大的3个是：松川县第五中学（15600万元） | 合计
2026年3月开工的学校 | “开工时间”含2026年3月 | 完工时间
最晚完工的项目是哪个 | 龙泉乡九年一贯制学校 | 河口镇
完工时间晚于2026年8月的学校有哪些 | 的学校共5个：松川县第五中学[1] | 河口镇
总投资和2026年计划投资都超过5000万元的学校 | “总投资”超过5000万元、“2026年计划投资”超过5000万元的学校共2个 | 合计
最后完成的事项是哪个 | 开展绩效评价 | 招投标
市农业农村局配合的事项有哪些 | “配合单位”含市农业农村局的具体事项共3个 | 牵头单位
生均公用经费的单位是什么 | 单位是元/生 | 没有写
松川县第五中学的责任单位是什么 | 责任单位是县教育局 | 计量单位
周启明是什么单位的 | 工作单位是县教育局 | 计量单位
"""


@pytest.mark.parametrize(("question", "said", "unsaid"), cases(COLUMNS))
def test_the_column_asked_for_is_the_one_that_the_words_head(
    schools: Assistant, question: str, said: str, unsaid: str
) -> None:
    answer = schools.ask(question).answer

    assert said in answer
    assert unsaid not in answer.split("依据")[0]


ROWS = """
县教育局负责哪些项目 | 共2个：松川县第三实验小学[1]、松川县第五中学[2]
新建项目有几个 | 共4个
扩建的学校有哪些 | 共2个：河口镇中心小学[1]、龙泉乡九年一贯制学校[2]
市财政局牵头的事项有几项 | 共3项
中央资金超过5000万元的县区有哪些 | 共2个：青原县[1]、北塬县[2]
县财政局的成员是谁 | 李静宜
职务是副局长的有哪些人 | 共2位：李静宜[1]、吴晓岚[2]
"""


@pytest.mark.parametrize(("question", "said"), cases(ROWS))
def test_rows_are_asked_for_by_what_their_header_or_their_table_calls_them(
    schools: Assistant, question: str, said: str
) -> None:
    assert said in schools.ask(question).answer


EACH = """
各县区新建任务分别是多少 | 青原县（5.2万亩）[1]；南屏县（3.6万亩）[2]
各指标2024年和2025年的数值 | 学前三年毛入园率（2024年：92.5%，2025年：93.8%）[1]
各指标2024年的数值 | 学前三年毛入园率（92.5%）[1]
各项目的建设地点 | 松川县第三实验小学（建设地点：城东街道）[1]
城南街道的项目投资分别是多少，总投资合计多少 | 总投资合计22000万元
"""


@pytest.mark.parametrize(("question", "said"), cases(EACH))
def test_every_row_is_told_what_is_asked_of_each(schools: Assistant, question: str, said: str) -> None:
    assert said in schools.ask(question).answer


DENIED = """
县残联负责的松川县第五中学，总投资多少 | 责任单位：县教育局；总投资：15600万元。[1] | “县残联”与文件不符
河口镇中心小学建在白沙镇，新增学位多少 | 建设地点：河口镇；新增学位：720个 | “白沙镇”与文件不符
新增教师编制2026年要达到2500名，由谁负责 | 2026年目标：180名；责任科室：人事科 | “2500”与文件不符
"""


@pytest.mark.parametrize(("question", "stated", "denied"), cases(DENIED))
def test_what_a_question_takes_for_granted_of_a_row_is_set_right(
    schools: Assistant, question: str, stated: str, denied: str
) -> None:
    answer = schools.ask(question)

    assert answer.kind is AnswerKind.REFUSAL
    assert stated in answer.answer
    assert denied in answer.answer


def test_a_share_is_never_answered_by_the_figure_alone(schools: Assistant) -> None:
    assert "8.71%" in schools.ask("特殊教育学校总投资占全部总投资的比例").answer
    assert schools.ask("特殊教育学校的投资占总投资的比例").kind is not AnswerKind.LOOKUP


def test_rows_of_two_roles_are_not_counted_by_one_of_them(schools: Assistant) -> None:
    assert "配合" in schools.ask("市农业农村局牵头和配合的事项有几项").missing


# columns of one row; a part of a column (其中) is asked for by its own name
PARTS = """
老旧供水管网改造财政资金占总投资的比例 | 67.39%
老旧供水管网改造的财政资金比社会资本多多少 | 多1.6亿元
老旧供水管网改造的财政资金和社会资本一共多少 | 合计4.6亿元
老旧供水管网改造的财政资金和社会资本分别是多少 | 其中：财政资金：3.10亿元；社会资本：1.50亿元
财政资金合计多少 | 其中：财政资金合计8.55亿元
没有财政资金的工程有哪些 | 没有写明数值或为0的工程共1个：钢铁企业循环水改造
老旧供水管网改造投资多少 | “老旧供水管网改造”的总投资是4.60亿元
节水型企业数量2027年比2024年增加多少家 | 增加39家
青原县新建任务和北塬县改造提升任务合计 | 合计8.4万亩
"""


@pytest.mark.parametrize(("question", "said"), cases(PARTS))
def test_columns_of_one_row_are_added_divided_and_compared(schools: Assistant, question: str, said: str) -> None:
    assert said in schools.ask(question).answer


BODIES = """
第三污水处理厂再生水工程由谁负责 | “第三污水处理厂再生水工程”的实施主体是市水务集团
总投资最大的工程由谁实施 | 老旧供水管网改造（4.6亿元，实施主体：市住建局）
学前教育科负责哪些指标 | 共2项：学前三年毛入园率[1]、公办园在园幼儿占比[2]
"""


@pytest.mark.parametrize(("question", "said"), cases(BODIES))
def test_who_does_it_is_told_whatever_the_column_of_bodies_is_called(
    schools: Assistant, question: str, said: str
) -> None:
    assert said in schools.ask(question).answer


def test_the_columns_of_years_stand_in_the_order_of_the_table() -> None:
    years = [f"20{number}年" for number in range(31, 19, -1)]
    table = f"| 指标 | {' | '.join(years)} |\n|{'---|' * 13}\n| 甲 | {' | '.join('1' for _ in years)} |\n"
    document = parse_document(DocumentInfo("d", "", "d.md", ""), f"# 标题\n\n{table}".encode())

    assert list(columns_by_year(document.tables[0]).values()) == list(range(1, 13))
