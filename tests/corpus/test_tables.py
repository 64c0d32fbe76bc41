"""How tab-led, tab-separated, Markdown and name-list tables become typed grids."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.models import ColumnKind, RowKind
from corpus.row_names import name_column


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.data_rows]


def led(*rows: str) -> str:
    return "\n\n".join("\n".join("\t" + cell for cell in row.split("|")) for row in rows) + "\n"


def test_a_blank_line_inside_a_cell_continues_it(plan):
    projects = plan.tables[2]
    assert [column.name for column in projects.columns][2:4] == ["建设地点", "牵头责任单位"]
    assert projects.data_rows[1].cells[2].text == "达拉特旗、东胜区、准格尔旗、杭锦旗、乌审旗、鄂托克旗、鄂托克前旗"


def test_a_paragraph_of_the_last_cell_stays_with_its_row(plan):
    agency = plan.tables[0].data_rows[31].cells[5]
    assert agency.text == "市能源局市发改委"
    assert agency.span.of(plan.text).split() == ["市能源局", "市发改委"]


def test_an_empty_first_cell_is_merged_with_the_one_above(plan):
    second = plan.tables[0].data_rows[1].cells[0]
    assert (second.text, second.carried, second.span.of(plan.text)) == ("创新驱动", True, "创新驱动")


def test_units_come_from_the_header_or_the_row_name(plan):
    invested = plan.tables[2].columns[5]
    assert (invested.name, invested.unit, invested.kind) == ("2025年前计划投资", "亿元", ColumnKind.NUMBER)
    value = plan.tables[2].data_rows[1].cells[5].quantity
    assert value and (value.low, value.scale, value.unit) == (Decimal("406.0"), "亿", "元")
    share = plan.tables[0].data_rows[12].cells[4].quantity
    assert share and (share.low, share.unit) == (Decimal("1.2"), "%")


def test_the_expert_list_has_two_implied_columns(plan):
    experts = plan.tables[1]
    assert [column.name for column in experts.columns] == ["姓名", "职务"]
    assert experts.data_rows[3].cells[0].text == "王浩"
    assert experts.data_rows[3].cells[0].span.of(plan.text) == "王  浩"


def test_text_after_a_table_and_a_second_table_are_kept_apart(parse):
    text = (
        "某方案\n一、甲\n\n"
        + led("项目|金额（万元）", "子|1,200.5", "丑|300", "合计|1500.5")
        + "\n注：暂定。\n表2 分工表\n"
    ) + led("序号|任务", "1|种树", "2|治水")
    first, second = parse(text).tables
    assert cells(first) == [["子", "1,200.5"], ["丑", "300"]]
    assert first.checks[0].agrees and first.rows[-1].kind is RowKind.TOTAL
    assert second.caption == "表2 分工表" and len(second.data_rows) == 2


def test_a_total_that_does_not_agree_is_remarked(parse):
    document = parse("某表\n\n" + led("项目|金额（万元）", "子|1.1", "丑|2.2", "合计|3.4"))
    assert not document.tables[0].checks[0].agrees
    assert "表1：合计 3.4 与 2 行之和 3.3 不一致" in [remark.message for remark in document.remarks]


def test_subtotals_sum_their_block_and_the_total_sums_everything(parse):
    table = parse(
        "# 某表\n\n|项目|金额|\n|-|-|\n|子|1|\n|丑|2|\n|小计|3|\n|寅|4|\n|小计|4|\n|合计|7|\n", "a.md"
    ).tables[0]
    assert [(str(check.stated), check.agrees) for check in table.checks] == [("3", True), ("4", True), ("7", True)]


def test_cells_without_a_blank_line_between_rows_are_cut_by_the_ordinal_column(parse):
    words = ("序号", "名称", "金额（元）", "1", "甲", "10", "2", "乙", "20", "3", "丙", "30")
    text = "某表\n" + "".join(f"\t{word}\n" for word in words)
    table = parse(text).tables[0]
    assert cells(table) == [["1", "甲", "10"], ["2", "乙", "20"], ["3", "丙", "30"]]


def test_lines_parted_by_tabs_are_rows(parse):
    table = parse("某表\n类别\t指标\t数量（个）\n甲\t子\t20\n\t丑\t30\n总计\t\t50\n").tables[0]
    assert cells(table) == [["甲", "子", "20"], ["甲", "丑", "30"]]
    assert table.checks[0].agrees


def test_markdown_tables_keep_empty_cells_and_escaped_bars(parse):
    table = parse(
        "# 某\n\n## 情况表\n\n| 名称 | 值 | 备注 |\n|---|:-:|---|\n| a\\|b | 1 |  |\n| c | 2 | x |\n", "a.md"
    ).tables[0]
    assert table.caption == "情况表"
    assert cells(table) == [["a\\|b", "1", ""], ["c", "2", "x"]]


def test_group_rows_of_a_padded_grid(parse):
    table = parse(
        "# 某\n\n|序号|项目|地点|金额|\n|-|-|-|-|\n|一、水利||||\n|1|甲|子|1|\n|二、能源||||\n|1|乙|丑|2|\n", "a.md"
    ).tables[0]
    assert [(row.groups[0].label, row.groups[0].name) for row in table.data_rows] == [("一", "水利"), ("二", "能源")]


def test_a_lone_tab_indent_is_no_table(parse):
    document = parse("某方案\n\t一、甲\n\t说明文字。\n二、乙\n")
    assert not document.tables
    assert "说明文字" in document.text


def test_a_column_of_units_gives_each_row_its_unit(parse):
    text = (
        "某方案\n一、甲\n\n|指标|计量单位|2024年完成|2026年目标|权重|\n|-|-|-|-|-|\n"
        "|产值|亿元|7.5|9|10|\n|企业数|家|41|60|5|\n|覆盖率|％|61|88|5|\n"
    )
    rows = parse(text).tables[0].data_rows
    goals = [row.cells[3].quantity for row in rows]
    assert [(goal.low, goal.scale, goal.unit) for goal in goals] == [(9, "亿", "元"), (60, "", "家"), (88, "", "%")]
    assert [row.cells[4].quantity.unit for row in rows] == ["", "", ""]


def test_a_column_of_offices_gives_no_units(parse):
    text = "某方案\n一、甲\n\n|任务|{}|数量|\n|-|-|-|\n|种树|县林业局|7|\n|治水|水务处|9|\n"
    for header in ("责任单位", "单位"):
        rows = parse(text.format(header)).tables[0].data_rows
        assert [row.cells[2].quantity.unit for row in rows] == ["", ""]


def test_what_is_remembered_of_a_table_is_told_of_itself_alone(parse):
    text = "某方案\n一、甲\n\n" + led("项目|去处", "子|丑", "寅|卯")
    first, copy = parse(text).tables[0], parse(text).tables[0]

    known = {first: "first"}

    assert first in known
    assert copy not in known
    assert [row.cells[0].text for row in replace(first, rows=first.rows[::-1]).data_rows] == ["寅", "子"]


SPENDING = """# 某县2023年重点项目计划

一、资金安排

各领域安排情况表

单位：个、万元

| 领域 | 项目个数 | 总投资 | 占比（%） | 增长率 |
|---|---|---|---|---|
| 水利 | 4 | 714500 | 60.1 | 8.2 |
| 交通 | 3 | 474000 | 39.9 | 3.1 |
"""


def test_the_note_above_a_table_gives_its_figures_their_units(parse):
    (table,) = parse(SPENDING, "sample.md").tables
    assert table.caption == "各领域安排情况表"
    assert [(one.name, one.unit) for one in table.columns] == [
        *(("领域", ""), ("项目个数", "个"), ("总投资", "万元")),
        *(("占比", "%"), ("增长率", "")),
    ]
    invested = table.data_rows[0].cells[2].quantity
    assert invested and (invested.low, invested.scale, invested.unit) == (Decimal(714500), "万", "元")


def test_one_noted_unit_is_of_all_figures_but_those_that_are_none_of_it(parse):
    text = SPENDING.replace("单位：个、万元", "（单位：亿元）").replace("项目个数", "安排").replace("总投资", "2023年")
    (table,) = parse(text, "sample.md").tables
    assert [one.unit for one in table.columns] == ["", "亿元", "亿元", "%", ""]


def test_a_note_may_stand_behind_the_caption_or_in_the_table_itself(parse):
    behind = SPENDING.replace("情况表\n\n单位：个、万元", "情况表    单位：万元")
    inside = led("各领域安排情况表", "单位：万元", "领域|总投资", "水利|714500", "交通|474000")
    for text, file in ((behind, "sample.md"), (f"一、资金\n{inside}", "sample.txt")):
        (table,) = parse(text, file).tables
        assert table.caption == "各领域安排情况表"
        assert {one.name: one.unit for one in table.columns}["总投资"] == "万元"


def test_what_the_rows_say_of_their_units_goes_before_the_note(parse):
    rows = "|指标|2024年|\n|-|-|\n|覆盖率（%）|45|\n|面积（亩）|900|\n"
    text = "一、指标\n\n指标情况表\n\n单位：亿元\n\n" + rows
    (table,) = parse(text, "sample.md").tables
    assert [row.cells[1].quantity.unit for row in table.data_rows] == ["%", "亩"]


def test_a_body_of_agencies_is_no_note_of_units(parse):
    (table,) = parse(SPENDING.replace("单位：个、万元", "责任单位：市财政局"), "sample.md").tables
    assert {one.unit for one in table.columns} == {"", "%"}


def test_merged_header_cells_that_are_written_out_or_left_empty_make_one_header(parse):
    body = "|1|甲|5|6|70|80|\n"
    rule = "|-|-|-|-|-|-|\n"
    written = (
        "|序号|指标|目标值|目标值|投资（万元）|投资（万元）|\n" + rule + "|序号|指标|2023年|2025年|中央|地方|\n" + body
    )
    empty = "|序号|指标|目标值||投资（万元）||\n" + rule + "|||2023年|2025年|中央|地方|\n" + body
    for text in (written, empty):
        (table,) = parse(text, "sample.md").tables
        assert [one.name for one in table.columns] == ["序号", "指标", "2023年", "2025年", "投资·中央", "投资·地方"]
        assert table.columns[5].unit == "万元"
        assert cells(table) == [["1", "甲", "5", "6", "70", "80"]]


def test_a_row_of_words_below_a_plain_header_stays_a_row(parse):
    (table,) = parse("|姓名|职务|单位|\n|-|-|-|\n|张三|处长|水利局|\n|李四|科长|水利局|\n", "sample.md").tables
    assert len(table.data_rows) == 2


ABOVE = """|序号|项目名称|总投资（万元）|
|-|-|-|
|一|续建项目小计|30|
|1|甲|10|
|2|乙|20|
|二|新建项目小计|5|
|3|丙|5|
|合计||35|
"""
BELOW = "|乡镇|户数（户）|\n|-|-|\n|甲镇|3|\n|乙镇|4|\n|北片小计|7|\n|丙乡|2|\n|南片小计|2|\n|合计|9|\n"


def test_named_subtotals_are_no_rows_and_make_groups_of_theirs(parse):
    for text, groups in ((ABOVE, ["续建项目", "续建项目", "新建项目"]), (BELOW, ["北片", "北片", "南片"])):
        (table,) = parse(text, "sample.md").tables
        assert [row.groups[0].name for row in table.data_rows] == groups
        assert [row.number for row in table.data_rows] == [1, 2, 3]
        assert all(check.agrees for check in table.checks)
        assert len(table.checks) == 3


def test_a_subtotal_that_its_rows_do_not_come_to_is_seen(parse):
    (table,) = parse(ABOVE.replace("小计|30|", "小计|31|"), "sample.md").tables
    assert [check.agrees for check in table.checks] == [False, True, True]


def test_a_numbered_table_heads_no_clause(parse):
    rows = "|档次|标准|\n|-|-|\n|甲|60|\n"
    text = f"# 某县补贴实施细则\n\n第一条　标准见表1。\n\n表1 津贴标准\n\n{rows}\n第二条　自印发之日起施行。\n"
    document = parse(text, "sample.md")
    assert [clause.label for clause in document.clauses if clause.label] == ["第一条", "第二条"]
    assert "表1" not in "".join(document.clauses[-1].path)


def test_the_caption_of_a_table_is_no_text_of_its_clause(parse):
    document = parse(SPENDING, "sample.md")
    said = "".join(span.of(document.text) for clause in document.clauses for span in clause.own)
    assert "各领域安排情况表" not in said
    assert "单位：个、万元" not in said


def test_groups_numbered_otherwise_below_a_group_are_a_level_of_their_own(parse):
    rows = [
        "一、水利|||",
        "（一）水库|||",
        "1|甲|县水利局|10",
        "（二）泵站|||",
        "2|乙|县水利局|20",
        "二、能源|||",
        "3|丙|县能源局|5",
    ]
    text = "|序号|项目名称|单位|投资（万元）|\n|-|-|-|-|\n" + "".join(f"|{row}|\n" for row in rows)
    (table,) = parse(text, "sample.md").tables
    named = [[(group.label, group.name) for group in row.groups] for row in table.data_rows]
    assert named == [[("一", "水利"), ("一", "水库")], [("一", "水利"), ("二", "泵站")], [("二", "能源")]]


def test_counts_ranks_and_years_are_in_no_noted_money(parse):
    heads = ["领域", "项目个数", "受益床位", "全省排名", "建成年份", "总投资", "2024年"]
    row = ["水利", "4", "30", "2", "2024", "500", "60"]
    text = "一、安排\n\n安排情况表\n\n单位：万元\n\n" + "\n".join(
        f"|{'|'.join(line)}|" for line in (heads, ["-"] * 7, row)
    )
    (table,) = parse(text + "\n", "sample.md").tables
    assert [one.unit for one in table.columns] == ["", "", "", "", "年", "万元", "万元"]


def test_a_share_below_a_sum_of_money_is_not_in_its_unit(parse):
    text = "|渠道|投资（万元）|投资（万元）|\n|-|-|-|\n|渠道|金额|占比|\n|财政|500|60|\n"
    (table,) = parse(text, "sample.md").tables
    assert [(one.name, one.unit) for one in table.columns][1:] == [("投资·金额", "万元"), ("投资·占比", "")]


def test_the_same_names_below_two_years_make_one_header(parse):
    text = "|项目|2023年|2023年|2024年|2024年|\n|-|-|-|-|-|\n|项目|计划|完成|计划|完成|\n|甲|1|2|3|4|\n"
    (table,) = parse(text, "sample.md").tables
    assert [one.name for one in table.columns][1:] == ["2023年·计划", "2023年·完成", "2024年·计划", "2024年·完成"]
    assert len(table.data_rows) == 1


def separated(*rows: str) -> str:
    return "\n".join(row.replace("|", "\t") for row in rows) + "\n"


def test_rows_whose_last_empty_cells_are_lost_belong_to_the_table(parse):
    text = "某报告\n一、收支\n" + separated(
        "项目|2023年决算数|2024年||同比增减%",
        "||预算数|执行数",
        "增值税|41250|39800|42316|2.6",
        "契税|9860|10500|8437",
        "收入合计|51110|50300|50753",
    )
    (table,) = parse(text).tables
    assert [column.name for column in table.columns][1:4] == ["2023年决算数", "2024年·预算数", "2024年·执行数"]
    assert cells(table) == [["增值税", "41250", "39800", "42316", "2.6"], ["契税", "9860", "10500", "8437", ""]]
    assert table.rows[-1].kind is RowKind.TOTAL
    assert table.checks
    assert all(check.agrees for check in table.checks)


def test_a_short_second_header_row_hides_no_table_behind_it(parse):
    one = separated("债务类别|2024年||限额", "|新增|偿还", "一般债务|9400|8200|121500", "专项债务|46500|12700|241000")
    other = separated("乡镇|补助", "东平镇|1286", "梅岭镇|1104")
    assert len(parse(f"某报告\n一、债务\n{one}\n二、补助\n{other}").tables) == 2


def test_rows_numbered_in_chinese_head_the_rows_numbered_below_them(parse):
    text = "某方案\n一、项目\n" + separated(
        "序号|项目名称|地点|总投资（万元）|牵头单位",
        "一|食品产业（2个）||300|",
        "1|米粉项目|甲镇|100|县工信局",
        "2|茶油项目|乙镇|200|县林业局",
        "二|装备产业（1个）||50|",
        "3|农机项目|丙镇|50|县工信局",
        "|合计（3个）||350|",
    )
    (table,) = parse(text).tables
    assert [row.number for row in table.data_rows] == [1, 2, 3]
    assert [row.groups[0].name for row in table.data_rows] == ["食品产业", "食品产业", "装备产业"]
    assert table.rows[-1].kind is RowKind.TOTAL
    assert table.checks[0].agrees


def test_a_first_column_of_sizes_names_the_rows_where_no_column_is_of_text(parse):
    text = "某办法\n附件\n" + separated("停靠层数|补助（万元/部）", "4层|15", "5层|18", "8层及以上|25")
    (table,) = parse(text).tables
    assert [column.kind for column in table.columns] == [ColumnKind.TEXT, ColumnKind.NUMBER]


def test_the_total_of_shares_is_no_sum(parse):
    text = "某报告\n一、收入\n" + separated("税种|金额（万元）|同比增减%", "甲税|10|2.6", "乙税|20|-1.0", "合计|30|0.4")
    (table,) = parse(text).tables
    assert table.columns[2].unit == "%"
    assert [check.column for check in table.checks] == [1]


def test_rows_are_named_by_the_first_column_of_which_no_cell_comes_again(parse):
    text = "某公示\n一、机构\n" + separated(
        "序号|机构名称|床位数（张）|建成时间|联系部门",
        "1|甲镇卫生院|30|2018年6月|甲区卫健局",
        "2|乙镇卫生院|24|2021年9月|甲区卫健局",
        "3|丙镇卫生院|60|2016年4月|乙区卫健局",
    )
    (table,) = parse(text).tables
    assert name_column(table, ["名称", "项目"]) == 1


def test_a_row_of_which_is_no_head_of_a_group(parse):
    rows = ("|1|水库|新建|500|", "|其中：县本级|||300|", "|2|渠道|新建|400|", "|3|泵站|续建|200|")
    document = parse("|序号|项目|性质|投资（万元）|\n|-|-|-|-|\n" + "\n".join(rows) + "\n", "sample.md")

    assert all(row.kind is not RowKind.GROUP for row in document.tables[0].rows)
