"""Everything runs with the network cut: building, asking and serving never reach for an address off the loopback.

Example: 十条办法建成索引、提问、开网页，``offline.log`` 里没有一行。
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "offline_guard"
NOTICE = """\
某县农村饮水工程管理办法

第一条 为加强农村饮水工程管理，制定本办法。

第二条 农村饮水工程由县水务局牵头管理，县财政局负责落实资金。

第三条 工程运行费用每年不低于120万元，由县级财政统筹安排。
"""


class Office:
    """A small corpus with an index of its own, and commands run on it under guard."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "offline.log"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("POLICY_")} | {
            "PYTHONPATH": os.pathsep.join((str(GUARD), str(ROOT))),
            "PYTHONUTF8": "1",
            "OFFLINE_LOG": str(self.log),
            "POLICY_CORPUS": str(folder / "corpus"),
            "POLICY_INDEX": str(folder / "store"),
            "POLICY_CONVERSATIONS": str(folder / "conversations"),
            "HOME": str(folder),
        }
        (folder / "corpus").mkdir()
        (folder / "corpus" / "办法.txt").write_text(NOTICE, encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end where the kernel itself refuses Internet sockets."""
        environment = self.environment | {"OFFLINE_KERNEL": "1"}
        return subprocess.run(
            [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=280
        )

    @property
    def reached_for(self) -> list[str]:
        """Return each address off the loopback that any process so far tried to reach."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    place = Office(tmp_path_factory.mktemp("office"))
    built = place.run("-m", "assistant", "index")
    assert built.returncode == 0, built.stdout + built.stderr
    return place


@pytest.fixture
def chat(office: Office) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=office.environment, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        assert process.poll() is None, "serve ended by itself"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("serve did not listen within 120 s")


def fetch(address: str, body: object = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data=data, headers={"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as reply:
        return reply.read().decode()


def test_the_guard_itself_notices_an_outside_address(tmp_path: Path) -> None:
    office = Office(tmp_path)
    tried = office.run("-c", "import socket; socket.create_connection(('policy.example', 80))")
    assert tried.returncode != 0
    assert office.reached_for == ["socket.getaddrinfo policy.example"]


def test_the_guard_lets_the_loopback_pass(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.run("-c", "import socket; socket.getaddrinfo('127.0.0.1', 80)")
    assert office.reached_for == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_native_code_gets_no_internet_socket_under_guard(tmp_path: Path) -> None:
    native = "import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0))"
    assert Office(tmp_path).run("-c", native).stdout.strip() == "-1"


@pytest.mark.slow
def test_building_an_index_reaches_for_nothing_outside(office: Office) -> None:
    assert office.reached_for == []


@pytest.mark.slow
def test_asking_reaches_for_nothing_outside(office: Office) -> None:
    asked = office.run("-m", "assistant", "ask", "农村饮水工程由哪个部门牵头", "--json")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["kind"]
    assert office.reached_for == []


@pytest.mark.slow
def test_serving_the_chat_reaches_for_nothing_outside(office: Office, chat: str) -> None:
    page = fetch(f"{chat}/")
    answer = json.loads(fetch(f"{chat}/ask", {"question": "工程运行费用每年不低于多少"}))
    assert answer["kind"]
    assert office.reached_for == []
    assert outside_assets(page) == []


def outside_assets(page: str) -> list[str]:
    """Return the scripts, styles and fonts that ``page`` would load from another host."""
    tags = re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", page)
    loaded = [tag for tag in tags if 'rel="canonical"' not in tag]
    return [url for tag in loaded for url in re.findall(r'(?:src|href)="((?:https?:)?//[^"]+)"', tag)]
