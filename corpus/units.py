"""The units of measure that Chinese policy documents write behind a number, as one pattern.

Example: “平方公里”, “吨标煤/万元”, “个百分点”, “%”.
"""

from __future__ import annotations

import re

_MEASURES = (
    "% ％ ‰ ℃ 个百分点 百分点 "
    "元 美元 欧元 港元 人民币 "
    "吨标准煤 吨标煤 吨二氧化碳当量 吨二氧化碳 吨 公斤 千克 克 毫克 微克 斤 kg mg μg "
    "平方公里 平方千米 平方米 公顷 亩 km² km2 ㎡ m² m2 "
    "公里 千米 米 厘米 毫米 海里 km cm mm "
    "立方米 立方 升 毫升 m³ m3 "
    "千瓦时 兆瓦时 千瓦 兆瓦 吉瓦 瓦 MWh kWh MW GW kW 焦耳 吉焦 伏 千伏 kV 赫兹 "
    "年 个月 个工作日 工作日 小时 分钟 秒 天 日 周 周岁 岁 个季度 学时 "
    "人次 人天 人 户次 户 家次 家 辆次 亩次 万人 床 张床 分贝 dB "
)
# What a rate may be per, though it is no unit by itself (3月 is a date, 元/月 a rate).
_PER = "月|学年|学期|季度|旬|班次"
# Words that count things; a lone 一个 or 三种 in running text states no figure.
_COUNTED = (
    "个 项 件 座 处 条 所 台套 台 套 辆 艘 架 头 只 匹 口 眼 张 名 位 篇 部 本 次 批 场 类 种 级 倍 层 栋 间 股 份 期 "
    "对 "
    "支 片 块 株 棵 班 宗 起 例 卷 页 字 村 镇 枚 节 门 道 组 幅 艘次 架次 班次 标段 分 章 款 编 院 园 "
)
MEASURE_WORDS = frozenset(_COUNTED.split())


def _pattern() -> str:
    words = sorted({*_MEASURES.split(), *MEASURE_WORDS}, key=lambda word: (-len(word), word))
    # 多少张床位 counts beds by 张.
    one = "|".join(re.escape(word) + ("(?!位)" if word.endswith("床") else "") for word in words)
    # A Latin unit must not be the head of a Latin word: “5 makes” holds no metres.
    latin = r"(?<![A-Za-z](?=[A-Za-z]))"
    return rf"(?:(?:{one}){latin}(?:/(?:万|亿)?(?:{one}|{_PER}))?(?:·(?:{one}|{_PER}))?)"


UNIT = _pattern()
