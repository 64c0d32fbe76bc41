"""Imports stay cheap and go one way: the terminal starts without the heavy libraries, no room looks upwards.

Example: ``import assistant.main`` 之后，``sys.modules`` 里没有 torch。
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("gradio", "torch", "chromadb", "sentence_transformers", "transformers")


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("module", ["assistant.main", "assistant.engine", "index.reader", "corpus.parse"])
def test_importing_the_answer_path_loads_no_heavy_library(module: str) -> None:
    done = python(f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_imports_go_one_way() -> None:
    done = python("from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])")
    assert done.returncode == 0, done.stdout + done.stderr
