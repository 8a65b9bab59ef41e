"""Names of the folder of runs, and of files that keep something of a flow or a schema."""

from __future__ import annotations

import hashlib

FOLDER = ".ddd/runs"
"""Where the runs of Claude Code are."""
_LONGEST = 200
"""Bytes of a name, some of the 255 that a disk allows being left to spare."""


def file_name(key: str) -> str:
    """The name of the file that keeps the spec of a flow, or a schema; shortened where needed."""
    name = key.replace("/", "--")
    raw = name.encode("utf-8", "surrogateescape")
    if len(raw) > _LONGEST:
        begin = raw[: _LONGEST - 30].decode("utf-8", "ignore")
        name = f"{begin}~{hashlib.sha256(raw).hexdigest()[:16]}"
    return f"{name}.yaml"
