"""Everyday words stand beside those of official papers: each group is one thing, no chain of groups joins two."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest

from corpus.folding import fold
from corpus.knowledge import load_knowledge

# Words that a question must never exchange: opposites, a part and its whole, two measures, two steps, two bodies.
DIFFERENT = """
牵头/配合 牵头单位/配合单位 施工单位/责任单位 主办/协办 开工/竣工 目标/完成 征求意见/印发 规划/现状 预算/决算
立项/验收 审批/备案 招标/中标 投资/贷款 投资/补贴 产量/产能 产值/增加值 发电量/装机容量 发电量/用电量 收入/利润
营业收入/利润 利润/亏损 税收/收费 利息/本金 总投资/完成投资 增长/下降 增加/减少 提高/降低 扩大/压减 上限/下限
不低于/不超过 超过/低于 同比/环比 总量/人均 总量/强度 累计/每年 每年/每月 今年/去年 上半年/下半年 年初/年底
进口/出口 批发/零售 失业/就业 退休/就业 招聘/裁员 处罚/表彰 罚款/补贴 奖励/处罚 鼓励/禁止 允许/禁止 设立/取消
建成/拆除 关停/投产 复工复产/停产 城镇居民/农村居民 常住人口/户籍人口 老年人/儿童 公租房/商品房 购房/租房
初中/普通高中 公办学校/民办学校 学前教育/义务教育 养老保险/医疗保险 失业保险/工伤保险 风电/光伏 煤炭/天然气
碳达峰/碳中和 能耗/碳排放 供水/排水 地表水/地下水 污水/再生水 洪水/旱灾 禁牧/轮牧 造林/种草 耕地/草原 化肥/农药
化肥/有机肥 荒漠化/沙化 危险废物/一般工业固体废物 垃圾焚烧/垃圾填埋 二氧化硫/氮氧化物 PM2.5/PM10 大气污染/水污染
公路/铁路 客运/货运 机场/火车站 诉讼/仲裁 吊销/注销 生态环境局/自然资源局 发改委/工信局 人社局/民政局
公安局/应急局 一把手/分管领导 试点/示范 条例/通知 废止/生效
"""


def groups() -> list[tuple[str, ...]]:
    return [tuple(map(fold, group)) for group in load_knowledge(None).everyday]


def built_in() -> list[tuple[str, ...]]:
    return [*groups(), *(tuple(map(fold, group)) for group in load_knowledge(None).synonyms)]


def reached() -> dict[str, set[str]]:
    """Return for each word all that can be reached from it over groups that share a word."""
    beside: dict[str, set[str]] = defaultdict(set)
    for group in built_in():
        for word in group:
            beside[word] |= set(group)
    far: dict[str, set[str]] = {}
    for word in beside:
        seen, waiting = {word}, [word]
        while waiting:
            waiting += (new := beside[waiting.pop()] - seen)
            seen |= new
        far[word] = seen
    return far


def test_everyday_words_of_many_subjects_are_known_without_an_office():
    together = {word: set(group) for group in groups() for word in group}
    assert len(groups()) > 900
    assert {"秸秆", "马铃薯", "供暖", "低保", "一把手", "驾照"} <= set(together)
    assert "庄稼秆子" in together["秸秆"] and "土豆" in together["马铃薯"]


def test_a_group_has_two_to_six_words_each_of_two_characters_or_more():
    assert [group for group in groups() if not 2 <= len(group) <= 6] == []
    assert [word for group in groups() for word in group if len(word) < 2] == []


def test_no_word_stands_twice_in_a_group_and_no_group_twice():
    assert [group for group in groups() if len(set(group)) < len(group)] == []
    sets = [set(group) for group in built_in()]
    assert [one for one, other in combinations(sets, 2) if one == other] == []


def test_words_have_no_blanks_or_marks_around_them():
    assert [word for group in groups() for word in group if word != word.strip(" 　、，。；：“”")] == []


@pytest.mark.parametrize("pair", DIFFERENT.split())
def test_what_differs_is_never_exchanged_directly_or_over_other_groups(pair: str):
    one, other = map(fold, pair.split("/"))
    assert other not in reached().get(one, set())


def test_figures_are_compared_under_strict_synonyms_alone():
    knowledge = load_knowledge(None)
    assert not set(knowledge.synonyms) & set(knowledge.everyday)
