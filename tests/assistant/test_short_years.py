"""Years by two figures are read in full where a year is meant; durations stay as they are."""

from __future__ import annotations

import pytest

from assistant.understand.short_years import in_full_years


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("24年完工的项目有几个", "2024年完工的项目有几个"),
        ("事故死亡率20年、24年各多少", "事故死亡率2020年、2024年各多少"),
        ("发明专利24年比20年多多少", "发明专利2024年比2020年多多少"),
        ("治理率20年多少", "治理率2020年多少"),
        ("能耗24年到底1.5还是1.82", "能耗2024年到底1.5还是1.82"),
        ("园区产值能力24年目标", "园区产值能力2024年目标"),
        ("到23年要建多少", "到2023年要建多少"),
        ("科技型中小企业24年要达到多少家", "科技型中小企业2024年要达到多少家"),
    ],
)
def test_a_year_is_read_in_full(text: str, full: str) -> None:
    assert in_full_years(text) == full


@pytest.mark.parametrize(
    "text",
    [
        "从业20年的专家",
        "有20年历史",
        "连续20年下降",
        "合作20年的企业",
        "25年一次",
        "20年一遇的洪水",
        "租赁20年",
        "用了20年多少钱",
        "建设24年的项目",
        "20年后",
        "2024年的目标",
        "1.24年",
    ],
)
def test_a_duration_stays(text: str) -> None:
    assert in_full_years(text) == text
