"""A change of many files is one whole: what was cut off is finished at the next opening.

Before the first of several files is written, all new contents and removals are written to one file,
the journal; after the last one it goes. One that is found is of a program that was killed. Each of
its files is then as it was before or as it was to be, or somebody else has changed it since: in the
last case nothing is done about any of them, but it is said.

Whoever made the folder may have put a journal there, too. So only one that this person's programs
wrote is finished unasked: the digests of these are kept in the person's own Jupyter data folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from ddd_lab.files.disk import locks, storage
from ddd_lab.files.disk.json_files import parse_json, read_json
from ddd_lab.files.disk.paths import is_kept_file
from ddd_lab.files.disk.personal import person_folder
from ddd_lab.files.documents.file_changes import Write, carry_out

FOLDER: Final = ".ddd/journal"
_NAME = re.compile(r"([0-9a-f]{32})\.(journal|aside|finished)")
_BEGUN = re.compile(r"\.([0-9a-f]{32})\.journal\.\d+-\d+\.ddd-tmp")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_HEAD = 10_000_000
"""Bytes that the first line of a journal has at most."""


class JournalError(ValueError):
    """A journal is not one that could be finished; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a journal."""

    path: str
    before: str | None  # digest of what was there; None where no file was there
    after: str | None  # digest of what is to be there; None where it is to be removed
    like: str  # the file whose permissions a moved one keeps
    at: int  # where its new content begins in the journal
    size: int  # of its new content


@dataclass(frozen=True, slots=True)
class Journal:
    """A save that was cut off, as its journal tells."""

    name: str  # of the file, below ``.ddd/journal``
    moment: str  # when the save began
    entries: tuple[Entry, ...]  # its files, in the order in which they are written


def begin(root: Path, id: str, writes: Collection[Write]) -> str:
    """Write the journal of a save before its first file is written; returns its id, for `end`.

    With an ``id`` it replaces that journal, whose save goes on with other contents.
    """
    id = id or secrets.token_hex(16)
    head = {
        "ddd_journal": 1,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": [
            {
                "path": write.path,
                "before": _digest(write.before),
                "after": _digest(write.after),
                "like": write.like,
                "size": len(write.after or b""),
            }
            for write in writes
        ],
    }
    text = json.dumps(head).encode() + b"\n" + b"".join(write.after or b"" for write in writes)
    if not storage.is_file(root, f"{FOLDER}/.gitignore"):
        storage.write(root, f"{FOLDER}/.gitignore", b"*\n")
    # Known before it is there, and the one that it replaces is known until then.
    _know(root, id, [*_known(root, id), hashlib.sha256(text).hexdigest()])
    storage.write(root, f"{FOLDER}/{id}.journal", text)
    return id


def end(root: Path, id: str) -> None:
    """Remove the journal of a save, after its last file was written."""
    storage.remove(root, f"{FOLDER}/{id}.journal")
    _forget(root, id)


def found(root: Path) -> list[str]:
    """The names of all journals, and of notes about finished ones, in a project's folder."""
    return [name for name in storage.names(root, FOLDER) if _NAME.fullmatch(name)]


def is_own(root: Path, name: str) -> bool:
    """Whether this person's programs wrote a journal, just as it is."""
    try:
        marks = _known(root, _id(name))
        return bool(marks) and _digest_of(root, name) in marks
    except OSError:
        return False


def begun(root: Path) -> list[str]:
    """Saves of this person that were cut off before their journal was whole, by the names left."""
    left = ((name, _BEGUN.fullmatch(name)) for name in locks.leftovers(root, FOLDER))
    return [name for name, match in left if match and _known(root, match[1])]


def read(root: Path, name: str) -> Journal:
    """What a journal says; raises `JournalError` where it could not be finished as it is."""
    with storage.opened(root, f"{FOLDER}/{name}", limit=None) as file:
        line = file.readline(_HEAD)
        try:
            head = parse_json(line)
            entries = tuple(_entries(head["files"], len(line)))
            moment = str(head["at"])
        except (ValueError, KeyError, TypeError) as error:
            raise JournalError(f"it cannot be read ({type(error).__name__})") from error
    if head.get("ddd_journal") != 1 or not _MOMENT.fullmatch(moment):
        raise JournalError("it has another version")
    if len({entry.path for entry in entries}) < len(entries):
        raise JournalError("it names a file twice")
    return Journal(name, moment, entries)


def changed_since(root: Path, journal: Journal) -> list[str]:
    """The files of a journal that somebody has changed since it was written."""
    return [
        entry.path
        for entry in journal.entries
        if _digest(_present(root, entry.path)) not in (entry.before, entry.after)
    ]


def finish(root: Path, journal: Journal) -> list[str]:
    """Write what a save that was cut off has not written; returns the paths written or removed.

    Files that others changed are left alone. Raises `JournalError` before the first is written
    where a content is not the one that the journal names.
    """
    written = []
    with storage.opened(root, f"{FOLDER}/{journal.name}", limit=None) as file:
        for entry in journal.entries:  # all of it is known to be whole before the first is written
            _content(file, entry)
        for entry in journal.entries:
            after = _content(file, entry)
            present = _present(root, entry.path)
            if _digest(present) == entry.before and present != after:
                carry_out(root, Write(entry.path, present, after, entry.like))
                written.append(entry.path)
    return written


def note_finished(root: Path, journal: Journal) -> str:
    """Replace a finished journal by a note, until the next save; returns the note's name."""
    id = _id(journal.name)
    text = json.dumps({"at": journal.moment, "files": len(journal.entries)}).encode()
    _know(root, id, [*_known(root, id), hashlib.sha256(text).hexdigest()])
    storage.write(root, f"{FOLDER}/{id}.finished", text)
    storage.remove(root, f"{FOLDER}/{journal.name}")
    return f"{id}.finished"


def set_aside(root: Path, journal: Journal) -> str:
    """Keep a journal that cannot be finished; returns the name that it has then."""
    name = f"{_id(journal.name)}.aside"
    if journal.name != name:
        storage.rename(root, f"{FOLDER}/{journal.name}", f"{FOLDER}/{name}")
    return name


def drop(root: Path, name: str) -> None:
    """Remove a journal, or a note about one."""
    storage.remove(root, f"{FOLDER}/{name}")
    _forget(root, _id(name))


def read_note(root: Path, name: str) -> tuple[str, int]:
    """When a save that was finished had begun, and of how many files it was."""
    note = read_json(root, f"{FOLDER}/{name}", limit=10_000)
    try:
        return str(note["at"]), int(note["files"])
    except (KeyError, TypeError) as error:
        raise ValueError("it is not a note of a save") from error


def _entries(files: Any, at: int) -> Iterator[Entry]:
    if not isinstance(files, list):
        raise JournalError("it names no files")
    for file in files:
        path, before, after = file["path"], file["before"], file["after"]
        like, size = file["like"], file["size"]
        for named in (path, like or path):
            if not isinstance(named, str) or not is_kept_file(named) or ".." in named.split("/"):
                raise JournalError("it names a file that does not belong to the design")
        for digest in (before, after):
            if digest is not None and not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
                raise JournalError("it has no digest of a file")
        if type(size) is not int or not 0 <= size <= storage.LARGEST:
            raise JournalError("it has no size of a file")
        yield Entry(path, before, after, like, at, size)
        at += size


def _content(file: BinaryIO, entry: Entry) -> bytes | None:
    if entry.after is None:
        return None
    file.seek(entry.at)
    content = file.read(entry.size)
    if _digest(content) != entry.after:
        raise JournalError(f"the content for {entry.path} is not the one that was written")
    return content


def _present(root: Path, path: str) -> bytes | None:
    try:
        return storage.read(root, path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _digest_of(root: Path, name: str) -> str:
    digest = hashlib.sha256()
    with storage.opened(root, f"{FOLDER}/{name}", limit=None) as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _id(name: str) -> str:
    return name.partition(".")[0]


# --- what this person's programs wrote ----------------------------------------------------------


def _proof(root: Path, id: str) -> tuple[Path, str]:
    """The person's own folder, and the path in it of what is known about a journal."""
    folder = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return person_folder(), f"ddd-lab/journals/{folder}-{id}"


def _known(root: Path, id: str) -> list[str]:
    try:
        return storage.read(*_proof(root, id), limit=10_000).decode("ascii").split()
    except (OSError, ValueError):
        return []


def _know(root: Path, id: str, digests: list[str]) -> None:
    # Without a folder of one's own, what is cut off is finished only when a person asks for it.
    with contextlib.suppress(OSError):
        storage.write(*_proof(root, id), "\n".join(digests[-8:]).encode())


def _forget(root: Path, id: str) -> None:
    with contextlib.suppress(OSError):
        storage.remove(*_proof(root, id))
