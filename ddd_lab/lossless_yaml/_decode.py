"""Bytes of a file to text and back."""

from __future__ import annotations

import codecs

from ddd_lab.lossless_yaml._errors import YamlError

MAX_BYTES = 20_000_000
"""Files above this size are refused: no design comes near it, and reading one would stall."""

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(raw: bytes) -> str:
    r"""Turn a file's bytes into text.

    Args:
        raw: The whole file: UTF-8, or UTF-16 that starts with a byte order mark.

    Returns:
        The text, with a byte order mark kept as ``\ufeff``, line ends as they are.

    Raises:
        YamlError: The file is too big, binary, or not valid in its encoding.
    """
    if len(raw) > MAX_BYTES:
        raise too_big(len(raw), "bytes")
    encoding = encoding_of(raw)
    if encoding == "utf-8" and (zero := raw.find(b"\0")) >= 0:
        raise _at(raw, zero, "binary data (a zero byte)", "save the file as UTF-8 text")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"bytes that are not {encoding.upper()} ({error.reason})"
        raise _at(raw, error.start, what, "save the file as UTF-8 text") from error


def encode(text: str, like: bytes = b"") -> bytes:
    """Turn text into bytes, in the encoding that the file's former bytes ``like`` had."""
    return text.encode(encoding_of(like))


def encoding_of(raw: bytes) -> str:
    """Name the encoding: UTF-16 by its byte order mark, otherwise UTF-8."""
    return next((name for mark, name in _UTF16 if raw.startswith(mark)), "utf-8")


def too_big(size: int, unit: str) -> YamlError:
    """Say that a file is beyond the limit."""
    return YamlError(
        f"the file has {size:,} {unit}, more than the {MAX_BYTES:,} that are read; "
        "split it or move data out of it"
    )


def _at(raw: bytes, offset: int, what: str, remedy: str) -> YamlError:
    line = raw.count(b"\n", 0, offset) + 1
    column = offset - raw.rfind(b"\n", 0, offset)
    return YamlError(f"{what} at byte {offset}; {remedy}", line, column)
