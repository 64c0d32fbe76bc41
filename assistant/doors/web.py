"""The chat: a FastAPI application and the assistant in, the application with the chat at ``/`` out.

Example: a question typed in the box becomes a card “牵头责任单位是…。[1]”, and [1] opens the source beside it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
import sqlalchemy as sa
from fastapi import FastAPI

from assistant.conversations.feedback import FeedbackStore, StandardAnswers
from assistant.conversations.store import ConversationStore
from assistant.doors.answerer import Answerer
from assistant.doors.assets_route import add_assets
from assistant.doors.cards import SEARCH_RANGE, range_name, render_header, render_welcome
from assistant.doors.conversation_routes import add_conversation_routes
from assistant.doors.document_pages import add_document_list
from assistant.doors.examples import propose_questions
from assistant.doors.feedback_routes import REASONS, add_feedback_routes
from assistant.doors.page import LocalPage
from assistant.doors.panel import render_panel
from assistant.doors.report_route import REPORT, add_report_route
from assistant.doors.review_routes import add_review_routes
from assistant.doors.reviewers import Reviewers
from assistant.doors.same_origin import SameOrigin
from assistant.doors.source_route import add_source_routes
from assistant.doors.talk import Asked, Delivery, Talk
from assistant.doors.templating import ASSETS, render
from assistant.doors.visitors import Visitors, visitor_of
from assistant.respond.document_labels import labels_of
from corpus.agreement.models import Finding
from corpus.models import ParsedDocument
from corpus.parse import Failure

NAME = "政策文件问答"
ASKERS = 16
"""Questions answered at the same time; the framework's own default is one."""

EVENT: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": ASKERS, "api_visibility": "private"}
PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")


@dataclass(frozen=True, slots=True)
class Office:
    """What the chat keeps and who may look at it.

    Attributes:
        engine: The database of the talks.
        stamp: The index's name.
        password: What opens the review page; empty: nothing does.
        report: Where the report of the evals lies.
        user_header: The header in which a trusted proxy names the signed-on user; empty: visitors have cookies.
        admins: Signed-on users who may review without the password.
        built: When the index was built, ISO 8601.
        unread: What tells which files of the documents' folder are not among them, and why.
        findings: What the documents state in several places.
    """

    engine: sa.Engine
    stamp: str = ""
    password: str = ""
    report: Path = Path(REPORT)
    user_header: str = ""
    admins: frozenset[str] = frozenset()
    built: str = ""
    unread: Callable[[], Sequence[Failure]] = tuple
    findings: Sequence[Finding] = ()


def mount_chat(app: FastAPI, assistant: Answerer, office: Office) -> FastAPI:
    """Return ``app`` with the chat mounted at ``/``; nothing on its page is asked from another host."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # The framework would sum up all events in a data frame after each one, in the answer's time.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
    standards, feedback = StandardAnswers(office.engine), FeedbackStore(office.engine)
    talk = Talk(assistant, ConversationStore(office.engine), standards, office.stamp)
    add_assets(app)
    add_source_routes(app, assistant)
    add_document_list(app, assistant, office.built, office.unread, office.findings)
    add_feedback_routes(app, talk, feedback)
    reviewers = Reviewers(office.password, office.admins)
    add_report_route(app, office.report, reviewers)
    add_review_routes(app, feedback, standards, reviewers)
    add_conversation_routes(app, talk)
    app.add_middleware(LocalPage)
    app.add_middleware(Visitors, user_header=office.user_header)
    app.add_middleware(SameOrigin)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(talk),
        path="/",
        theme=_local_theme(),
        favicon_path=str(ASSETS / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size=0,
    )
    return mounted


def _local_theme() -> gr.themes.Base:
    # A plain string would be taken for a web font and fetched.
    fonts = [gr.themes.Font(name) for name in FONTS]
    return gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=fonts, font_mono=[gr.themes.Font("monospace")])


def build_page(talk: Talk) -> gr.Blocks:
    """Return the page; what it shows of a talk is delivered to its scripts, which put it in place."""
    documents = talk.assistant.documents

    def answer(within: Sequence[str], sent: gr.EventData, request: gr.Request) -> Delivery:
        asked = Asked(**{name: str(sent._data.get(name, "")) for name in Asked.__slots__})
        assert request.request is not None
        return talk.ask(visitor_of(request.request), asked, within)

    def give_up() -> Delivery:
        return {"notice": ""}

    with gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True) as page:
        with gr.Row(elem_id="layout"):
            gr.HTML(render("sidebar.html.j2"), elem_id="side", **PLAIN)
            with gr.Column(elem_id="talk"):
                gr.HTML(render_header(NAME, documents), **PLAIN)
                gr.HTML(render_welcome(propose_questions(documents)), elem_id="conversation", **PLAIN)
                with gr.Column(elem_id="composer"):
                    within = _build_range(documents)
                    gr.HTML('<div class="strip"></div>', elem_id="notice", **PLAIN)
                    box = _build_script("composer.html.j2", "question", "sending.js")
                delivery = _build_script("delivery.html.j2", "delivery", "receiving.js")
            gr.HTML(render_panel(), elem_id="source-panel", **PLAIN)
            gr.HTML(render("dialogs.html.j2", reasons=REASONS), elem_id="dialogs", **PLAIN)
        # Once is the default: a question sent while the framework still closes the last one would be dropped.
        asked = box.submit(answer, [within], [delivery], trigger_mode="multiple", **EVENT)
        asked.failure(give_up, None, [delivery], **EVENT)
    return page


def _build_script(template: str, name: str, script: str) -> gr.HTML:
    """Return a part of the page that talks with the framework: its HTML is fixed, its value what was delivered."""
    inside = (ASSETS / script).read_text(encoding="utf-8")
    return gr.HTML("", html_template=render(template), js_on_load=inside, apply_default_css=False, elem_id=name)


def _build_range(documents: Sequence[ParsedDocument]) -> gr.CheckboxGroup:
    """Return the choice of documents to stay within, folded under its name; hidden where there is only one."""
    choices = [(label, name) for name, label in labels_of(documents).items()]
    several = len(choices) > 1
    with gr.Accordion(range_name([], len(choices)), open=False, visible=several, elem_id="search-range") as fold:
        boxes = gr.CheckboxGroup(choices, label=SEARCH_RANGE, show_label=False, container=False)
    boxes.change(lambda chosen: gr.Accordion(label=range_name(chosen, len(choices))), [boxes], [fold], **EVENT)
    return boxes
