"""Who asks: any request in, the same with its visitor's name out, from a cookie or from the office's sign-on.

Example: the first page that a browser loads sets ``policy_visitor``; its conversations are found by it from then on.
Where a setting names a header (``X-Forwarded-User``), the proxy that signs people in says who they are, and no cookie
does.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.doors.templating import render

COOKIE = "policy_visitor"
YEAR_S = 365 * 24 * 3600
LONGEST_USER = 150
"""Characters of a signed-on name: more than any directory gives, less than what the database's column holds."""

UNKNOWN = "没有登录信息，无法使用。请从单位的统一登录入口打开；仍然如此时，请联系管理人员检查登录代理的设置。"
_NAME = re.compile(r"[0-9a-f]{32}")
_VISITOR = "policy.visitor"
_SIGNED_ON = "user:"
"""Before the name of a signed-on user, so that no cookie can name one."""

_OPEN = re.compile(r"/health|/ui/.*")
"""What is no one's own: the check of the service, the style sheets."""


def visitor_of(request: HTTPConnection) -> str:
    """Return the visitor's name as conversations are kept by it, or nothing where the request names none."""
    return str(request.scope.get(_VISITOR, ""))


def user_of(request: HTTPConnection) -> str:
    """Return the name that the office's sign-on gave, or nothing where visitors are told apart by cookies."""
    visitor = visitor_of(request)
    return visitor.removeprefix(_SIGNED_ON) if visitor.startswith(_SIGNED_ON) else ""


class Visitors:
    """ASGI middleware that tells visitors apart.

    Without ``user_header`` a browser gets a name of its own in a cookie that no script can read. With it, only that
    header counts: it must be set by a proxy that overwrites what a browser sends, and a request without it is refused.
    """

    def __init__(self, app: ASGIApp, user_header: str = "") -> None:
        self._app, self._user_header = app, user_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its visitor's name, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._user_header:
            await self._signed_on(scope, receive, send)
        else:
            await self._by_cookie(scope, receive, send)

    async def _signed_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        user = _user(headers.getlist(self._user_header))
        if user:
            scope[_VISITOR] = f"{_SIGNED_ON}{user}"
        if user or _OPEN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
        else:
            await _refusal(scope["path"], headers.get("accept", ""))(scope, receive, send)

    async def _by_cookie(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = _cookies(scope).get(COOKIE, "")
        if _NAME.fullmatch(name):
            scope[_VISITOR] = name
            await self._app(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _cookie(secrets.token_hex(16), scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, named)


def _user(values: list[str]) -> str:
    """Return the user that the header names; nothing where it is sent twice, for then one of the two is forged."""
    if len(values) != 1:
        return ""
    try:
        name = values[0].encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return ""
    return name if name.isprintable() and len(name) <= LONGEST_USER else ""


def _refusal(path: str, accepted: str) -> Response:
    if "text/html" in accepted:
        root = "../" * (path.count("/") - 1) or "./"
        values = {"root": root, "title": "需要登录", "message": UNKNOWN, "link": False}
        return HTMLResponse(render("missing.html.j2", **values), 401)
    return JSONResponse({"error": UNKNOWN}, 401)


def _cookie(name: str, secure: bool) -> str:
    return f"{COOKIE}={name}; Path=/; Max-Age={YEAR_S}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def _cookies(scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in scope["headers"]:
        if key == b"cookie":
            try:
                found |= {name: one.value for name, one in SimpleCookie(value.decode("latin-1")).items()}
            except CookieError:
                continue
    return found
