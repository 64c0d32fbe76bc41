"""Where no doubt is left that a passage answers, what is asked of a kind may be stated in another form, and no less."""

from __future__ import annotations

import pytest

from assistant.respond.stated_otherwise import is_stated_otherwise
from corpus.folding import fold
from corpus.models import Span


@pytest.mark.parametrize(
    ("asked", "sentence", "stated"),
    [
        ("哪三门技术", "重点试验结晶、空冷和矿井水净化三类技术", True),
        ("哪三门技术", "重点试验结晶和空冷两类技术", False),
        ("哪三种水", "推进甲水库、乙镇、丙镇和丁镇水系保护工程", False),
        ("哪一天", "每年3月5日公布", True),
        ("哪一天", "三年内公布", False),
        ("什么时候", "2025年12月底前挂牌运营", True),
        ("什么时候", "工期两年", False),
        ("多久", "应当在24小时内回收", True),
        ("多久", "一年一度举行", False),
        ("多久", "由市水利局负责", False),
        ("占多少", "占总用电量的30%", True),
        ("占多少", "全部取消", False),
        ("一共多少", "三年定向招录210人", True),
        ("一共多少", "新建147座，加固94座", False),
        ("一共多少", "新建147座，加固94座，共241座", True),
        ("最低", "围挡高度不低于2.5米", True),
        ("最低", "每人最高不超过150元", False),
        ("几所", "共建产业学院6个", True),
        ("几所", "三个月内建成", False),
        ("谁管", "由街道办事处委托应急物业服务", True),
        ("谁管", "应当及时清理", False),
        ("哪些证件", "两地互认人才职称", False),
    ],
)
def test_so_many_are_listed_counted_dated_or_summed(asked: str, sentence: str, stated: bool) -> None:
    key = fold(asked)

    assert is_stated_otherwise(key, Span(0, len(key)), fold(sentence)) is stated
