"""The question sets: a JSONL file in, validated cases out.

Example: ``{"id": "attr-01", "question": "十大孔兑项目由哪个局牵头", "category": "attribute", …}`` becomes a ``Case``;
``{"id": "tw-attr-01", "twin_of": "attr-01", "wording": "spoken", "question": "十大孔兑那个项目归谁管"}`` takes the
gold of attr-01, because another wording must get the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.models import AnswerKind
from evals.errors import QuestionsInvalid

QUESTIONS = Path(__file__).parent / "questions"
TWINS = "twins"

Alternatives = str | tuple[str, ...]
"""One required phrase: a string, or several of which one suffices (水利局 / 市水利局)."""


class Category(StrEnum):
    """What a question tests."""

    ATTRIBUTE = "attribute"
    INDICATOR = "indicator"
    AGGREGATE = "aggregate"
    RANKING = "ranking"
    LIST = "list"
    TEXT = "text"
    CONFLICT = "conflict"
    ALIAS = "alias"
    FOLLOWUP = "followup"
    REFUSAL = "refusal"
    PREMISE = "premise"
    CHAT = "chat"


class Wording(StrEnum):
    """How a twin says what its base question says."""

    SYNONYM = "synonym"
    SPOKEN = "spoken"
    SHORT_OR_TYPO = "short_or_typo"
    REORDERED = "reordered"


SUPPORTED = (AnswerKind.LOOKUP, AnswerKind.PASSAGE, AnswerKind.MIXED)
"""Kinds that state a fact; what a case allows when it names no kind."""


class _Strict(BaseModel):
    """A frozen record of a stranger's data in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Value(_Strict):
    """A figure that the answer must state; several numbers or units are alternatives (rounding, 个/项)."""

    number: Alternatives
    unit: Alternatives = ""

    @field_validator("number")
    @classmethod
    def _is_decimal(cls, number: Alternatives) -> Alternatives:
        for text in alternatives(number):
            try:
                Decimal(text)
            except InvalidOperation as error:
                raise ValueError(f"“{text}”不是数") from error
        return number


class SetOf(_Strict):
    """The column whose other cells count as wrong when they are listed."""

    table: str
    column: str


class Expected(_Strict):
    """What a right answer has; every part that is given must fit.

    Attributes:
        kind: Allowed kinds; empty means any kind that states a fact.
        phrases: Each must be in the answer.
        first: Each must be in the answer's first sentence, because that is the direct answer.
        forbidden: None may be in the answer.
        values: Each figure must be in the answer with its unit.
        set: Exactly these row names must be listed.
        set_of: Where the names come from, so that extra ones are noticed in running text too.
        count: The N of “共 N 项” that the answer must state.
        missing: Each must be in one entry of the answer's ``missing``.
        conflict: True: the answer must report an inconsistency; False: it must not.
    """

    kind: tuple[AnswerKind, ...] = ()
    phrases: tuple[Alternatives, ...] = ()
    first: tuple[Alternatives, ...] = ()
    forbidden: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    set: tuple[str, ...] = ()
    set_of: SetOf | None = None
    count: int | None = None
    missing: tuple[Alternatives, ...] = ()
    conflict: bool | None = None

    @property
    def kinds(self) -> tuple[AnswerKind, ...]:
        """Return the allowed kinds with the default filled in."""
        return self.kind or SUPPORTED


class Evidence(_Strict):
    """A place that a citation must overlap: a quote of the document, or a row or cell of a table."""

    quote: str = ""
    occurrence: int = Field(default=0, ge=0)
    table: str = ""
    row: int = Field(default=0, ge=0)
    column: str = ""
    document: str = ""

    @model_validator(mode="after")
    def _is_one_place(self) -> Evidence:
        if bool(self.quote) == bool(self.table):
            raise ValueError("依据要么写 quote，要么写 table 和 row")
        if self.table and not self.row:
            raise ValueError("表格依据要写数据行号 row（从 1 起）")
        return self


class Case(_Strict):
    """One question with its gold answer and gold evidence.

    Attributes:
        history: The earlier questions of the conversation, oldest first; the case judges the last one.
        in_full: The same question as one would ask it at the start of a conversation. Where that is answered wrongly
            too, the conversation is not what failed.
    """

    id: str = Field(min_length=1)
    question: str
    history: tuple[str, ...] = ()
    in_full: str = ""
    category: Category
    split: Literal["dev"] = "dev"
    expected: Expected
    evidence: tuple[Evidence, ...] = ()
    evidence_mode: Literal["all", "any"] = "all"
    source: str
    note: str = ""
    twin_of: str = ""
    wording: Wording | None = None

    @property
    def declines(self) -> bool:
        """Return whether the only right answer is a refusal or small talk, so that no citation is asked."""
        return not set(self.expected.kinds) & set(SUPPORTED)

    @property
    def must_refuse(self) -> bool:
        """Return whether a refusal is an allowed and no answer of fact is."""
        return self.declines and AnswerKind.REFUSAL in self.expected.kinds


def alternatives(phrase: Alternatives) -> tuple[str, ...]:
    """Return the phrase's alternatives as a tuple."""
    return (phrase,) if isinstance(phrase, str) else phrase


def load_cases(path: Path = QUESTIONS / "plan.jsonl", bases: Mapping[str, Case] | None = None) -> tuple[Case, ...]:
    """Return the cases of one JSONL file; a row with ``twin_of`` takes the gold of that one of ``bases``.

    Raises:
        QuestionsInvalid: The file cannot be read, a row breaks the schema, an id is used twice, or a twin has no base.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsInvalid(f"题库 {path} 无法读取：{error}。请检查路径，并保存为 UTF-8。") from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not numbered:
        raise QuestionsInvalid(f"题库 {path.name} 没有题目。")
    cases = tuple(_read_row(path.name, number, line, bases or {}) for number, line in numbered)
    _check_unique(path.name, cases)
    return cases


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


def _read_row(file: str, number: int, line: str, bases: Mapping[str, Case]) -> Case:
    where = f"题库 {file} 第 {number} 行"
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsInvalid(f"{where}：不是合法的 JSON（第 {error.colno} 列）。") from error
    try:
        return Case.model_validate(_with_gold(row, where, bases) if isinstance(row, dict) else row)
    except ValidationError as error:
        raise QuestionsInvalid(f"{where}：{'；'.join(map(_describe, error.errors()))}。") from error


def _with_gold(row: dict[str, Any], where: str, bases: Mapping[str, Case]) -> dict[str, Any]:
    """Return ``row`` filled in from its base question where it is a twin."""
    base = row.get("twin_of")
    if not base:
        return row
    if base not in bases:
        raise QuestionsInvalid(f"{where}：twin_of 指的题 {base} 不存在。")
    return {**bases[base].model_dump(mode="json", exclude={"note"}), **row}


def _describe(problem: Any) -> str:
    """Return one pydantic problem in Chinese, with the field's dotted path."""
    path = ".".join(str(part) for part in problem["loc"]) or "整行"
    match problem["type"]:
        case "extra_forbidden":
            return f"字段 {path} 不认识"
        case "missing":
            return f"缺少字段 {path}"
        case "enum" | "literal_error":
            return f"字段 {path} 的值“{problem['input']}”不在允许之列"
        case "value_error":
            return f"字段 {path}：{problem['ctx']['error']}"
        case _:
            return f"字段 {path} 的值不合要求（{problem['type']}）"


def _check_unique(name: str, cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise QuestionsInvalid(f"题库 {name}：题号 {case.id} 重复。")
        seen.add(case.id)
