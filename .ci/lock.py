"""Takes pyproject.toml with the installed packages; writes the two lock files that name every package needed.

Example: ``python .ci/lock.py`` prints “requirements.lock：131 个软件包”.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OTHER_PYTHONS = ("3.12", "3.13")
HEADER = """\
# Written by `make lock` from pyproject.toml; do not edit.
# {purpose}
# Complete: installed with `pip install --no-deps`, then proved by `pip check`.
# Made and tested with Python {python} on Linux x86_64; where another Python or system needs more packages,
# `pip check` finds that and the Makefile lets pip add them under these pins.
"""


def closure(roots: Iterable[Requirement], environment: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Return the pins (name → version) of everything ``roots`` need, with the names needed but not installed.

    The walk reads installed metadata only; ``environment`` decides which markers hold.
    """
    pins: dict[str, str] = {}
    absent: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(roots)
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        visit = (name, frozenset(wanted.extras))
        if visit in seen:
            continue
        seen.add(visit)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            absent.add(name)
            continue
        # A local label such as +cpu names a build, not a release: the pin must fit every build.
        pins[name] = found.version.partition("+")[0]
        for line in found.requires or ():
            need = Requirement(line)
            if any(holds(need, environment, extra) for extra in (*wanted.extras, "")):
                waiting.append(need)
    return pins, absent


def holds(need: Requirement, environment: Mapping[str, str], extra: str) -> bool:
    """Return whether ``need`` applies in ``environment`` when its owner is wanted with ``extra``."""
    return need.marker is None or need.marker.evaluate({**environment, "extra": extra})


def write_lock(path: Path, purpose: str, pins: Mapping[str, str], foreign: Iterable[str]) -> None:
    """Write one lock file; ``foreign`` are remarks on packages that only other Pythons need."""
    head = HEADER.format(purpose=purpose, python=".".join(map(str, sys.version_info[:2])))
    remarks = "".join(f"# {remark}\n" for remark in foreign)
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(pins.items()))
    path.write_text(head + remarks + lines, encoding="utf-8")
    print(f"{path.name}：{len(pins)} 个软件包")


def main() -> int:
    """Write both lock files; return 1 and name the packages when the environment lacks any."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run_roots = [Requirement(line) for line in project["dependencies"]]
    test_roots = [Requirement(line) for line in project["optional-dependencies"]["test"]]
    # The project is installed without build isolation, so that nothing beside the lock is downloaded.
    run_roots.append(Requirement("setuptools"))
    here = {name: str(value) for name, value in default_environment().items()}
    run, absent = closure(run_roots, here)
    test, test_absent = closure(test_roots, here)
    if absent | test_absent:
        print(
            "缺少：" + "、".join(sorted(absent | test_absent)) + "。请先运行 make lock，它会先安装它们。",
            file=sys.stderr,
        )
        return 1
    foreign = []
    for python in OTHER_PYTHONS:
        there = {**here, "python_version": python, "python_full_version": f"{python}.0"}
        names = closure(run_roots + test_roots, there)[1]
        foreign += [f"Python {python} also needs {name} (not pinned)." for name in sorted(names)]
    write_lock(ROOT / "requirements.lock", "What the assistant needs to run.", run, foreign)
    extra = {name: version for name, version in test.items() if name not in run}
    write_lock(ROOT / "requirements-test.lock", "What the tests need beyond requirements.lock.", extra, ())
    return 0


if __name__ == "__main__":
    sys.exit(main())
