"""Settings in, findings on the machine, the documents and the index out, each with its severity and remedy.

Example: [提醒] 磁盘只剩 300 MiB → 建立索引前请留出 1024 MiB
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from shlex import quote

from assistant.conversations.database import check_database
from assistant.engine import documents_of, open_for
from assistant.errors import ConversationsUnavailable
from assistant.settings import Settings
from corpus.agreement.find import find_agreement
from corpus.agreement.models import Verdict
from corpus.errors import CorpusError
from corpus.knowledge import load_knowledge
from corpus.models import Severity
from corpus.parse import scan_corpus
from index.errors import IndexRoomError

_LEAST_SQLITE = (3, 35, 0)
_LEAST_FREE_MIB = 1024


class Weight(StrEnum):
    """How serious a finding is."""

    GOOD = "正常"
    NOTICE = "提醒"
    FATAL = "错误"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: what was found and, unless all is well, what mends it."""

    severity: Weight
    message: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Return the findings of every check, in the order in which a start would need them."""
    checks: tuple[Callable[[Settings], Sequence[Finding]], ...] = (
        *(_python, _sqlite, _disk, _documents, _index, _conversations),
    )
    return tuple(finding for check in checks for finding in check(settings))


def worst_is_fatal(findings: Sequence[Finding]) -> bool:
    """Return whether anything found keeps the product from answering."""
    return any(finding.severity is Weight.FATAL for finding in findings)


def _python(_: Settings) -> Sequence[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    return [Finding(Weight.GOOD, f"Python {version}")]


def _sqlite(_: Settings) -> Sequence[Finding]:
    version = sqlite3.sqlite_version
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if sqlite3.sqlite_version_info < _LEAST_SQLITE or "ENABLE_FTS5" not in options:
        return [
            Finding(Weight.FATAL, f"SQLite {version} 缺少全文检索或过旧", "请换用带 FTS5、3.35 以上 SQLite 的 Python")
        ]
    return [Finding(Weight.GOOD, f"SQLite {version}，支持全文检索")]


def _disk(settings: Settings) -> Sequence[Finding]:
    place = next((p for p in (settings.index, *settings.index.parents) if p.exists()), settings.index.anchor)
    free_mib = shutil.disk_usage(place).free // 2**20
    if free_mib < _LEAST_FREE_MIB:
        return [Finding(Weight.NOTICE, f"磁盘只剩 {free_mib} MiB", f"建立索引前请留出 {_LEAST_FREE_MIB} MiB")]
    return [Finding(Weight.GOOD, f"磁盘可用 {free_mib} MiB")]


def _documents(settings: Settings) -> Sequence[Finding]:
    folder = _folder(settings)
    try:
        reading = scan_corpus(folder)
    except CorpusError as error:
        return [Finding(Weight.FATAL, str(error))]
    found = [Finding(Weight.GOOD, f"读到 {len(reading.documents)} 个文件：{folder}")]
    found += [Finding(Weight.NOTICE, f"未读取：{failure.message}") for failure in reading.failures]
    agreement = find_agreement(reading.documents, load_knowledge(folder))
    differing = Counter(one.document for one in agreement if one.verdict is Verdict.DIFFERS)
    remedy = f"policy-assistant corpus check --corpus {quote(str(folder))}"
    for document in reading.documents:
        warnings = sum(remark.severity is Severity.WARNING for remark in document.remarks)
        odd = differing[document.info.id]
        counts = [f"{warnings} 处读取疑点" if warnings else "", f"{odd} 项前后说法不一致" if odd else ""]
        if any(counts):
            told = "、".join(filter(None, counts))
            found.append(Finding(Weight.NOTICE, f"《{document.info.title}》有 {told}，需要人工核对", remedy))
    return found


def _folder(settings: Settings) -> Path:
    try:
        return documents_of(settings)
    except IndexRoomError:
        return settings.corpus


def _index(settings: Settings) -> Sequence[Finding]:
    try:
        index = open_for(settings)
    except (IndexRoomError, CorpusError) as error:
        return [Finding(Weight.FATAL, str(error))]
    stamp = index.stamp
    index.close()
    return [Finding(Weight.GOOD, f"索引可用：{stamp.chunks} 个片段，向量模型 {stamp.model}，建于 {stamp.built_at}")]


def _conversations(settings: Settings) -> Sequence[Finding]:
    try:
        found = check_database(settings.conversations, settings.database.get_secret_value())
    except ConversationsUnavailable as error:
        return [Finding(Weight.FATAL, str(error))]
    if not found.version:
        return [Finding(Weight.GOOD, f"对话数据库尚未建立，可写入，首次启动时建立：{found.place}")]
    if not found.is_current:
        message = f"对话数据库可读写，但格式较旧（版本 {found.version}）：{found.place}"
        return [Finding(Weight.NOTICE, message, "启动时自动升级，原有记录保留；升级前可先备份")]
    return [Finding(Weight.GOOD, f"对话数据库可读写，版本 {found.version}：{found.place}")]
