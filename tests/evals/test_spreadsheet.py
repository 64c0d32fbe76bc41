"""An office's spreadsheet is read as it was meant, or every fault is named by sheet row and column."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from evals import sheet_file
from evals.case_names import CATEGORY_NAMES
from evals.cases import Category, Source
from evals.errors import OutputUnwritable, QuestionsInvalid, SheetUnreadable
from evals.sheet_columns import COLUMNS, EXAMPLE_SHEET, HELP_SHEET, QUESTION_SHEET
from evals.sheet_file import column_letter, read_sheet
from evals.spreadsheet import read_spreadsheet
from evals.spreadsheet_template import write_template

HEAD = ["题号", "问题", "类别", "应含词语", "应含数值", "依据表格"]
GOOD = ["a", "谁牵头", "项目属性", "水利局|市水利局；林草局", "8.9亿元", "项目表 第3、5-6行 牵头责任单位"]


def write(path, *rows, head=HEAD, title=QUESTION_SHEET, change=None):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in (head, *rows):
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


def fault(path):
    with pytest.raises((QuestionsInvalid, SheetUnreadable)) as caught:
        read_spreadsheet(path)
    return str(caught.value)


@pytest.fixture
def xlsx(tmp_path):
    return tmp_path / "题目.xlsx"


def test_a_row_becomes_the_case_that_its_cells_describe(xlsx):
    (case,) = read_spreadsheet(write(xlsx, GOOD)).cases
    assert (case.id, case.category, case.source) == ("a", Category.ATTRIBUTE, Source.OFFICE)
    assert case.expected.phrases == (("水利局", "市水利局"), "林草局")
    assert [(value.number, value.unit) for value in case.expected.values] == [("8.9", ("亿元",))]
    assert [(place.table, place.row) for place in case.evidence] == [("项目表", 3), ("项目表", 5), ("项目表", 6)]


def test_columns_may_stand_in_any_order_and_blank_rows_between_the_questions(xlsx):
    order = [2, 0, 1, 5, 4, 3]
    rows = [[row[at] for at in order] for row in (GOOD, [""] * 6, ["b", *GOOD[1:]])]
    read = read_spreadsheet(write(xlsx, *rows, head=[HEAD[at] for at in order]))
    assert [case.id for case in read.cases] == ["a", "b"]
    assert read.places["b"].name("题号") == "表格 题目.xlsx 第 4 行 B 列“题号”"


def test_the_template_offers_every_category_and_its_examples_are_valid_questions(xlsx):
    write_template(xlsx)
    examples = read_spreadsheet(xlsx, EXAMPLE_SHEET).cases
    assert {case.category for case in examples} == set(Category)
    assert {bool(case.evidence) for case in examples} == {True, False}
    book = load_workbook(xlsx)
    assert book.sheetnames == [QUESTION_SHEET, EXAMPLE_SHEET, HELP_SHEET]
    assert [cell.value for cell in book[QUESTION_SHEET][1]] == [column.header for column in COLUMNS]
    offered = [one.formula1 for one in book[QUESTION_SHEET].data_validations.dataValidation]
    assert f'"{",".join(CATEGORY_NAMES.values())}"' in offered
    told = {row[0].value for row in book[HELP_SHEET].iter_rows()}
    assert told >= {column.header for column in COLUMNS} | set(CATEGORY_NAMES.values())


def test_what_is_copied_from_the_examples_into_the_question_sheet_loads(xlsx):
    write_template(xlsx)
    assert "没有题目，只有列名" in fault(xlsx)
    book = load_workbook(xlsx)
    for row in book[EXAMPLE_SHEET].iter_rows(min_row=2, values_only=True):
        book[QUESTION_SHEET].append(row)
    book.save(xlsx)
    assert len(read_spreadsheet(xlsx).cases) == len(Category)


def test_a_template_never_overwrites_a_file(xlsx):
    xlsx.write_bytes(b"filled in")
    with pytest.raises(OutputUnwritable, match="已经存在"):
        write_template(xlsx)
    assert xlsx.read_bytes() == b"filled in"
    with pytest.raises(OutputUnwritable, match="要存为"):
        write_template(xlsx.with_suffix(".txt"))
    with pytest.raises(OutputUnwritable, match="文件或文件夹不存在"):
        write_template(xlsx.parent / "absent" / "题目.xlsx")


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        (1, "", "第 2 行 B 列“问题”：没有填写"),
        (2, "谜语", "第 2 行 C 列“类别”：“谜语”不在可选之列（项目属性、"),
        (2, None, "第 2 行 C 列“类别”：没有填写"),
        (4, "九亿元", "第 2 行 E 列“应含数值”：“九亿元”不是带单位的数"),
        (4, "2.5:1", "第 2 行 E 列“应含数值”：“2.5:1”不是带单位的数"),
        (4, "0.5亿元|5000万元", "第 2 行 E 列“应含数值”：“0.5亿元|5000万元”的几种写法单位不同"),
        (5, "项目表", "第 2 行 F 列“依据表格”：“项目表”应写成“表名 第3行 列名”"),
        (5, "项目表 第5-3行", "第 2 行 F 列“依据表格”：行号“5-3”的起止不对"),
        (5, "项目表 第0行", "第 2 行 F 列“依据表格”：行号“0”的起止不对"),
        (5, "项目表 第1-999999行", "第 2 行 F 列“依据表格”：行号“1-999999”的起止不对"),
        (0, datetime(2025, 1, 2), "第 2 行 A 列“题号”：被 Excel 存成了日期或时间（2025-01-02 00:00:00）"),
        (3, "=A1", "第 2 行 D 列“应含词语”：是公式"),
        (3, "#REF!", "第 2 行 D 列“应含词语”：是错误值 #REF!"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(xlsx, at, value, told):
    row = [*GOOD]
    row[at] = value
    assert told in fault(write(xlsx, row))


def test_all_faults_of_a_file_are_named_at_once(xlsx):
    rows = [["a", "问", "谜语", "", "", ""], ["b", "问", "指标", "", "九", "表"], GOOD, ["a", *GOOD[1:]]]
    lines = fault(write(xlsx, *rows)).split("\n")
    assert [line.split("：")[0] for line in lines] == [
        "表格 题目.xlsx 第 2 行 C 列“类别”",
        "表格 题目.xlsx 第 3 行 E 列“应含数值”",
        "表格 题目.xlsx 第 3 行 F 列“依据表格”",
        "表格 题目.xlsx 第 5 行 A 列“题号”",
    ]
    assert "第 4 行已用" in lines[-1]


def test_more_faults_than_a_screen_holds_are_counted(xlsx):
    assert fault(write(xlsx, *([["a", "问", "谜语"]] * 60))).endswith("另有 10 处，改好以上各处后会继续列出。")


def test_a_question_without_any_requirement_is_refused(xlsx):
    assert "没有写明怎样才算答对" in fault(write(xlsx, ["a", "谁牵头", "项目属性"]))


def test_numbers_that_excel_made_of_text_are_read_as_they_were_typed(xlsx):
    (case,) = read_spreadsheet(write(xlsx, [1.0, "问", "指标", 2024, 0.1 + 0.2, ""])).cases
    assert (case.id, case.expected.phrases, case.expected.values[0].number) == ("1", ("2024",), "0.3")


def test_a_percentage_that_excel_turned_into_a_fraction_is_refused(xlsx):
    def as_percentage(sheet):
        sheet["E2"].number_format = "0%"

    told = fault(write(xlsx, ["a", "问", "指标", "", 0.35, ""], change=as_percentage))
    assert "E 列“应含数值”：是百分比格式的数" in told


def test_unknown_doubled_and_missing_headers_are_named(xlsx):
    told = fault(write(xlsx, GOOD, head=["题号", "答案", "题号", "应含词语", "类别", "备注"]))
    assert "第 1 行 B 列：不认识的列名“答案”" in told
    assert "第 1 行 C 列：列名“题号”重复" in told
    assert "第 1 行：缺少列名“问题”" in told


def test_words_under_no_header_are_not_passed_over(xlsx):
    assert "第 2 行 G 列：这一列没有列名" in fault(write(xlsx, [*GOOD, "市水利局"]))


def test_merged_cells_are_refused_with_their_range(xlsx):
    told = fault(write(xlsx, GOOD, ["b", *GOOD[1:]], change=lambda sheet: sheet.merge_cells("C2:C3")))
    assert "C2:C3：是合并单元格" in told


def test_a_missing_sheet_names_those_there_are_and_the_command_for_a_template(xlsx):
    told = fault(write(xlsx, GOOD, title="Sheet1"))
    assert "没有工作表“题目”，现有：Sheet1" in told
    assert "eval --template" in told


def test_an_empty_sheet_is_refused(xlsx):
    book = Workbook()
    book.active.title = QUESTION_SHEET
    book.save(xlsx)
    assert "是空的" in fault(xlsx)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "不是 .xlsx 文件"),
        ("题号,问题".encode("gb18030"), "不是 .xlsx 文件"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧的 .xls 格式或加了密码"),
        (b"PK\x03\x04" + b"\0" * 600, "不是 .xlsx 文件"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_chinese(xlsx, data, told):
    xlsx.write_bytes(data)
    assert told in fault(xlsx)


def repacked(path, change):
    """Rewrite the members of a spreadsheet: ``change`` takes and returns name → bytes."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in change(members).items():
            archive.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return path


SHEET1 = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda members: members | {"xl/vbaProject.bin": b"x"}, "含有宏"),
        (lambda members: members | {SHEET1: b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}, "不允许的 XML 声明"),
        (lambda members: members | {SHEET1: b"<worksheet><sheetData><row"}, "已损坏"),
        (lambda members: {"hello.txt": b"x"}, "已损坏"),
        (
            lambda members: {name: data for name, data in members.items() if name != SHEET1},
            "没有工作表“题目”，现有：无",
        ),
        (lambda members: members | {"xl/media/big.bin": b"\0" * (129 * 2**20)}, "展开后超过 128 MB"),
    ],
)
def test_hostile_and_damaged_archives_are_refused(xlsx, change, told):
    assert told in fault(repacked(write(xlsx, GOOD), change))


def test_a_million_rows_are_refused_without_reading_them(xlsx):
    def leap(members):
        return members | {SHEET1: members[SHEET1].replace(b'r="2"', b'r="1000000"').replace(b'2"', b'1000000"')}

    assert "超过 10000 行" in fault(repacked(write(xlsx, GOOD), leap))


def test_a_merged_range_over_the_whole_sheet_costs_nothing(xlsx):
    def merge(members):
        cells = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
        return members | {SHEET1: members[SHEET1].replace(b"<pageMargins", cells)}

    assert "A1:XFD1048576：是合并单元格" in fault(repacked(write(xlsx, GOOD), merge))


def test_too_many_columns_and_too_large_files_are_refused(xlsx, monkeypatch):
    def stray(sheet):
        sheet.cell(row=2, column=101, value="x")

    assert "超过 100 列" in fault(write(xlsx, GOOD, change=stray))
    monkeypatch.setattr(sheet_file, "_LARGEST_BYTES", 100)
    assert "超过 32 MB" in fault(xlsx)


def test_columns_are_lettered_as_excel_does():
    assert [column_letter(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_an_absent_file_says_so(tmp_path):
    with pytest.raises(SheetUnreadable, match="文件或文件夹不存在"):
        read_sheet(tmp_path / "无.xlsx", QUESTION_SHEET)
