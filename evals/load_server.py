"""What to serve in, a running server with its address and memory out: the chat itself, or a bare echo of the framework.

Example: ``with started(echo_command(port), port) as server: server.memory_mib()``
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_START_S = 180
_ECHO = """
import sys
import gradio as gr

with gr.Blocks(analytics_enabled=False) as page:
    box, said = gr.Textbox(), gr.Textbox()
    box.submit(lambda text: text, [box], [said], concurrency_limit=16)
page.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True, ssr_mode=False, mcp_server=False)
"""


class ServerFailed(Exception):
    """A server that was to be measured did not start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server on the loopback."""

    address: str
    process: subprocess.Popen[bytes]

    def memory_mib(self) -> float:
        """Return the memory that the process holds now, in MiB (Linux: VmRSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def echo_server() -> Iterator[Server]:
    """Serve a text box that shows what was typed: the least that the framework can do."""
    with _started([sys.executable, "-c", _ECHO], {"GRADIO_ANALYTICS_ENABLED": "False"}) as server:
        yield server


@contextmanager
def chat_server() -> Iterator[Server]:
    """Serve the chat over the settings' index, with a database of talks that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="talks") as folder:
        kept = {"POLICY_CONVERSATIONS": folder, "POLICY_ADMIN_PASSWORD": "load"}
        with _started([sys.executable, "-m", "assistant", "serve", "--port"], kept) as server:
            yield server


@contextmanager
def _started(command: Sequence[str], settings: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | settings
    with subprocess.Popen([*command, str(port)], env=environment, stdout=subprocess.DEVNULL) as process:
        server = Server(f"http://127.0.0.1:{port}", process)
        try:
            _wait(server)
            yield server
        finally:
            process.terminate()


def _wait(server: Server) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise ServerFailed("服务在开始前退出。请先运行 policy-assistant serve 查看原因。")
        try:
            with urllib.request.urlopen(f"{server.address}/config", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise ServerFailed(f"服务在 {_START_S} 秒内没有开始监听。")
