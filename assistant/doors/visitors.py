"""Who asks: any request in, the same with a visitor's name in its cookie out.

Example: the first page that a browser loads sets ``policy_visitor``; its conversations are found by it from then on.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "policy_visitor"
YEAR_S = 365 * 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")


def visitor_of(cookies: dict[str, str]) -> str:
    """Return the visitor that the cookies name, or nothing where they name none."""
    name = cookies.get(COOKIE, "")
    return name if _NAME.fullmatch(name) else ""


class Visitors:
    """ASGI middleware that gives a browser a name of its own, which no script can read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page that is answered to a stranger carries a new name."""
        if scope["type"] != "http" or visitor_of(_cookies(scope)):
            await self._app(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _cookie(secrets.token_hex(16), scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, named)


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
