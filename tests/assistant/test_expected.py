"""What a question asks for by kind must stand in the sentences: a unit, so many things, a meaning, a day, a name."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.models import AnswerKind
from assistant.respond.expected import lists_one_of_many, missing_of_kind
from assistant.respond.listed import lists
from corpus.conversion import Units
from corpus.folding import fold
from corpus.knowledge import load_knowledge

_ALIKE = Units(load_knowledge().units).alike


def _missing(question: str, sentences: str) -> list[str]:
    key = fold(question)
    return [span.of(key) for span in missing_of_kind(key, fold(sentences), _ALIKE)]


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("要种多少亩草", "种草改良9.8万亩。"),
        ("能拿多少场租补助", "按场租费用的30%给予主办方补助，单场最高40万元。"),
        ("演艺项目要满足什么条件", "对年演出场次不少于120场的驻场演艺项目给予补助。"),
        ("面积有多少公顷", "治理面积340万亩。"),
        ("关停几座煤矿", "引导三座煤矿退出。"),
        ("哪两大瓶颈", "“产业化程度低”“产业链条短”两大瓶颈问题。"),
        ("打造哪三区", "打造全球样板区、经济发展引领区、融合发展先行区。"),
        ("哪三条原则", "按照减量化、再利用、资源化原则推进。"),
        ("分哪五个方面", "一是……。二是……。三是……。四是……。五是……。"),
        ("CCUS是什么意思", "碳捕获、利用与封存（简称CCUS）。"),
        ("照着哪几份文件编的", "根据《可持续发展规划》《总体方案》制定。"),
        ("哪天开始休市", "2月8日零时起休市。"),
        ("由哪家公司承建", "由某某建设公司承建。"),
        ("第二条是什么", "一是加强领导。二是落实责任。"),
        ("支持哪三类项目", "支持供水类、排水类与节水类建设。"),
        ("达到哪三项目标", "实现水清、岸绿、景美三项目标。"),
        ("哪八个字的思路", "按照“节水优先、系统治理”的思路。"),
        ("补助多少钱", "每户补助300元。"),
        ("每年用几度电", "年用电260万千瓦时。"),
        ("承担多大比例", "省级承担60%，市级承担四成。"),
        ("由哪个部门管", "由县水务局统一管理。"),
        ("要建几个", "建设停车场3座。"),
        ("几天办结", "自受理之日起5日内办结。"),
        ("几天答复", "24小时内答复。"),
        ("多大规模以下的煤矿", "引导60万吨/年以下煤矿退出。"),
        ("打多少分以下就没戏", "低于六十分的不予录用。"),
        ("围绕几个领域聘请专家", "围绕五大领域聘请国内知名专家。"),
        ("修复面积要达到多少", "退化草地修复面积达60%以上。"),
        ("房屋要防几级大风", "房屋应防八级大风。"),
        ("砂岩是怎么形成的", "砂岩由古湖泊沉积形成。"),
        ("这种鸟是几级保护动物", "列为国家二级保护动物。"),
        ("多大吨位以上要报备", "排水量不小于100吨的船舶应当报备。"),
        ("组长由哪两位担任", "由县委书记、县长任组长。"),
        ("有哪三大瓶颈问题", "针对链条及结构单一、储备不足、人才匮乏等瓶颈问题。"),
        ("退出的都有哪些矿", "引导红石煤矿、青沟煤矿退出。"),
        ("要修复哪些矿山", "修复红石矿山、青沟矿山。"),
        ("实验室总投资多少，设在哪所大学", "总投资3亿元建设碳材料实验室；依托云湖大学设立。"),
        ("碳材料实验室设在哪所大学", "碳材料实验室设在云湖大学；组建公路研究院。"),
    ],
)
def test_what_is_there_is_not_missing(question: str, sentences: str) -> None:
    assert _missing(question, sentences) == []


@pytest.mark.parametrize(
    ("question", "sentences", "missing"),
    [
        ("扩容后一天处理多少吨", "开展污水处理厂扩容，共3座。", ["多少吨"]),
        ("占地几平方公里", "高标准推动产业园申建。", ["几平方公里"]),
        ("到底是哪三变", "扎实推进“三变”改革，激发活力。", ["哪三变"]),
        ("指哪两个屏障", "聚焦“两个屏障”“两个基地”战略定位。", ["哪两个屏障"]),
        ("是什么意思", "推进砒砂岩区治理。", ["是什么意思"]),
        ("论坛哪天开幕", "以论坛为依托。", ["哪天"]),
        ("由哪家公司评估", "委托第三方机构评估。", ["哪家公司"]),
        ("新政的头一条是什么", "释放新政红利，面向前沿。", ["头一条"]),
        ("支持哪三类项目", "支持供水类与排水类建设。", ["哪三类项目"]),
        ("哪八个字的思路", "按照“节水优先、系统治理、两手发力”的思路。", ["哪八个字的思路"]),
        ("补助多少钱", "每户补助3套设备。", ["多少钱"]),
        ("每年用几度电", "年用水260万立方米。", ["几度电"]),
        ("承担多大比例", "省级承担6000万元。", ["多大比例"]),
        ("由哪个部门管", "实行统一管理、分级落实。", ["哪个部门"]),
        ("要建几个", "建设道路3公里。", ["几个"]),
        ("几天办结", "自受理之日起3次告知。", ["几天"]),
        ("多大规模以下的公路", "养护公路260公里。", ["多大规模以下"]),
        ("多大规模以上的公路", "养护260公里以下的公路。", ["多大规模以上"]),
        ("围绕几个领域聘请专家", "围绕各大领域聘请国内知名专家。", ["几个"]),
        ("修复面积要达到多少", "修复草地，植被覆盖度达60%以上。", ["面积要达到多少"]),
        ("设置几个监测站点", "建设三北防护林监测站点。", ["几个"]),
        ("粮食产量是多少", "粮食产量增长5%。", ["产量是多少"]),
        ("砂岩是怎么形成的", "砂岩地区形成综合治理新局面。", ["怎么形成的"]),
        ("这种鸟是几级保护动物", "设立国家级自然保护区。", ["几级"]),
        ("产值多少元", "系数为0.59，万元产值用水量下降。", ["多少元"]),
        ("有哪三大瓶颈问题", "“产业化程度低”“产业链条短”两大瓶颈问题，提高水、电、路水平。", ["哪三大瓶颈问题"]),
        ("有哪两大瓶颈问题", "针对研究薄弱、储备不足、人才匮乏等瓶颈问题，整合资金、人才。", ["哪两大瓶颈问题"]),
        ("指哪两个屏障", "聚焦碳达峰、碳中和目标和“两个屏障”定位。", ["哪两个屏障"]),
        ("组长由哪三位担任", "由县委书记、县长任组长，负责决策、落实、协调。", ["组长由哪三位"]),
        ("照着哪几份文件编的", "按照《绿色矿山建设规划》推进。", ["哪几份文件"]),
        ("哪两位任副组长", "由县委书记、县长任组长。", ["哪两位任副组长"]),
        ("退出的都有哪些矿", "引导60万吨以下煤矿及老旧矿井退出。", ["哪些矿"]),
        ("退出的都有哪些煤矿", "依法注销采矿许可证的30处煤矿。", ["哪些煤矿"]),
        ("60余项工程叫什么名字", "实施循环用水等工程60余项。", ["60余项工程叫什么", "叫什么名字"]),
        ("碳材料实验室设在哪所大学", "建设碳材料实验室、光伏实验室；组建云湖大学公路研究院。", ["哪所大学"]),
        ("首席专家由哪两位担任组长", "设立首席专家，发挥前瞻性、导向性作用。", ["哪两位担任组长"]),
    ],
)
def test_what_is_asked_by_kind_and_not_there_is_named(question: str, sentences: str, missing: list[str]) -> None:
    assert _missing(question, sentences) == missing


def test_a_count_that_belongs_to_which_ones_asks_for_no_unit() -> None:
    assert _missing("涉及哪几座煤矿", "涉及甲煤矿、乙煤矿。") == []


def test_the_number_of_a_noun_alone_lists_nothing() -> None:
    assert not lists("推进“四水四定”和“三变”改革", 3, "变")


def test_so_many_things_asked_by_name_must_be_listed(assistant: Assistant) -> None:
    answer = assistant.ask("鄂尔多斯想打造的三个“区”分别叫什么")

    assert "全球样板区" in answer.answer.split("。")[0]


def test_a_post_without_a_holder_is_refused_however_it_is_asked(assistant: Assistant) -> None:
    assert assistant.ask("专家委员会的首席科学家定的是哪一位").kind is AnswerKind.REFUSAL


@pytest.mark.parametrize("asked", ["由哪两位担任", "由哪几位担任", "是哪两个人", "分别由哪两位领导担任"])
def test_several_persons_asked_for_are_who(assistant: Assistant, asked: str) -> None:
    told = assistant.ask(f"领导小组的双组长{asked}").answer.splitlines()[0]

    assert told.endswith("由市委书记、市人民政府市长任双组长。[1]")


@pytest.mark.parametrize("question", ["领导小组由哪三位担任组长", "首席科学家由哪两位担任", "首席科学家？由谁担任？"])
def test_a_post_is_not_held_by_more_persons_than_are_named(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("方案说鄂尔多斯面临哪两大瓶颈问题？", "资源型产业链条短，制约经济转型升级和绿色发展"),
        ("哪四个瓶颈问题？", "企业竞争力低等瓶颈问题"),
        ("能源经济有哪三个核心瓶颈问题？", "能源结构的多能互补体系尚未形成等核心瓶颈问题"),
    ],
)
def test_a_sentence_with_as_many_things_as_are_asked_for_is_told(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in assistant.ask(question).answer.splitlines()[0]


def test_more_things_than_any_sentence_has_are_denied(assistant: Assistant) -> None:
    answer = assistant.ask("方案说面临哪五大瓶颈问题？")

    assert answer.kind is AnswerKind.REFUSAL and "两大瓶颈问题" in answer.answer


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("建在哪两个旗区", "甲旗、乙旗"),
        ("由哪三个部门负责", "市工信局、市能源局、市科技局"),
        ("哪两项工作", "推进甲；推进乙"),
        ("分哪两年实施", "2023—2024年"),
        ("由哪个局牵头", "水利局"),
    ],
)
def test_a_cell_that_lists_things_or_states_years_tells_which_so_many(question: str, cell: str) -> None:
    assert not lists_one_of_many(fold(question), fold(cell))


def test_a_cell_that_is_no_list_does_not_tell_which_so_many() -> None:
    assert lists_one_of_many("具体是哪37处煤矿", "37处煤矿采空区治理项目全部完成验收")
