"""What is computed for each agency, action, year or place counts every row in every group that it belongs to."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from corpus.cell_values import split_column

# question | must stand in the first sentence
CASES = """
各牵头单位分别牵头几个项目，按数量从多到少排 | 水利局9个；能源局7个；科技局6个
各单位负责几项指标 | 市发改委6项
各单位牵头几个项目 | 水利局9个
每个局牵头几个项目 | 水利局9个
每个牵头部门各有几个项目 | 住建局1个
按投资从大到小排列各局 | 能源局1541.12亿元；工信局336.76亿元；水利局68.65亿元
五个重点行动的计划投资分别是多少？ | 水资源集约高效利用行动32.37亿元
五个重点行动各有多少个项目？ | 强化荒漠化防治提质增效行动11个
每个牵头单位项目的平均投资是多少 | 农牧局15.1亿元
按完工年份统计项目个数 | 2023年1个；2024年31个；2025年5个；2030年1个；2035年1个
不同开工年份的项目各有多少个、投资多少 | 2021年3个、12.05亿元；2022年36个、2036.413亿元
每年完工的项目投资分别是多少亿元？ | 2023年1.83亿元
各重点行动的投资分别占总投资多少百分比 | 水资源集约高效利用行动32.37亿元（占1.58%）
指标体系四个类别各有多少项指标 | 生态环境15项；社会进步9项
哪一类指标的项数最多？ | 生态环境，15项
哪个单位牵头的项目最多 | 水利局，9个
五个行动哪个花钱最少 | 创新驱动发展能力建设促进行动，17亿元
24项重点工程，投资最高的是哪项 | 传统能源清洁高效利用和CCUS工程，428亿元
24项重点工程，投资不足1亿元的有哪几项 | 共4个：生物多样性保护工程1个、0.32亿元；工业节水增效工程1个、0.76亿元
水利局牵头的项目占全部项目的多少 | 共9个，占全部39个的23.08%
水利局项目投资占全部项目的多少 | 占全部2048.463亿元的3.35%
五大行动哪个项目投资最多 | “光伏+生态治理”项目（406亿元）
平均每个行动投资多少亿元 | 5个“重点行动”的2025年前计划投资合计2048.463亿元，平均每个约409.69亿元
24项重点工程平均每项计划投资多少亿元 | 平均每个约85.35亿元
五大行动平均每个投资多少 | 平均每个约409.69亿元
平均每个部门牵头几个项目 | 10个“牵头责任单位”合计39个项目，平均每个3.9个项目
重点行动一平均每个牵头单位几个项目 | 4个“牵头责任单位”合计11个项目，平均每个2.75个项目
平均每个责任单位负责几项指标 | 19个“责任单位”各自的数目相加为41项指标，平均每个约2.16项指标
平均每个项目投资多少 | 平均约52.52亿元
平均每个单位有几个投资超过10亿元的项目 | 5个“牵头责任单位”合计13个项目，平均每个2.6个项目
平均每个行动投资多少亿元，哪个最多 | 平均每个约409.69亿元
负责指标最多的单位是哪个 | 市发改委，6项
哪个部门负责的指标项数最多 | 市发改委，6项
各部门负责的指标个数 | 市能源局2项
除水利局、能源局之外，哪个单位牵头的项目最多？ | 科技局，6个
哪个单位牵头的项目投资最少 | 住建局，0.28亿元
投资最多的三个单位是哪些 | 能源局1541.12亿元；工信局336.76亿元；水利局68.65亿元
牵头两个项目的部门是哪些 | 共2个：生态环境局2个；农牧局2个
只牵头一个项目的单位有哪些 | 共2个：住建局1个；乡村振兴局1个
哪一年完工的项目最多 | 2024年，31个
哪个局牵头的项目平均投资最高 | 能源局，220.16亿元
文旅局牵头的四个项目投资各是多少 | 优质景区提升工程项目（26.0亿元）
重点工程10的项目分别由谁牵头 | 重点河湖水生态综合治理项目（牵头责任单位：水利局）
市卫健委负责的指标2024年目标分别是多少 | 每千人医疗机构床位数（6.8）
牵头3个以上项目的单位有哪些 | 共6个：
牵头项目不少于6个的单位有哪些 | 共3个：
投资合计超过100亿元的单位有哪些 | 共2个：能源局1541.12亿元；工信局336.76亿元
项目表出现了哪些牵头责任单位 | 共10个
一共有多少个牵头单位 | 10个
五大行动一共包含多少项重点工程？ | 共24个
农牧局牵头的项目平均每个投资多少亿元？ | 平均约15.1亿元
投资最大的项目由哪个单位牵头 | “光伏+生态治理”项目（406亿元，牵头责任单位：能源局）
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("question", "said"), ROWS)
def test_each_group_is_computed_from_all_its_rows(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)

    assert answer.kind is AnswerKind.LOOKUP
    assert said in answer.answer.split("。")[0]
    assert answer.citations


def test_a_row_that_names_several_places_counts_in_each_and_a_collective_in_none(assistant: Assistant) -> None:
    answer = assistant.ask("哪个旗区的项目最多")

    assert "达拉特旗，8个" in answer.answer.split("。")[0]
    assert "“全市9个旗区”20个" in answer.answer


def test_the_largest_row_of_each_group_is_not_answered_with_the_largest_group(assistant: Assistant) -> None:
    assert "1541.12" not in assistant.ask("各局牵头的项目的最大投资").answer.split("。")[0]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市甲局市乙委", ("市甲局", "市乙委")),
        ("县丙办市甲局市乙委", ("县丙办", "市甲局", "市乙委")),
        ("市甲局", ("市甲局",)),
        ("市丁局市戊局", ("市丁局市戊局",)),
        ("市甲局下属单位", ("市甲局下属单位",)),
    ],
)
def test_agencies_without_a_mark_between_are_taken_apart_where_other_cells_hold_one(
    cell: str, names: tuple[str, ...]
) -> None:
    assert split_column(["市甲局、市乙委", cell])[cell] == names


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("市发改委单独负责的指标有哪些", "的指标共2项"),
        ("市财政局独自负责哪些指标", "的指标共2项"),
        ("仅由市生态环境局负责的指标", "的指标共3项"),
        ("只在杭锦旗和达拉特旗建设的项目", "的项目共1个"),
    ],
)
def test_what_one_alone_holds_has_no_other_value_beside_it(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer.split("：")[0]


@pytest.mark.parametrize("question", ["五大行动按投资额从高到低怎么排", "五大行动投资排序"])
def test_all_groups_by_their_number_are_put_in_order(assistant: Assistant, question: str) -> None:
    first = assistant.ask(question).answer.split("。")[0]

    assert first.startswith("现代能源经济高质量发展提速行动1441.63亿元；")
    assert first.count("；") == 4


@pytest.mark.parametrize(
    "question", ["五大行动中，投资从大到小排第二的项目是哪个", "五大行动的牵头单位按投资从大到小排"]
)
def test_where_other_things_are_put_in_order_groups_are_not(assistant: Assistant, question: str) -> None:
    assert "现代能源经济高质量发展提速行动1441.63亿元" not in assistant.ask(question).answer


@pytest.mark.parametrize("question", ["牵头项目数排第四的局是哪个", "牵头项目个数排第五的单位是哪家"])
def test_equal_groups_share_a_place(assistant: Assistant, question: str) -> None:
    assert "项目数排第4的是林草局、文旅局，4个" in assistant.ask(question).answer


def test_one_of_all_groups_may_be_asked_for_by_their_number(assistant: Assistant) -> None:
    assert "合计最少的是创新驱动发展能力建设促进行动，17亿元" in assistant.ask("五大行动当中哪个花钱最少").answer


def test_groups_without_such_rows_are_named_beside_the_mean(assistant: Assistant) -> None:
    answer = assistant.ask("投资超过10亿元的项目，平均每个行动有几个")

    assert "4个“重点行动”合计13个项目，平均每个3.25个项目" in answer.answer
    assert "创新驱动发展能力建设促进行动没有这样的项目，未计入平均。" in answer.answer


def test_which_group_has_most_is_told_behind_the_mean(assistant: Assistant) -> None:
    answer = assistant.ask("平均每个行动投资多少亿元，哪个最多")

    assert "最多的是现代能源经济高质量发展提速行动，1441.63亿元" in answer.answer


def test_rows_of_several_groups_are_no_false_total(assistant: Assistant) -> None:
    answer = assistant.ask("36个指标平均每个部门负责几个").answer

    assert "各自的数目相加为41项指标" in answer
    assert "合计41项" not in answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("谁牵头的项目最多", "项目最多的是水利局，9个。"),
        ("谁负责的指标最多", "指标最多的是市发改委，6项。"),
        ("项目最多的是哪个单位", "项目最多的是水利局，9个。"),
        ("谁牵头的投资总额最大", "2025年前计划投资合计最多的是能源局，1541.12亿元。"),
        ("谁只牵头一个项目", "共2个：住建局1个；乡村振兴局1个。"),
        ("哪些局只有一个项目", "共2个：住建局1个；乡村振兴局1个。"),
        ("哪些单位牵头的项目只有一个", "共2个：住建局1个；乡村振兴局1个。"),
        ("谁负责三项指标", "共3个：市财政局3项；市林草局3项；市卫健委3项。"),
        ("五大行动都有几个项目", "强化荒漠化防治提质增效行动11个；"),
    ],
)
def test_who_has_most_or_so_many_is_asked_of_every_agency(assistant: Assistant, question: str, said: str) -> None:
    assert assistant.ask(question).answer.startswith(said)
