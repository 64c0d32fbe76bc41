"""A folder in, the report of the public set that its files hold out.

Example: a folder whose ``tables.jsonl.gz`` has rows with “cols” and “rows” is the set table_sql.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.errors import DataUnknown
from evals.public import law_articles, policy_notices, reading_traditional, table_cells, table_sql
from evals.public.report import Report
from evals.public.rows import find_rows, rows_of


@dataclass(frozen=True, slots=True)
class PublicSet:
    """What a set is known by: a file, packed or plain, whose rows have these ``keys``; and what evaluates it.

    ``evaluate`` is called with the set's folder and the place where its index may be kept.
    """

    file: str
    keys: frozenset[str]
    evaluate: Callable[[Path, Path | None], Report]


_SETS = (
    PublicSet("tables", table_sql.TABLE_KEYS, lambda folder, _: table_sql.evaluate(folder)),
    PublicSet("tables", table_cells.TABLE_KEYS, lambda folder, _: table_cells.evaluate(folder)),
    PublicSet(policy_notices.NOTICES, policy_notices.NOTICE_KEYS, policy_notices.evaluate),
    PublicSet(law_articles.ARTICLES, law_articles.ARTICLE_KEYS, law_articles.evaluate),
    PublicSet(reading_traditional.PASSAGES, reading_traditional.PASSAGE_KEYS, reading_traditional.evaluate),
)


def evaluate_folder(folder: Path, place: Path | None = None) -> Report:
    """Return the report of the set in ``folder``, told by a file and the keys of its rows.

    Indexes that a set needs are kept in ``place``, by default in a folder below the system's temporary one.

    Raises:
        DataUnknown: The folder holds no set that is known.
        EvalsError, CorpusError, IndexRoomError: An index that a set needs cannot be built.
    """
    seen: list[str] = []
    for file in dict.fromkeys(known.file for known in _SETS):
        found = find_rows(folder, file)
        if found is None:
            continue
        keys = set(next(rows_of(folder, file), {}))
        for known in _SETS:
            if known.file == file and known.keys <= keys:
                return known.evaluate(folder, place)
        seen.append(f"{found.name} 的字段是 {'、'.join(sorted(keys)) or '空'}")
    if not seen:
        files = "、".join(dict.fromkeys(f"{known.file}.jsonl.gz" for known in _SETS))
        raise DataUnknown(f"无法读取“{folder}”：--data 应是公开题集的文件夹，其中有 {files} 之一。")
    raise DataUnknown(f"“{folder}”不是认识的公开题集：{'；'.join(seen)}。")
