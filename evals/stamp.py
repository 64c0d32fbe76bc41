"""What a run measures: an open assistant with its settings in, the stamp that says so out.

Example: ``RunStamp("policy-assistant", corpus_hash="8e17…", model="multilingual-e5-small/…", commit="85c62d5+", …)``.
"""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from assistant.engine import Assistant
from assistant.settings import Settings
from evals.summary import RunStamp

_PLACES = frozenset({"corpus", "index", "models", "host", "port"})
"""Settings that say where things are: they shape no answer, and a machine's folders belong in no committed file."""


def make_stamp(assistant: Assistant, settings: Settings, today: date) -> RunStamp:
    """Return the stamp of a run over ``assistant`` made ``today``."""
    built = assistant.index.stamp
    return RunStamp(
        answerer="policy-assistant",
        corpus_hash=built.corpus_hash,
        model=built.model,
        commit=read_commit(Path(__file__).parent),
        index=built.code_version,
        settings=describe_settings(settings),
        date=today.isoformat(),
    )


def describe_settings(settings: Settings) -> str:
    """Return the settings that differ from the default, without places; of addresses only that there is one."""
    said = []
    for name, known in Settings.model_fields.items():
        value = getattr(settings, name)
        if name in _PLACES or value == known.default:
            continue
        hidden = isinstance(value, SecretStr) or "://" in str(value)
        said.append(f"{name}={'另设' if hidden else Path(str(value)).name}")
    return "，".join(said)


def read_commit(folder: Path) -> str:
    """Return the short commit of ``folder``, with ``+`` when files differ from it; empty where there is no git."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--exclude=*", "--dirty=+"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return described.stdout.strip()
