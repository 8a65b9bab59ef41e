"""The merge driver: ``python -P -m ddd_lab.git.drivers.merge %O %A %B %L %P``, started by Git.

It writes the merged file in the place of ours (``%A``), whole or not at all. Where it cannot, it
says so by its exit status, and the command that Git was given merges by lines: see
:mod:`ddd_lab.files.disk.git_programs`. It starts for each file, so it imports little.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git_programs import BY_LINES, CLEAN, CONFLICTS
from ddd_lab.files.documents.conflict_markers import MARKER_SIZE, ConflictRegion, write_markers
from ddd_lab.files.documents.merge_text import UnmergeableError, merge_texts
from ddd_lab.lossless_yaml import YamlError, decode, encode

LIMIT: Final = 60
"""Seconds after which the driver is ended, for a merge by lines."""


def main(arguments: Sequence[str]) -> int:
    """Merge one file; returns the exit status."""
    if hasattr(signal, "alarm"):
        signal.alarm(LIMIT)
    base, ours, theirs, size, *_ = arguments
    return merge_files(Path.cwd(), base, ours, theirs, int(size))


def merge_files(folder: Path, base: str, ours: str, theirs: str, size: int = MARKER_SIZE) -> int:
    """Merge three files of a folder, the result in the place of ours; returns the exit status."""
    raw = [storage.read(folder, path) for path in (base, ours, theirs)]
    try:
        old, here, there = map(decode, raw)
        pieces = merge_texts(old, here, there)
    except (UnmergeableError, YamlError):
        return BY_LINES
    line_end = "\r\n" if "\r\n" in here else "\n"
    text = write_markers(pieces, size, line_end)
    if text != here:
        storage.write(folder, ours, encode(text, raw[1]), durable=False)
    return CONFLICTS if any(isinstance(piece, ConflictRegion) for piece in pieces) else CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
