"""The files of conversations: one line per record, only ever appended to, by several programs.

A line that was cut off by a crash is kept in a file beside, and the next one begins anew.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ddd_lab.files.disk import locks, storage
from ddd_lab.files.disk.json_files import parse_json

FOLDER = ".ddd/chat"
_ID = re.compile(r"[0-9a-f]{32}")
_ENDING = ".jsonl"

Fields = dict[str, Any]


def thread_path(id: str) -> str:
    """The path of a conversation's file.

    Raises:
        KeyError: that is no id.
    """
    if not _ID.fullmatch(id):
        raise KeyError(f"{id!r} is not the id of a conversation")
    return f"{FOLDER}/{id}{_ENDING}"


def thread_ids(root: Path) -> list[str]:
    """The ids of all conversations of a project."""
    stems = (name.removesuffix(_ENDING) for name in _names(root) if name.endswith(_ENDING))
    return [stem for stem in stems if _ID.fullmatch(stem)]


def _names(root: Path) -> list[str]:
    try:
        return storage.names(root, FOLDER)
    except OSError:
        return []


def read_lines(root: Path, id: str) -> list[Fields]:
    """The records of a conversation; lines that cannot be read are left out.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    content = storage.read(root, thread_path(id))
    if content and not content.endswith(b"\n"):
        # Somebody may be writing just now: under the lock, what is cut off is so for good.
        with contextlib.suppress(OSError), thread_lock(root):
            _repair(root, id)
            content = storage.read(root, thread_path(id))
    return list(_records(content))


def append_lines(root: Path, id: str, lines: Iterable[Fields]) -> None:
    """Add records to a conversation, or begin it.

    Raises:
        OSError: they cannot be written.
    """
    content = b"".join(map(_encoded, lines))
    with thread_lock(root):
        if not storage.is_file(root, f"{FOLDER}/.gitignore"):
            storage.write(root, f"{FOLDER}/.gitignore", b"*\n")
        if storage.is_file(root, thread_path(id)):
            _repair(root, id)
            storage.append(root, thread_path(id), content)
        else:
            storage.write(root, thread_path(id), content)


@contextmanager
def thread_lock(root: Path) -> Iterator[None]:
    """Nobody else writes conversations meanwhile."""
    with locks.locked(root, "chat"):
        yield


def _encoded(line: Fields) -> bytes:
    # Escapes in the JSON keep what no text may hold, half a surrogate pair, from being refused.
    return f"{json.dumps(line)}\n".encode()


def _records(content: bytes) -> Iterator[Fields]:
    for line in content.split(b"\n"):
        record = _record(line)
        if record is not None:
            yield record


def _record(line: bytes) -> Fields | None:
    try:
        record = parse_json(line, halves=True)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _repair(root: Path, id: str) -> None:
    """End the last line, or put what is there of it aside."""
    path = thread_path(id)
    content = storage.read(root, path)
    whole, newline, rest = content.rpartition(b"\n")
    if not rest:
        return
    if _record(rest) is not None:
        storage.write(root, path, content + b"\n", expected=content)
        return
    storage.append(root, f"{FOLDER}/{id}.torn", rest)
    storage.write(root, path, whole + newline, expected=content)
