"""A corpus folder in, what its office states about each document out.

Example: ``status = "征求意见稿"`` in manifest.toml stands beside every citation of that document.

Without a manifest each readable file is a document: its id comes from the file name, its title and status from the
text itself.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import CorpusMissing, ManifestInvalid, describe_os_error
from corpus.models import DocumentInfo

MANIFEST_NAME = "manifest.toml"
KNOWLEDGE_NAME = "knowledge.toml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    title: str = Field(min_length=1)
    file: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    status: str = ""
    issuer: str = ""
    number: str = ""
    date: str = ""
    origin: str = ""
    absent_annexes: tuple[str, ...] = ()
    table_names: dict[str, str] = {}


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document: tuple[_Entry, ...] = ()


def read_manifest(folder: Path) -> tuple[DocumentInfo, ...] | None:
    """Return the entries of ``folder``'s manifest in its order, or None if the folder has no manifest.

    Raises:
        CorpusMissing: the folder or its manifest cannot be read.
        ManifestInvalid: malformed, an unknown key, an id or file named twice, or a file outside the folder.
    """
    path = folder / MANIFEST_NAME
    try:
        if not path.exists():
            return None
        data = path.read_bytes()
    except OSError as error:
        raise CorpusMissing(f"无法读取清单“{path}”：{describe_os_error(error)}。请检查文件权限后重试。") from error
    try:
        manifest = _Manifest.model_validate(tomllib.loads(data.decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestInvalid(f"清单“{path}”不是有效的 UTF-8 TOML 文件：{error}。请改正后重试。") from error
    except ValidationError as error:
        raise ManifestInvalid(f"清单“{path}”有误：{_explain(error)}。请改正后重试。") from error
    _refuse_twice(path, manifest)
    return tuple(_info(entry) for entry in manifest.document)


def read_listed_file(folder: Path, info: DocumentInfo) -> bytes:
    """Return the bytes of a file that the manifest lists.

    Raises:
        ManifestInvalid: the file is missing, lies outside the folder, or is not the one the manifest describes.
    """
    path = folder / info.file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ManifestInvalid(
            f"清单中的文件“{info.file}”不在文件夹“{folder}”之内。请把文件放进该文件夹并改正 file 一项。"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ManifestInvalid(
            f"清单列出的文件“{path}”无法读取：{describe_os_error(error)}。"
            f"请放回该文件，或从 {MANIFEST_NAME} 删去这一条。"
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != info.sha256:
        raise ManifestInvalid(
            f"文件“{path}”与清单记载的内容不一致。若文件确已更新，请把 {MANIFEST_NAME} 中“{info.id}”的 sha256 改为 "
            f'"{digest}"；否则请恢复原文件。'
        )
    return data


def describe_file(folder: Path, path: Path, data: bytes) -> DocumentInfo:
    """Return the info of a file without a manifest; title and status are left to the text."""
    return DocumentInfo(
        id=_id_of(path.relative_to(folder)),
        title="",
        file=path.relative_to(folder).as_posix(),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _id_of(path: Path) -> str:
    """Return a stable ASCII id by the name alone: plan.txt → plan, else what is ASCII in it and a digest."""
    name = path.as_posix()
    words = re.sub(r"[^a-z0-9]+", "-", path.with_suffix("").as_posix().lower()).strip("-")[:40].strip("-")
    if name == f"{words}.txt":
        return words
    return f"{words or 'doc'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _info(entry: _Entry) -> DocumentInfo:
    fields = entry.model_dump(exclude={"table_names"})
    return DocumentInfo(**fields, table_names=tuple(entry.table_names.items()))


def _refuse_twice(path: Path, manifest: _Manifest) -> None:
    for key in ("id", "file"):
        values = [getattr(entry, key) for entry in manifest.document]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise ManifestInvalid(f"清单“{path}”中 {key} 重复：{'、'.join(twice)}。请删去重复的一条后重试。")


def _explain(error: ValidationError) -> str:
    messages = {
        "extra_forbidden": "不认识的项",
        "missing": "缺少这一项",
        "string_pattern_mismatch": "写法不对",
        "string_too_short": "不能为空",
    }
    parts = []
    for one in error.errors():
        place = ".".join(str(step + 1) if isinstance(step, int) else str(step) for step in one["loc"])
        parts.append(f"{place}（{messages.get(one['type'], one['msg'])}）")
    return "；".join(parts)
