"""The chat: a FastAPI application and the assistant in, the application with the chat at ``/`` out.

Example: a question typed in the box becomes a card “牵头责任单位是…。[1]”, and [1] opens the source beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from assistant.doors.answerer import Answerer
from assistant.doors.examples import propose_questions
from assistant.doors.page import LocalPage
from assistant.doors.panel import render_panel
from assistant.doors.rendering import SEARCH_RANGE, Turn, range_name, render_conversation, render_header, render_notice
from assistant.doors.source_route import add_source_route
from assistant.errors import AssistantError
from assistant.readable import writable
from assistant.respond.document_labels import labels_of
from corpus.errors import CorpusError
from corpus.models import ParsedDocument
from index.errors import IndexRoomError

NAME = "政策文件问答"
ASSETS = Path(__file__).parent / "assets"
ASKERS = 16
"""Questions answered at the same time; the framework's own default is one."""

EVENT: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": ASKERS, "api_visibility": "private"}

MOST_TURNS = 60
"""Questions of one conversation kept on the page."""

FAILED = "出错了，请稍后再试；问题仍在输入框中。"
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")

Turns = tuple[Turn, ...]
Screen = tuple[Turns, str, str, str]  # conversation, its HTML, the notice, the input box


def mount_chat(app: FastAPI, assistant: Answerer) -> FastAPI:
    """Return ``app`` with the chat mounted at ``/``; nothing on its page is asked from another host."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    add_source_route(app, assistant)
    app.add_middleware(LocalPage)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        _build_page(assistant),
        path="/",
        theme=_local_theme(),
        # Not as css_paths: the framework would repeat each rule under a prefix of its own.
        head=f"<style>{_read_asset('chat.css')}</style>",
        favicon_path=str(ASSETS / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size=0,
    )
    return mounted


def _read_asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _local_theme() -> gr.themes.Base:
    # A plain string would be taken for a web font and fetched.
    fonts = [gr.themes.Font(name) for name in FONTS]
    return gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=fonts, font_mono=[gr.themes.Font("monospace")])


def _build_page(assistant: Answerer) -> gr.Blocks:
    examples = propose_questions(assistant.documents)

    def answer(question: str, turns: Turns, chosen: Sequence[str] = ()) -> Iterator[Screen]:
        question = writable(question)
        earlier = [turn.question for turn in turns]
        waiting = (*turns, Turn(question, None))
        yield turns, render_conversation(waiting), "", question
        try:
            found = assistant.ask(question, earlier, chosen or None)
        except (AssistantError, IndexRoomError, CorpusError) as error:
            yield turns, render_conversation(turns, examples), render_notice(str(error)), question
            return
        turns = (*turns, Turn(question, found))[-MOST_TURNS:]
        yield turns, render_conversation(turns), "", ""

    def answer_clicked(turns: Turns, chosen: list[str], clicked: gr.EventData) -> Iterator[Screen]:
        yield from answer(str(clicked._data.get("question", "")), turns, chosen)

    def give_up(turns: Turns) -> tuple[str, str]:
        return render_conversation(turns, examples), render_notice(FAILED)

    def begin_again() -> Screen:
        return (), render_conversation((), examples), "", ""

    with gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="talk"):
                gr.HTML(render_header(NAME, assistant.documents), apply_default_css=False, js_on_load=None)
                talk = gr.HTML(
                    render_conversation((), examples),
                    elem_id="conversation",
                    apply_default_css=False,
                    js_on_load=_read_asset("chat.js"),
                )
                with gr.Column(elem_id="composer"):
                    within = _build_range(assistant.documents)
                    notice = gr.HTML("", elem_id="notice", apply_default_css=False, js_on_load=None)
                    box = gr.Textbox(**_box_settings())
                again = gr.Button("新对话", elem_id="again", size="sm")
            gr.HTML(render_panel(), elem_id="source-panel", apply_default_css=False, js_on_load=None)
        screen = [turns, talk, notice, box]
        for event, function, given in ((box.submit, answer, [box]), (talk.submit, answer_clicked, [])):
            asked = event(function, [*given, turns, within], screen, concurrency_id="ask", **EVENT)
            asked.failure(give_up, [turns], [talk, notice], **EVENT)
        again.click(begin_again, None, screen, **EVENT)
    return page


def _build_range(documents: Sequence[ParsedDocument]) -> gr.CheckboxGroup:
    """Return the choice of documents to stay within, folded under its name; hidden where there is only one."""
    choices = [(label, name) for name, label in labels_of(documents).items()]
    several = len(choices) > 1
    with gr.Accordion(range_name([], len(choices)), open=False, visible=several, elem_id="search-range") as fold:
        boxes = gr.CheckboxGroup(choices, label=SEARCH_RANGE, show_label=False, container=False)
    boxes.change(lambda chosen: gr.Accordion(label=range_name(chosen, len(choices))), [boxes], [fold], **EVENT)
    return boxes


def _box_settings() -> dict[str, Any]:
    return {
        "elem_id": "question",
        "label": "问题",
        "show_label": False,
        "container": False,
        "placeholder": "请输入问题，按 Enter 发送",
        "lines": 1,
        "max_lines": 6,
        "autofocus": True,
        "submit_btn": "提问",
    }
