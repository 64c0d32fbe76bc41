"""Which words open a clause, what its heading is, and where it stands."""

from __future__ import annotations

from assistant.respond.evidence import clause_address
from corpus.models import ClauseKind


def outline(document) -> list[str]:
    return [" / ".join(clause.path) for clause in document.clauses if clause.kind is not ClauseKind.TITLE]


def clause(document, end: str):
    return next(one for one in document.clauses if one.path[-1].startswith(end))


def test_headings_on_the_same_line_as_text(plan):
    work = clause(plan, "1.防沙治沙")
    assert work.heading == "防沙治沙和盐碱化治理工程"
    assert work.heading_span.of(plan.text) == work.heading
    assert work.path == ("三、主要任务", "（一）强化荒漠化防治提质增效行动", "1.防沙治沙和盐碱化治理工程")


def test_a_heading_that_begins_with_blanks_is_a_heading(plan):
    assert clause(plan, "（二）加大资金投入").path[0] == "四、保障措施"


def test_numbers_may_run_on_across_parents(plan):
    works = [one for one in plan.clauses if one.kind is ClauseKind.LEVEL3 and one.path[0] == "三、主要任务"]
    assert [one.label for one in works] == [f"{number}." for number in range(1, 25)]
    assert clause(plan, "7.农业节水").path[1] == "（二）水资源集约高效利用行动"


def test_runs_inside_a_paragraph_are_children_and_its_fields_stay_with_the_parent(plan):
    work = clause(plan, "21.")
    runs = [one for one in plan.clauses if one.parent == work.id]
    assert [one.label for one in runs] == ["一是", "二是", "三是"]
    assert [one.text for one in work.fields[0].values] == ["市文旅局"]
    assert work.own[-1].of(plan.text) == "（牵头部门：市文旅局）"


def test_fields_are_read_with_a_full_width_or_half_width_comma_and_lists_by_either(plan):
    assert [field.name for field in clause(plan, "1.防沙").fields] == ["牵头部门", "责任单位"]
    responsible = clause(plan, "12.非常规").fields[1]
    assert [one.text for one in responsible.values] == ["市住建局", "市生态环境局"]


def test_annex_list_entries_wrap_over_lines_and_annexes_stand_apart(plan):
    entries = [one for one in plan.clauses if one.parent and one.path[0] == "附件"]
    assert len(entries) == 5
    assert entries[4].heading == "鄂尔多斯市国家可持续发展议程创新示范区建设方案重点行动及工程项目表"
    annexes = [one for one in plan.clauses if one.kind is ClauseKind.ANNEX]
    assert [one.label for one in annexes] == ["附件4", "附件5"]
    assert all(one.parent is None for one in annexes)


def test_preamble_and_title_are_kept(plan):
    assert [one.kind for one in plan.clauses[:3]] == [ClauseKind.TITLE, ClauseKind.PREAMBLE, ClauseKind.LEVEL1]
    assert plan.clauses[1].own[0].of(plan.text).startswith("国务院正式批复同意")


def test_cross_references_are_no_headings(parse):
    document = parse("某办法\n第一条 为了规范。\n第三条规定的事项除外。\n第二条 依照第三条办理。\n第三条 施行。\n")
    assert outline(document) == ["第一条", "第二条", "第三条"]


def test_an_inserted_article_stands_beside_its_neighbours(parse):
    document = parse("某法\n第十二条 甲。\n第十二条之一 乙。\n第十三条 丙。\n")
    assert outline(document) == ["第十二条", "第十二条之一", "第十三条"]


def test_items_of_an_article_and_the_paragraph_after_them(parse):
    document = parse("某法\n第一章 总则\n第一条 有下列情形：\n（一）甲；\n（二）乙。\n前款所称甲，是指丙。\n")
    assert outline(document) == [
        "第一章 总则",
        "第一章 总则 / 第一条",
        "第一章 总则 / 第一条 / （一）",
        "第一章 总则 / 第一条 / （二）",
    ]
    assert document.clauses[2].own[-1].of(document.text) == "前款所称甲，是指丙。"


def test_a_chapter_and_its_first_article_may_share_a_line(parse):
    document = parse("某办法\n　第一章　总则　　第一条 　为规范管理，制定本办法。\n　　第二条 　适用本办法。\n")
    assert outline(document) == ["第一章 总则", "第一章 总则 / 第一条", "第一章 总则 / 第二条"]


def test_numbers_under_a_first_level_heading_without_a_second_level(parse):
    document = parse("某方案\n一、甲\n1.子。说明。\n2.丑。说明。\n二、乙\n（一）寅\n1.卯。说明。\n（1）辰\n")
    assert outline(document) == [
        "一、甲",
        "一、甲 / 1.子",
        "一、甲 / 2.丑",
        "二、乙",
        "二、乙 / （一）寅",
        "二、乙 / （一）寅 / 1.卯",
        "二、乙 / （一）寅 / 1.卯 / （1）辰",
    ]


def test_a_kind_that_goes_on_later_holds_the_new_kind(parse):
    document = parse("某方案\n1.甲\n（一）子\n（二）丑\n2.乙\n（一）寅\n")
    assert outline(document) == ["1.甲", "1.甲 / （一）子", "1.甲 / （二）丑", "2.乙", "2.乙 / （一）寅"]


def test_full_width_and_half_width_numbers_are_one(parse):
    document = parse("某方案\n一、甲\n(一)子\n（二）丑\n1．寅\n2.卯\n")
    assert [one.label for one in document.clauses[1:]] == ["一、", "(一)", "（二）", "1．", "2."]
    assert document.clauses[5].path == ("一、甲", "（二）丑", "2.卯")


def test_a_figure_at_the_start_of_a_line_is_no_number(parse):
    document = parse("某方案\n一、甲\n3.5万元用于乙。\n2024年完成。\n")
    assert outline(document) == ["一、甲"]


def test_signature_and_attached_document_of_a_notice(parse):
    document = parse(
        "某市关于印发《某办法》的通知\n各单位：\n现印发给你们。\n某市人民政府\n2022年1月1日\n"
        "某市数据管理办法\n第一条 甲。\n"
    )
    kinds = [one.kind for one in document.clauses]
    assert kinds == [
        ClauseKind.TITLE,
        ClauseKind.PREAMBLE,
        ClauseKind.SIGNATURE,
        ClauseKind.HEADING,
        ClauseKind.ARTICLE,
    ]
    assert document.clauses[-1].path == ("某市数据管理办法", "第一条")


def test_a_list_of_contents_is_one_clause(parse):
    document = parse("某办法\n目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n")
    assert outline(document)[0] == "目 录"
    assert outline(document)[1:] == ["第一章 总则", "第一章 总则 / 第一条", "第二章 附则", "第二章 附则 / 第二条"]


def test_markdown_headings_and_bold_numbers(parse):
    document = parse("# 某法\n\n## 第一章 总则\n\n**第一条** 甲。\n\n## 说明\n\n- 乙\n- 丙\n", "a.md")
    assert document.info.title == "某法"
    assert outline(document) == ["第一章 总则", "第一章 总则 / 第一条", "说明", "说明 / -乙", "说明 / -丙"]
    assert document.clauses[2].own[0].of(document.text) == "**第一条** 甲。"


def test_clause_ids_are_stable_and_speak_of_their_place(plan):
    assert clause(plan, "2.水土流失").id == "ordos-plan-2022-draft/a3/b1/n2"


def test_a_heading_may_begin_with_a_year(parse):
    document = parse(
        "某报告\n一、2024年执行情况\n（一）收入\n完成10亿元。\n二、2025年预算草案\n（一）收入\n安排12亿元。\n"
    )
    assert outline(document)[1] == "一、2024年执行情况 / （一）收入"
    assert outline(document)[3] == "二、2025年预算草案 / （一）收入"


def test_numbers_without_a_mark_are_headings_where_decimals_stand_below_them(parse):
    text = (
        "某预案\n1 总则\n1.1 目的\n建立机制。\n2 响应\n2.1 处置\n（1）水源污染的，停止取水；\n"
        "（2）爆管的，关闭阀门；\n2.2 终止\n由指挥部宣布。\n"
    )
    document = parse(text)
    assert outline(document)[-4:] == [
        "2响应 / 2.1处置",
        "2响应 / 2.1处置 / （1）",
        "2响应 / 2.1处置 / （2）",
        "2响应 / 2.2终止",
    ]
    assert clause_address(document, document.clauses[-1].id) == "2.2"


def test_a_number_without_a_mark_is_no_heading_elsewhere(parse):
    document = parse("某通知\n一、安排\n3 号楼 完工\n交付使用。\n")
    assert outline(document) == ["一、安排"]
