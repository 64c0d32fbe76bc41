"""The report is one file that needs nothing else, says what a manager asks, and shows hostile text as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from evals.baseline import Baseline
from evals.cases import Case, Source
from evals.difference import Fate, differences
from evals.measures import MEASURES
from evals.page import render_page
from evals.stages import STAGES
from evals.summary import Run, RunStamp

HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=1'> {{hit}} {% hit %} \"'&<b>"

Runner = Callable[[Sequence[Case]], Run]
Keeper = Callable[[Run], Baseline]


class Tags(HTMLParser):
    """Collects tags, and whatever an attribute would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [value or "" for name, value in attrs if name in ("src", "href", "action", "data", "poster")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.fixture
def hostile_run(cases: tuple[Case, ...], terrible_run: Runner) -> Run:
    """A run whose questions, ids, stamp and answers are full of markup."""
    some = [
        case.model_copy(update={"question": HOSTILE, "history": (HOSTILE,), "id": f"{HOSTILE}{number}", "must": True})
        for number, case in enumerate(cases[:3])
    ]
    run = terrible_run(some)
    for verdict in run.verdicts:
        verdict.row["answer"] = HOSTILE  # type: ignore[index]
    return Run(RunStamp(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE), run.verdicts)


@pytest.fixture
def hostile_page(hostile_run: Run, baseline_of: Keeper, perfect_run: Runner) -> str:
    right = Run(hostile_run.stamp, perfect_run([verdict.case for verdict in hostile_run.verdicts]).verdicts)
    return render_page(hostile_run, baseline_of(right))


def test_hostile_text_is_shown_as_text(hostile_page: str, perfect_run: Runner, cases: tuple[Case, ...]) -> None:
    found, harmless = Tags(hostile_page), Tags(render_page(perfect_run(cases[:3]), None))
    assert not {"script", "img"} & set(found.tags)
    assert found.tags.count("b") == harmless.tags.count("b")
    assert (found.loads, found.handlers) == ([], [])
    assert "{{hit}}" in hostile_page
    assert "&lt;script&gt;window.hit=1&lt;/script&gt;" in hostile_page


def test_the_page_loads_nothing_from_anywhere(hostile_page: str) -> None:
    assert "default-src 'none'" in hostile_page
    assert not re.search(r"https?://|@import|url\(|@font-face", hostile_page)


def test_a_drop_is_said_first_with_its_reasons_and_the_flips_with_both_answers(
    cases: tuple[Case, ...], perfect_run: Runner, terrible_run: Runner, baseline_of: Keeper
) -> None:
    some = [case.model_copy(update={"must": number == 0}) for number, case in enumerate(cases[:8])]
    page = render_page(terrible_run(some), baseline_of(perfect_run(some)))
    assert "暂勿上线：发现倒退" in page
    assert f"必答题丢失 2 处：{some[0].id} 答案、{some[0].id} 引用" in page
    assert "答案正确率显著下降：1.000 → 0.000" in page
    assert "由对变错（8 题）" in page
    assert page.count('<article class="flip bad">') == 8
    assert "<del>水利局，水利局</del>" in page


def test_a_run_that_equals_its_baseline_may_go_online(
    cases: tuple[Case, ...], perfect_run: Runner, baseline_of: Keeper
) -> None:
    run = perfect_run(cases)
    page = render_page(run, baseline_of(run))
    assert "可以上线：没有发现倒退" in page
    assert "由对变错（0 题）" in page
    assert "2026-01-02：第一次" in page


def test_every_measure_and_stage_is_defined(cases: tuple[Case, ...], perfect_run: Runner) -> None:
    page = render_page(perfect_run(cases), None)
    for said in (*(text for one in MEASURES for text in (one.title, one.formula)), *STAGES.values()):
        assert said in page
    assert "没有基线可比" in page


def test_generated_questions_are_kept_apart_from_hand_made_ones(
    cases: tuple[Case, ...], perfect_run: Runner, terrible_run: Runner
) -> None:
    made = [case.model_copy(update={"source": Source.GENERATED}) for case in cases[:20]]
    run = Run(RunStamp("x"), perfect_run(cases[20:50]).verdicts + terrible_run(made).verdicts)
    page = render_page(run, None)
    hand, generated = page.split("由文件自动生成的题（20 题）")
    assert "人工编写的题（30 题）" in hand
    assert "100.0%" in hand
    assert "100.0%" not in generated.split("</section>")[0]
    assert "由文件自动生成" not in render_page(perfect_run(cases), None)


def test_a_run_of_generated_questions_alone_shows_their_figures_and_no_empty_chart(
    cases: tuple[Case, ...], perfect_run: Runner
) -> None:
    cited = [case for case in cases if case.evidence]
    page = render_page(perfect_run([case.model_copy(update={"source": Source.GENERATED}) for case in cited[:9]]), None)
    assert "人工编写的题" not in page
    assert "由文件自动生成的题（9 题）" in page
    assert "<b>100.0%</b><span>引用正确（须引用的题）</span>" in page


def test_without_a_baseline_nobody_is_told_to_go_online(cases: tuple[Case, ...], perfect_run: Runner) -> None:
    page = render_page(perfect_run(cases[:3]), None)
    assert "还没有基线，不能判断有无倒退" in page
    assert "可以上线" not in page


def test_a_run_of_no_question_is_a_page_too(perfect_run: Runner) -> None:
    page = render_page(perfect_run(()), None)
    assert "共 0 题" in page
    assert "nan" not in page.lower().replace("tabular-nums", "")


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("投资8.9亿元", "投资8.9万元", [(Fate.GONE, "亿"), (Fate.NEW, "万")]),
        ("投资12.5亿元", "投资13.5亿元", [(Fate.GONE, "12.5"), (Fate.NEW, "13.5")]),
        ("同", "同", []),
        ("", "新", [(Fate.NEW, "新")]),
        ("旧", "", [(Fate.GONE, "旧")]),
    ],
)
def test_a_difference_names_what_went_and_came(before: str, now: str, changed: list[tuple[Fate, str]]) -> None:
    pieces = differences(before, now)
    assert [(piece.fate, piece.text) for piece in pieces if piece.fate is not Fate.KEPT] == changed
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.GONE) == now


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_in_a_browser_nothing_runs_and_the_page_fits_the_screen(
    browser: Browser, hostile_page: str, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "report.html"
    file.write_text(hostile_page, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".bars svg").first.bounding_box()["width"] > 100  # type: ignore[index]
    assert asked == [file.as_uri()]
    context.close()
