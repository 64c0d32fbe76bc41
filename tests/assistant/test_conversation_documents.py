"""Conversations over several documents that nobody prepared for: a notice, a regulation, two plans with one project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from index.build import build_index
from index.embedder import open_embedder

FILES = {
    "甲县规划.md": """# 甲县水利建设规划

## 一、重点项目

| 序号 | 项目名称 | 牵头单位 | 投资（亿元） | 建设时间 |
|---|---|---|---|---|
| 1 | 引水工程 | 水利局 | 3.5 | 2022-2024 |
| 2 | 绿道项目 | 住建局 | 0.8 | 2023-2024 |
""",
    "乙县规划.md": """# 乙县水利建设规划

## 一、重点项目

| 序号 | 项目名称 | 牵头单位 | 投资（亿元） | 建设时间 |
|---|---|---|---|---|
| 1 | 引水工程 | 农牧局 | 7.2 | 2021-2025 |
| 2 | 水库除险加固项目 | 水利局 | 1.1 | 2022-2023 |
""",
    "申报通知.txt": """甲县水利局关于做好水土保持资金申报工作的通知

一、申报范围

淤地坝建设、小流域综合治理项目。

二、补助标准

新建淤地坝每座补助80万元，小流域综合治理每平方公里补助60万元。

三、申报时间

申报材料应于4月30日前报送县水利局，逾期不予受理。
""",
    "企业条例.txt": """中小微企业扶持条例

第一条　中央财政应当在预算中设立中小企业科目。县级以上地方政府应当安排专项资金。

第二条　国有大型商业银行应当设立普惠金融机构。征信机构应当开发适合中小企业的征信产品。

第三条　学校校长、教师应当接受培训。
""",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("files")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = tmp_path_factory.mktemp("talk")
    build_index(folder, store, open_embedder("default", plan_settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=plan_settings.models))
    yield opened
    opened.close()


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


def ask(office: Assistant, turns: str) -> tuple[str, str]:
    *history, question = (turn.strip() for turn in turns.split("→"))
    answer = office.ask(question, history)
    return answer.standalone, answer.answer


@pytest.mark.parametrize(
    ("turns", "alone", "said"),
    rows("""
    甲县规划中引水工程由谁牵头 → 投资呢 | 甲县规划中，引水工程的投资 | 3.5亿元
    乙县规划中引水工程由谁牵头 → 投资呢 | 乙县规划中，引水工程的投资 | 7.2亿元
    乙县规划中引水工程由谁牵头 → 它的建设时间 | 乙县规划中，引水工程的建设时间 | 2021-2025
    """),
)
def test_the_document_named_is_carried_over(office: Assistant, turns: str, alone: str, said: str) -> None:
    standalone, answer = ask(office, turns)

    assert standalone == alone
    assert said in answer
    assert "对应" not in answer


@pytest.mark.parametrize(
    ("turns", "alone"),
    rows("""
    新建淤地坝每座补助多少万元 → 小流域综合治理呢 | 小流域综合治理补助多少万元
    申报范围是什么 → 补助标准呢 | 补助标准是什么
    申报材料报送给谁 → 逾期呢 | 逾期报送给谁
    中小微企业扶持条例第一条说什么 → 第二条呢 | 中小微企业扶持条例第二条说什么
    中小微企业扶持条例第一条说什么 → 它什么时候发布 | 中小微企业扶持条例什么时候发布
    中央财政应当在预算中设立什么科目 → 县级以上地方政府呢 | 县级以上地方政府应当在预算中设立什么科目
    国有大型商业银行应当设立什么 → 征信机构呢 | 征信机构应当设立什么
    学校校长应当接受什么 → 教师呢 | 教师应当接受什么
    """),
)
def test_a_phrase_of_an_unknown_document_finds_its_place(office: Assistant, turns: str, alone: str) -> None:
    assert ask(office, turns)[0] == alone
