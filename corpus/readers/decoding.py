r"""Bytes of a file in, its decoded text out.

Example: the GB18030 bytes ``b"\xb5\xda\xd2\xbb\xcc\xf5"`` become “第一条”.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

from corpus.errors import FileEmpty, FileUndecodable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LAYOUT = frozenset("\t\n\r\f\v")
_MAX_STRANGE_SHARE = 0.25
_USUAL_SETS = ("gb2312", "big5")
_LEAST_USUAL_SHARE = 0.5


def decode(data: bytes, name: str) -> str:
    r"""Return the text of ``data``, line ends as ``\n`` and without a byte-order mark; nothing else is changed.

    Args:
        data: the file's bytes: UTF-8, UTF-16 with its mark, or GB18030.
        name: the file's name, for the message.

    Raises:
        FileUndecodable: the bytes are not text in a known encoding.
        FileEmpty: the file holds no visible character.
    """
    text = _decode_strictly(data)
    # Almost any bytes of even number are UTF-16: behind its mark the characters themselves must be plausible.
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if (
        text is None
        or _strange_share(text) > _MAX_STRANGE_SHARE
        or (marked and _usual_share(text) < _LEAST_USUAL_SHARE)
    ):
        raise FileUndecodable(
            f"文件“{name}”无法解码：不是 UTF-8、GB18030 或带标记的 UTF-16 文本。请用记事本等软件另存为 UTF-8 后重试。"
        )
    # Universal newlines belong to decoding: the same document has the same offsets from every system.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not any(ch.isprintable() and not ch.isspace() for ch in text):
        raise FileEmpty(f"文件“{name}”没有任何文字。请确认文件内容完整，或从文件夹中移除它后重试。")
    return text


def _decode_strictly(data: bytes) -> str | None:
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _strange_share(text: str) -> float:
    """Return the share of characters that text does not hold: control, private and unassigned ones."""
    strange = sum(1 for ch in text if ch not in _LAYOUT and unicodedata.category(ch) in ("Cc", "Co", "Cn"))
    return strange / max(len(text), 1)


def _usual_share(text: str) -> float:
    """Return the share of characters that ordinary Chinese text is written in: of random ones about a quarter are."""
    counts = Counter(ch for ch in text if ch not in _LAYOUT)
    usual = sum(count for ch, count in counts.items() if _is_usual(ch))
    return usual / max(counts.total(), 1)


def _is_usual(ch: str) -> bool:
    for name in _USUAL_SETS:
        try:
            ch.encode(name)
        except UnicodeEncodeError:
            continue
        return True
    return False
