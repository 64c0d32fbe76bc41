"""Limits on what a request may bring and how often one comes: any in, those that fit through.

Example: a body of two million bytes is answered with ``{"error": "请求过大…"}`` and not read to its end.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BURST, PER_SECOND = 40, 2.0
"""Questions that one asker may put at once, and each second from then on."""

TOO_FAST = "提问过于频繁，请稍等片刻再问。"

LARGEST_BODY = 1024 * 1024
"""Bytes: more than the longest question needs, far less than what would fill the memory."""

MOST_VISITORS = 10_000
"""Visitors whose pace is remembered."""


class BodyLimit:
    """ASGI middleware that refuses bodies above ``largest`` bytes, whether or not their length is announced."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it brings."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self._largest:
            await JSONResponse({"error": self._message}, 413)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._largest:
                raise HTTPException(413, self._message)
            return message

        await self._app(scope, counted, send)

    @property
    def _message(self) -> str:
        return f"请求过大：最多 {self._largest // 1024} KB。"


class Pace:
    """How often each visitor may do a thing: ``burst`` times at once, then ``per_second``."""

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = monotonic) -> None:
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, visitor: str) -> bool:
        """Return whether ``visitor`` may go on now, and count it."""
        with self._lock:
            time = self._clock()
            left, since = self._left.pop(visitor, (float(self._burst), time))
            left = min(self._burst, left + (time - since) * self._rate)
            self._left[visitor] = (left - 1 if left >= 1 else left, time)
            while len(self._left) > MOST_VISITORS:
                self._left.popitem(last=False)
            return left >= 1
