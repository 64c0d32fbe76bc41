"""An OpenAI-compatible server on the loopback that replies what a test wrote down, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Replier = Callable[[dict[str, Any]], "Said | str"]


@dataclass(frozen=True)
class Said:
    """One reply: the text of the model, or a status and body of its own."""

    text: str = ""
    status: int = 200
    body: str | None = None
    location: str = ""
    wait_s: float = 0.0

    @property
    def content(self) -> bytes:
        if self.body is not None:
            return self.body.encode()
        message = {"role": "assistant", "content": self.text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return json.dumps({"id": "1", "object": "chat.completion", "model": "fake", "choices": [choice]}).encode()


@dataclass
class FakeServer:
    """Where the server listens, and every request that it got."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def material(self, number: int) -> dict[str, Any]:
        """Return what the request of this number shows of an answer."""
        shown: dict[str, Any] = json.loads(self.requests[number]["messages"][1]["content"])
        return shown


@contextmanager
def serving(reply: Replier) -> Iterator[FakeServer]:
    """Serve ``reply`` until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known.requests.append(request)
            known.keys.append(self.headers["Authorization"])
            known.paths.append(self.path)
            replied = reply(request)
            said = Said(replied) if isinstance(replied, str) else replied
            time.sleep(said.wait_s)
            self.send_response(said.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said.content)))
            if said.location:
                self.send_header("Location", said.location)
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked no longer waits
                self.wfile.write(said.content)

        def log_message(self, *_: object) -> None:
            """Keep the terminal of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = FakeServer(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def fake_openai() -> Callable[[Replier], AbstractContextManager[FakeServer]]:
    """What serves a reply, as a context that gives the server."""
    return serving


@pytest.fixture(scope="session")
def said() -> type[Said]:
    """What makes a reply that is more than the text of the model."""
    return Said
