"""An assistant that says what a test wrote down, and the chat served with it on a free port."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from assistant.conversations.database import open_database
from assistant.doors.api import create_api
from assistant.doors.web import Office, mount_chat
from assistant.engine import Assistant
from assistant.errors import QuestionInvalid
from assistant.models import (
    Answer,
    AnswerKind,
    Calculation,
    Citation,
    Conflict,
    ResultTable,
    Statement,
)
from assistant.settings import Settings
from corpus.models import ParsedDocument
from index.build import build_index
from index.embedder import open_embedder
from index.errors import IndexMissing
from index.models import Chunk, ChunkKind, Hit

Cite = Callable[..., Citation]
OpenPapers = Callable[[Path | Mapping[str, str]], Assistant]


def cite(document: ParsedDocument, index: int, quote: str, after: str = "", locator: str = "") -> Citation:
    """Return the citation of the first ``quote`` that follows ``after`` in the document."""
    start = document.text.index(quote, document.text.index(after))
    info = document.info
    return Citation(
        index, info.title, info.id, info.status, ("三、主要任务",), locator, quote, start, start + len(quote)
    )


class ScriptedAssistant:
    """Fake: answers with the first script whose key is in the question, refuses what no key fits."""

    def __init__(self, document: ParsedDocument, scripts: dict[str, Answer], *others: ParsedDocument) -> None:
        self.documents = (document, *others)
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.scopes: list[Sequence[str] | None] = []
        self._scripts = scripts

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None) -> Answer:
        if not re.sub(r"[\x00-\x1f]", "", question).strip():
            raise QuestionInvalid("请输入问题。")
        if len(question) > 2000:
            raise QuestionInvalid("问题太长，请控制在2000字以内。")
        if "索引" in question:
            raise IndexMissing("尚未建立索引。请先运行 policy-assistant index。")
        if "故障" in question:
            raise RuntimeError("a fault of the program, not of the question")
        self.asked.append((question, tuple(history)))
        self.scopes.append(documents)
        found = next((answer for key, answer in self._scripts.items() if key in question), None)
        if found is None:
            text = f"文件中没有说明“{question}”。"
            return Answer(question, question, AnswerKind.REFUSAL, text, missing=(question,))
        return found

    def search(self, query: str, k: int = 10, documents: Sequence[str] | None = None) -> tuple[Hit, ...]:
        clause = self.documents[0].clauses[0]
        chunk = Chunk(
            "c1", self.documents[0].info.id, ChunkKind.CLAUSE, query, query, clause.span, clause.path, clause.id
        )
        return (Hit(chunk, 0.5, 1),)[:k]


def lead_answer(plan: ParsedDocument) -> Answer:
    """The answer to 十大孔兑项目由哪个局牵头: two cells and a sentence."""
    return Answer(
        question="十大孔兑项目由哪个局牵头",
        standalone="十大孔兑项目由哪个局牵头",
        kind=AnswerKind.LOOKUP,
        answer="两个十大孔兑项目的牵头责任单位都是**水利局**。[1][2]\n\n- 正文：市水利局[3]",
        citations=(
            cite(plan, 1, "水利局", "黄河内蒙古段十大孔兑", "附件5 项目表 第3行 “牵头责任单位”"),
            cite(plan, 2, "水利局", "晋陕蒙砒砂岩区十大孔兑", "附件5 项目表 第6行 “牵头责任单位”"),
            cite(plan, 3, "牵头部门：市水利局", "2.水土流失综合治理工程。", "三、（一）2."),
        ),
        table=ResultTable(("序号", "牵头责任单位"), (("3", "水利局"), ("6", "水利局"))),
        calculation=Calculation("2 行", "SELECT 1"),
        conflicts=(Conflict("牵头单位", (Statement("水利局", "", 1), Statement("市水利局", "", 3))),),
        suggestions=("这两个项目计划投资多少？",),
        timings_ms={"total": 1.0},
    )


HOSTILE = (
    '<script>window.hit=1</script><img src=x onerror="window.hit=1"> '
    "[坏](javascript:window.hit=1) ${window.hit=1} {{hit}}"
)
"""What must stay text wherever it is shown."""


@pytest.fixture(scope="session")
def scripted(plan: ParsedDocument) -> ScriptedAssistant:
    """The fake with an answer about 十大孔兑 and one full of hostile text."""
    from dataclasses import replace

    lead = lead_answer(plan)
    hostile = replace(
        lead,
        answer=f"{HOSTILE}。[1]\n\n- {HOSTILE}\n\n> {HOSTILE}",
        table=ResultTable((HOSTILE,), ((HOSTILE,),)),
        citations=(replace(lead.citations[0], locator=HOSTILE, document=HOSTILE, status=HOSTILE),),
        missing=(HOSTILE,),
        suggestions=(HOSTILE,),
        conflicts=(Conflict(HOSTILE, (Statement(HOSTILE, HOSTILE, 1),)),),
        calculation=Calculation(HOSTILE, HOSTILE),
    )
    invested = replace(
        lead, question="这两个项目计划投资多少？", standalone="十大孔兑的两个项目计划投资多少", conflicts=()
    )
    sums = (("甲项目", "406"), ("乙项目", "9"), ("丙项目", "35.79"))
    charted = replace(lead, table=ResultTable(("项目", "投资（亿元）"), sums), conflicts=(), suggestions=())
    names = [f"{name}区某某综合治理重点建设项目" for name in "甲乙丙丁戊己庚辛"]
    text = f"共8个：{'；'.join(f'{name}[1]' for name in names)}。"
    listed = replace(charted, answer=text, table=ResultTable(("项目",), tuple((name,) for name in names)))
    scripts = {"计划投资多少": invested, "图表": charted, "清单": listed, "十大孔兑": lead, "script": hostile}
    return ScriptedAssistant(plan, scripts)


RULES = Path(__file__).resolve().parent.parent / "samples" / "rules"


@pytest.fixture(scope="session")
def green(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    """An assistant over a plan in running text, written for the rules of passages."""
    with opened_over(RULES / "green", tmp_path_factory.mktemp("green"), plan_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def lakeside(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    """An assistant over a rule in articles, written for what is asked at large."""
    with opened_over(RULES / "lakeside", tmp_path_factory.mktemp("lakeside"), plan_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def rivers(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    """An assistant over a plan whose sentences name who does what beside what is done."""
    with opened_over(RULES / "rivers", tmp_path_factory.mktemp("rivers"), plan_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def renewal(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    """An assistant over a plan with tables of projects and indicators."""
    with opened_over(RULES / "renewal", tmp_path_factory.mktemp("renewal"), plan_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def schools(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[Assistant]:
    """An assistant over two notices with tables of schools, indicators, persons, districts, subsidies and tasks."""
    with opened_over(RULES / "schools", tmp_path_factory.mktemp("schools"), plan_settings) as opened:
        yield opened


@contextmanager
def opened_over(folder: Path, store: Path, settings: Settings) -> Iterator[Assistant]:
    """Open an assistant over the documents of ``folder``, indexed into ``store``."""
    build_index(folder, store, open_embedder("default", settings.models))
    opened = Assistant.open(settings=Settings(index=store, models=settings.models))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def open_papers(tmp_path_factory: pytest.TempPathFactory, plan_settings: Settings) -> Iterator[OpenPapers]:
    """Open assistants over a folder, or over texts by the names of their files, until the module is done."""
    with ExitStack() as opened:

        def open_over(papers: Path | Mapping[str, str]) -> Assistant:
            folder = papers if isinstance(papers, Path) else tmp_path_factory.mktemp("papers")
            for name, text in papers.items() if not isinstance(papers, Path) else ():
                (folder / name).write_text(text, encoding="utf-8")
            return opened.enter_context(opened_over(folder, tmp_path_factory.mktemp("index"), plan_settings))

        yield open_over


@pytest.fixture(scope="session")
def two_documents(plan: ParsedDocument) -> ScriptedAssistant:
    """The fake over two documents."""
    from dataclasses import replace

    adopted = replace(plan, info=replace(plan.info, id="adopted", status="正式"))
    return ScriptedAssistant(plan, {"十大孔兑": lead_answer(plan)}, adopted)


def make_app(scripted: ScriptedAssistant, folder: Path, **office: Any) -> FastAPI:
    """API and chat with the fake behind them, its talks kept in ``folder``; the password is “口令”."""

    async def build() -> FastAPI:
        known = {"stamp": "g1", "password": "口令", "report": folder / "report.html"}
        kept = Office(open_database(folder), **known | office)
        return mount_chat(create_api(scripted), scripted, kept)

    # Outside of a running loop the chat's framework opens loops of its own and never closes them; the browser's
    # driver may have one running in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(build())).result()


@pytest.fixture(scope="session")
def chat_over() -> Callable[..., FastAPI]:
    """What makes an application: a fake and the folder for its talks in."""
    return make_app


@pytest.fixture(scope="session")
def talks_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the chat over the plan keeps its talks."""
    return tmp_path_factory.mktemp("talks")


@pytest.fixture(scope="session")
def chat_app(scripted: ScriptedAssistant, talks_folder: Path) -> FastAPI:
    return make_app(scripted, talks_folder)


@pytest.fixture(scope="session")
def serve() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """What serves an application on a free port, as a context that gives its address."""
    return served


@pytest.fixture(scope="session")
def chat_address(chat_app: FastAPI) -> Iterator[str]:
    """The chat served on a free port."""
    with served(chat_app) as address:
        yield address


@pytest.fixture(scope="session")
def two_documents_address(two_documents: ScriptedAssistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The chat over two documents served on a free port."""
    with served(make_app(two_documents, tmp_path_factory.mktemp("talks"))) as address:
        yield address


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve ``app`` until the context ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The installed Chromium; tests that need it carry the mark ``browser`` and are skipped without it."""
    found = shutil.which("chromium")
    assert found
    return found
