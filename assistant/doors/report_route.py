"""The report that the regression evals wrote last, shown to an administrator.

Example: after ``policy-assistant eval --html conversations/report.html`` it opens at ``/review/report``.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.doors.reviewers import Reviewers
from assistant.doors.templating import render

REPORT = "report.html"
_ALONE = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"}
"""The report is whole in itself: whatever stands in it, nothing of it runs or is fetched."""


def add_report_route(app: FastAPI, report: Path, reviewers: Reviewers) -> None:
    """Give ``app`` the page of ``report``, a file that need not be there yet; others are sent to the way in."""

    @app.get("/review/report", include_in_schema=False)
    def page(request: Request) -> Response:
        if not reviewers.may_review(request):
            return RedirectResponse("../review", status_code=303)
        try:
            return HTMLResponse(report.read_text(encoding="utf-8"), headers=_ALONE)
        except (OSError, UnicodeDecodeError):
            message = f"还没有评测报告。请管理员运行：policy-assistant eval --html {report}"
            return HTMLResponse(render("missing.html.j2", root="../", title="没有评测报告", message=message), 404)
