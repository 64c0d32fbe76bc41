"""The chat's page kept local: any response in, the same without addresses of other hosts out.

Example: the page's preview tags that name a picture on another host are left out, and its language is Chinese.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.doors.templating import render

POLICY = "; ".join(
    (
        "default-src 'self'",
        # The chat's framework starts itself by inline scripts and compiles its templates in the page.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""With this the browser itself refuses whatever would be asked from another host."""

_PREVIEW_TAG = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*', re.DOTALL)
_LANGUAGE = re.compile(r'(<html\s[^>]*?lang=")en(")', re.DOTALL)


_FRAMEWORK = "window.gradio_config"
_HEAD_END = "</head>"


def clean_page(html: str) -> str:
    """Return the chat's page without preview tags for other sites, marked as Chinese, with our styles and scripts."""
    if _FRAMEWORK not in html:
        return html
    cleaned = _LANGUAGE.sub(r"\1zh-CN\2", _PREVIEW_TAG.sub("", html), count=1)
    return cleaned.replace(_HEAD_END, render("head.html.j2") + _HEAD_END, 1)


class LocalPage:
    """ASGI middleware: the content policy on every response, and the main page cleaned."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mend the response on its way out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def mended(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A page that says so for itself is stricter: the report of the evals runs nothing.
                headers.setdefault("content-security-policy", POLICY)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                    start = message
                    return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                page = clean_page(body.decode()).encode()
                MutableHeaders(scope=start)["content-length"] = str(len(page))
                await send(start)
                await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, mended)
