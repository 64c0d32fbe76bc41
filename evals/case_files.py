"""The question sets: JSONL files in, validated cases out.

Example: ``{"id": "tw-attr-01", "twin_of": "attr-01", "wording": "spoken", "question": "十大孔兑那个项目归谁管"}`` takes
the gold of attr-01, because another wording must get the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus.errors import describe_os_error
from evals.cases import Case, Source
from evals.errors import QuestionsInvalid

QUESTIONS = Path(__file__).parent / "questions"
TWINS = "twins"
_LARGEST_BYTES = 32 * 2**20
_MOST_SHOWN = 50


def load_cases(
    path: Path = QUESTIONS / "plan.jsonl",
    bases: Mapping[str, Case] | None = None,
    default_source: Source | None = None,
) -> tuple[Case, ...]:
    """Return the cases of one JSONL file.

    Args:
        path: The file.
        bases: Where a row with ``twin_of`` finds its base question, by id.
        default_source: The source of the rows that name none; None: each must name one.

    Raises:
        QuestionsInvalid: The file cannot be read, rows break the schema, an id is used twice, or a twin has no base;
            the message names every fault of the file.
    """
    cases: list[Case] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for number, line in _numbered_lines(path):
        try:
            case = _read_row(line, bases or {}, default_source)
        except QuestionsInvalid as error:
            faults.append(f"题库 {path.name} 第 {number} 行：{error}")
            continue
        if case.id in lines:
            faults.append(f"题库 {path.name} 第 {number} 行：题号 {case.id} 重复，第 {lines[case.id]} 行已用。")
        lines.setdefault(case.id, number)
        cases.append(case)
    if faults:
        raise QuestionsInvalid(join_faults(faults))
    return tuple(cases)


def load_sets(folder: Path = QUESTIONS, name: str = "") -> tuple[Case, ...]:
    """Return the cases of the set ``name``, or of every set in ``folder`` in order of file name.

    Raises:
        QuestionsInvalid: The set does not exist or a row breaks the schema.
    """
    paths = sorted(folder.glob("*.jsonl"))
    chosen = [path for path in paths if not name or path.stem == name]
    if not chosen:
        known = "、".join(path.stem for path in paths) or "无"
        raise QuestionsInvalid(f"没有题库“{name}”。现有：{known}。")
    sets = {path.stem: load_cases(path) for path in paths if path.stem != TWINS}
    bases = {case.id: case for cases in sets.values() for case in cases}
    sets |= {path.stem: load_cases(path, bases) for path in paths if path.stem == TWINS}
    cases = tuple(case for path in chosen for case in sets[path.stem])
    _check_unique(folder.name, cases)
    return cases


def select_cases(cases: Sequence[Case], only: Sequence[str]) -> tuple[Case, ...]:
    """Return the cases whose id or category is among ``only``; all cases where it is empty.

    Raises:
        QuestionsInvalid: A name in ``only`` is neither an id nor a category of these cases.
    """
    names = {case.id for case in cases} | {case.category.value for case in cases}
    unknown = [name for name in only if name not in names]
    if unknown:
        raise QuestionsInvalid(f"没有这样的题号或类别：{'、'.join(unknown)}。")
    return tuple(case for case in cases if not only or case.id in only or case.category.value in only)


def join_faults(faults: Sequence[str]) -> str:
    """Return the faults of a file, one a line, the first 50 in full."""
    shown = list(faults[:_MOST_SHOWN])
    if len(faults) > _MOST_SHOWN:
        shown.append(f"……另有 {len(faults) - _MOST_SHOWN} 处，改好以上各处后会继续列出。")
    return "\n".join(shown)


def describe(problem: Any) -> str:
    """Return what is wrong with the value of one pydantic problem, in Chinese, without the field's name."""
    match problem["type"]:
        case "enum" | "literal_error":
            return f"的值“{str(problem['input'])[:40]}”不在允许之列"
        case "value_error":
            return f"：{problem['ctx']['error']}"
        case "string_too_short":
            return "不能为空"
        case _:
            return f"的值不合要求（{problem['type']}）"


def _numbered_lines(path: Path) -> list[tuple[int, str]]:
    """Return the lines that hold something, with their numbers from 1."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise QuestionsInvalid(f"题库 {path} 超过 32 MB，请分成几个文件。")
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise QuestionsInvalid(f"题库 {path} 无法读取：不是 UTF-8 文本。请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise QuestionsInvalid(f"题库 {path} 无法读取：{describe_os_error(error)}。请检查路径。") from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not numbered:
        raise QuestionsInvalid(f"题库 {path.name} 没有题目。")
    return numbered


def _read_row(line: str, bases: Mapping[str, Case], source: Source | None) -> Case:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsInvalid(f"不是合法的 JSON（第 {error.colno} 列）。") from error
    except (RecursionError, ValueError) as error:
        raise QuestionsInvalid("不是合法的 JSON（嵌套过深或数字过长）。") from error
    try:
        return Case.model_validate(_completed(row, bases, source) if isinstance(row, dict) else row)
    except ValidationError as error:
        raise QuestionsInvalid(f"{'；'.join(map(_describe_field, error.errors()))}。") from error


def _completed(row: dict[str, Any], bases: Mapping[str, Case], source: Source | None) -> dict[str, Any]:
    """Return ``row`` with the default source, and filled in from its base question where it is a twin."""
    base = row.get("twin_of")
    if not base:
        return row if source is None else {"source": source.value, **row}
    if not isinstance(base, str) or base not in bases:
        raise QuestionsInvalid(f"twin_of 指的题 {base} 不存在。")
    return {**bases[base].model_dump(mode="json", exclude={"note", "must"}), **row}


def _describe_field(problem: Any) -> str:
    """Return one pydantic problem in Chinese, with the field's dotted path."""
    path = ".".join(str(part) for part in problem["loc"]) or "整行"
    match problem["type"]:
        case "extra_forbidden":
            return f"字段 {path} 不认识"
        case "missing":
            return f"缺少字段 {path}"
        case _:
            return f"字段 {path} {describe(problem)}".replace(" ：", "：")


def _check_unique(name: str, cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise QuestionsInvalid(f"题库 {name}：题号 {case.id} 重复。")
        seen.add(case.id)
