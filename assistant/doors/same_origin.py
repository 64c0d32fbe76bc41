"""Requests that change something in, those of our own pages through, those that another site had a browser send out.

Example: a form on another site that posts to ``/talk/…`` is answered with 403; curl, which names no site, is served.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = ("GET", "HEAD", "OPTIONS")
REFUSED = "请求来自其他网站，已拒绝。"


class SameOrigin:
    """ASGI middleware against requests forged by other sites."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless a browser says that another site made it."""
        if scope["type"] == "http" and scope["method"] not in SAFE and is_foreign(Headers(scope=scope)):
            await JSONResponse({"error": REFUSED}, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Return whether the request's own headers say that it was made by a page of another site."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    # Behind a proxy the browser's name of this host is the forwarded one; no foreign page can set that header.
    return urlsplit(origin).netloc not in (headers.get("host"), headers.get("x-forwarded-host"))
