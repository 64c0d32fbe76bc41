"""What the repository says of itself holds: every command, setting, target, pin and link, in both languages.

Example: ``make index`` 写在 Makefile 里，也就写在 README.md 与 README.zh.md 里。
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.settings import PREFIX, Settings
from evals.measures import MEASURES

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
ROOMS = ("corpus", "index", "assistant", "evals")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SKIPPED_FOLDERS = {".venv", ".git", "store", "build", "__pycache__"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def repository_files() -> list[Path]:
    """Return the files that git keeps or would keep; without git, every file outside generated folders."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Yield (name, text) of each text file of the repository."""
    for path in repository_files():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures, and samples in other encodings


def make_targets() -> list[str]:
    return re.findall(r"^([a-z]+):", read("Makefile"), flags=re.MULTILINE)


def console_commands() -> list[str]:
    """Return the subcommands that ``policy-assistant --help`` offers."""
    shown = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "assistant", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    offered = re.findall(r"^ {4}([a-z]+)\b", shown.stdout, flags=re.MULTILINE)
    assert offered, shown.stdout
    return offered


def code_blocks(name: str) -> list[str]:
    return re.findall(r"^```[a-z]*\n(.*?)^```", read(name), flags=re.MULTILINE | re.DOTALL)


def pins(*names: str) -> dict[str, str]:
    found = [line for name in names for line in read(name).splitlines() if line and line[0] != "#"]
    return dict(line.split("==") for line in found)


@pytest.mark.parametrize("readme", READMES)
def test_every_make_target_is_in_the_readme(readme: str) -> None:
    assert [target for target in make_targets() if f"make {target}" not in read(readme)] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_console_command_is_in_the_readme(readme: str) -> None:
    assert [name for name in console_commands() if f"policy-assistant {name}" not in read(readme)] == []


def test_every_option_of_the_evaluation_is_in_the_documents() -> None:
    shown = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "assistant", "eval", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    options = set(re.findall(r"^  (--[a-z-]+)", shown.stdout, flags=re.MULTILINE))
    said = "".join(text for name, text in texts() if name.endswith(".md") and name != "CHANGELOG.md")
    assert len(options) > 10
    assert {option for option in options if f"{option} " not in said and f"{option}`" not in said} == set()


def test_every_measure_of_the_evaluation_is_in_the_documents() -> None:
    assert [measure.key for measure in MEASURES if f"`{measure.key}`" not in read("docs/evals.md")] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_command_in_the_readme_exists(readme: str) -> None:
    commands = set(re.findall(r"policy-assistant ([a-z]+)", "\n".join(code_blocks(readme))))
    targets = set(re.findall(r"^make ([a-z]+)", "\n".join(code_blocks(readme)), flags=re.MULTILINE))
    assert commands - set(console_commands()) == set()
    assert targets - set(make_targets()) == set()


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_in_the_readme_with_no_stranger(readme: str) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]", read(readme))) == known


def test_both_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        return re.findall(
            r"^(?:\$ )?(?:make|policy-assistant|curl)\b[^#\n]*?(?=\s*(?:#|$))",
            "\n".join(code_blocks(name)),
            flags=re.MULTILINE,
        )

    assert commands(READMES[0]) == commands(READMES[1])
    assert commands(READMES[0])


def session(readme: str) -> tuple[str, str]:
    """Return the question that the README's session asks and the output it shows."""
    blocks = re.findall(
        r"^```console\n\$ policy-assistant ask (\S+)\n(.*?)^```", read(readme), re.MULTILINE | re.DOTALL
    )
    assert len(blocks) == 1
    return blocks[0]


def test_the_session_in_the_readmes_is_what_the_assistant_prints(
    plan_settings: Settings, pytestconfig: pytest.Config
) -> None:
    question, shown = session(READMES[0])
    places = {"INDEX": plan_settings.index, "MODELS": plan_settings.models}
    printed = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "assistant", "ask", question],
        cwd=ROOT,
        env=os.environ | {PREFIX + name: str(place) for name, place in places.items()},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if pytestconfig.getoption("--update-golden"):
        for readme in READMES:
            (ROOT / readme).write_text(read(readme).replace(session(readme)[1], printed), encoding="utf-8")
    assert [session(readme) for readme in READMES] == [(question, printed)] * 2, f"before: {shown}"


def test_both_readmes_have_the_same_headings() -> None:
    levels = [
        re.findall(r"^(#+) ", re.sub(r"^```.*?^```", "", read(name), flags=re.M | re.S), re.M) for name in READMES
    ]
    assert levels[0] == levels[1]


def test_links_between_documents_lead_somewhere() -> None:
    dead = []
    for name, text in texts():
        if name.endswith(".md"):
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
                if not (ROOT / name).parent.joinpath(target).exists():
                    dead.append(f"{name} → {target}")
    assert dead == []


def test_the_lock_pins_every_dependency_to_an_allowed_version() -> None:
    run, all_pins = pins("requirements.lock"), pins("requirements.lock", "requirements-test.lock")
    wanted = [(run, line) for line in PROJECT["dependencies"]]
    wanted += [(all_pins, line) for line in PROJECT["optional-dependencies"]["test"]]
    loose = []
    for locked, line in wanted:
        need = Requirement(line)
        version = locked.get(canonicalize_name(need.name))
        if version is None or not need.specifier.contains(version, prereleases=True):
            loose.append(f"{line} (locked: {version})")
    assert loose == []


def test_the_lock_holds_exact_versions_only() -> None:
    lines = [line for line in (read("requirements.lock") + read("requirements-test.lock")).splitlines() if line]
    assert [line for line in lines if not re.fullmatch(r"#.*|[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []


def test_nothing_names_a_machine_path_or_a_registry_host() -> None:
    # Each name is written in two halves so that this file passes its own rule.
    roots = "|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/opt/py" + "pi", "/Use" + "rs/"))
    hosts = "|".join(("py" + r"pi\.org", "pythonhos" + r"ted\.org", r"download\.py" + r"torch\.org", "mir" + r"rors\."))
    named = re.compile(rf"(?<![\w.]){roots}|{hosts}")
    assert [f"{name}: {named.search(text)[0]}" for name, text in texts() if named.search(text)] == []


def test_the_changelog_names_the_version_of_the_project() -> None:
    assert re.search(rf"^## \[(?:Unreleased|{re.escape(PROJECT['version'])})\]", read("CHANGELOG.md"), re.MULTILINE)


def test_every_decision_is_listed_in_the_index_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = [page.name for page in folder.glob("*.md") if page.name != "README.md"]
    assert [page for page in pages if page not in read("docs/decisions/README.md")] == []


def knowledge_names(node: object) -> Iterator[str]:
    """Yield each string of a knowledge file that is a name: a table's key values and aliases, at any depth."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from knowledge_names(value)
    elif isinstance(node, list):
        for value in node:
            yield from knowledge_names(value)


def sample_names() -> set[str]:
    """Return the places and agencies of the sample documents, and their titles."""
    names: set[str] = set()
    for path in (ROOT / "corpus" / "documents").glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for key in ("places", "agencies", "documents"):
            names.update(knowledge_names(data.get(key, [])))
    return {name for name in names if re.fullmatch(r"[\u4e00-\u9fff]{3,}", name)}


def spoken_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of each string constant of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_no_name_of_the_sample_documents_is_wired_into_code_or_general_words() -> None:
    names = sample_names()
    assert names, "corpus/documents names no place and no agency"
    wired = []
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for line, text in spoken_strings(path):
                wired += [f"{path.relative_to(ROOT)}:{line} {name}" for name in names if name in text]
    for path in (*(ROOT / "assistant").rglob("*.toml"), *(ROOT / "corpus" / "knowledge").rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        wired += [f"{path.relative_to(ROOT)} {name}" for name in names if name in text]
    assert wired == []
