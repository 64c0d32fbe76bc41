"""Errors of the corpus room, each with a Chinese message that says what, where, and how to mend it.

Example: “文件“a.txt”无法解码：不是 UTF-8 或 GB18030 文本。请另存为 UTF-8 后重试。”

CorpusError
├── CorpusMissing      the folder does not exist or cannot be read
├── ManifestInvalid    manifest.toml is malformed or names what is not there
├── FileUndecodable    a file is not text in a known encoding
├── FileEmpty          a file holds no text
└── FormatUnknown      no reader takes this kind of file
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "名称过长",
    errno.EMFILE: "打开的文件过多",
    errno.EIO: "磁盘读写出错",
    errno.EADDRINUSE: "已被其他程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "对方拒绝连接",
    errno.ETIMEDOUT: "连接超时",
}


def describe_os_error(error: OSError) -> str:
    """Return in Chinese why the operating system refused; in its own words where the case is a rare one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class CorpusError(Exception):
    """Base of what can go wrong while documents are read; ``str(error)`` is fit for the user's screen."""


class CorpusMissing(CorpusError):
    """The corpus folder does not exist or cannot be read."""


class ManifestInvalid(CorpusError):
    """The manifest is malformed, holds an unknown key, or disagrees with the files."""


class FileUndecodable(CorpusError):
    """A file is not text in a known encoding."""


class FileEmpty(CorpusError):
    """A file holds no text."""


class FormatUnknown(CorpusError):
    """No reader takes this kind of file."""
