"""The administrator's page over HTTP: feedback listed, made into an eval question or a reviewed answer.

Example: ``POST /review/12/standard`` with an answer and a name keeps it; from then on it is shown before the found one.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import Field

from assistant.conversations.eval_rows import CATEGORIES, eval_row
from assistant.conversations.feedback import FeedbackStore, StandardAnswers
from assistant.doors.reviewers import COOKIE, DAY_S, Reviewers
from assistant.doors.templating import render
from assistant.doors.visitors import user_of
from assistant.readable import readable

WRONG = "口令不正确。"
TOO_OFTEN = "尝试次数过多，请稍后再试。"
Line = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=8000)]
Places = Annotated[tuple[Annotated[int, Field(ge=0)], ...], Form(max_length=200)]


def add_review_routes(app: FastAPI, feedback: FeedbackStore, standards: StandardAnswers, reviewers: Reviewers) -> None:
    """Give ``app`` the administrator's page; every route but the way in asks who it is."""
    routes = APIRouter(prefix="/review", include_in_schema=False)
    _add_entrance(routes, reviewers, feedback, standards)
    _add_decisions(routes, reviewers, feedback, standards)
    app.include_router(routes)


def _add_entrance(routes: APIRouter, reviewers: Reviewers, feedback: FeedbackStore, standards: StandardAnswers) -> None:
    @routes.get("")
    def page(request: Request) -> HTMLResponse:
        if not reviewers.may_review(request):
            return HTMLResponse(render("sign_in.html.j2", root="./", trouble="", has_password=reviewers.has_password))
        values: dict[str, object] = {"rows": len(feedback.rows()), "reviewer": user_of(request)}
        values |= {"entries": feedback.listed(), "standards": standards.listed(), "categories": CATEGORIES}
        return HTMLResponse(render("review.html.j2", root="./", **values))

    @routes.post("/enter")
    def enter(request: Request, password: Line) -> Response:
        address = request.client.host if request.client else ""
        token = reviewers.admit(password) if (allowed := reviewers.may_try(address)) else ""
        if not token:
            trouble = WRONG if allowed else TOO_OFTEN
            return HTMLResponse(
                render("sign_in.html.j2", root="../", trouble=trouble, has_password=reviewers.has_password),
                403 if allowed else 429,
            )
        response = _back("../")
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, DAY_S, path="/review", httponly=True, samesite="strict", secure=secure)
        return response


def _add_decisions(
    routes: APIRouter, reviewers: Reviewers, feedback: FeedbackStore, standards: StandardAnswers
) -> None:
    @routes.get("/questions.jsonl")
    def questions(request: Request) -> Response:
        if not reviewers.may_review(request):
            return _back("../")
        kept = "".join(f"{row}\n" for row in feedback.rows())
        headers = {"content-disposition": "attachment; filename=feedback.jsonl"}
        return Response(kept, media_type="application/jsonl", headers=headers)

    @routes.post("/{number}/question")
    def question(
        request: Request, number: int, category: Line, phrases: Text = "", note: Text = "", places: Places = ()
    ) -> Response:
        if reviewers.may_review(request) and category in CATEGORIES:
            stated = [line for one in phrases.splitlines() if (line := readable(one))]
            row = eval_row(feedback.one(number), category, stated, places, readable(note))
            feedback.keep_row(number, row)
            feedback.handle(number, "已转为评测题")
        return _back("../../")

    @routes.post("/{number}/standard")
    def standard(request: Request, number: int, answer: Text, author: Line) -> Response:
        if reviewers.may_review(request) and readable(answer) and readable(author):
            standards.keep(feedback.one(number).turn.question, readable(answer), readable(author))
            feedback.handle(number, "已设为审定答复")
        return _back("../../")

    @routes.post("/{number}/done")
    def done(request: Request, number: int) -> Response:
        if reviewers.may_review(request):
            feedback.handle(number, "已阅")
        return _back("../../")

    @routes.post("/standards/{number}/withdraw")
    def withdraw(request: Request, number: int) -> Response:
        if reviewers.may_review(request):
            standards.withdraw(number)
        return _back("../../../")


def _back(root: str) -> Response:
    """Return the way to the page, by a relative address: a proxy may serve the chat under a path of its own."""
    return RedirectResponse(f"{root}review", status_code=303)
