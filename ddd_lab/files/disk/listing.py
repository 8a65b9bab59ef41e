"""Which files of a project belong to its design, and what in its folders cannot be looked at.

A link that stays inside the project is followed, so that a domain may lie elsewhere in it; one
that leads out is not. What is not looked at is never passed over in silence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from ddd_lab.files.disk.storage import GONE, UnsafePathError, locate
from ddd_lab.spec.paths import MAPPING_FILE, PROJECT_FILE

SPECS: Final = "specs"
SUFFIXES: Final = (".yaml", ".yml")
_NO_JSON: Final = frozenset({"flows", "schemas"})
"""Folders in which a JSON file is meant as a spec; as YAML it says the same."""
MOST_STEPS: Final = 20_000
"""Folders and links beyond which nobody looks further: links can multiply a few without end."""


class Listing(NamedTuple):
    """What a project's folder holds of a design."""

    # Paths of its files, the map from flows to code included, with forward slashes.
    files: tuple[str, ...]
    # Paths of what is not looked at, each with the reason and what to do.
    refused: Mapping[str, str]
    folders: Mapping[str, str]  # paths of the folders of specs, each with where it is on the disk
    links: Mapping[str, str]  # paths of files that are links, each with where the file itself is


def listed(root: Path) -> Listing:
    """Look through a project's folder; whatever is in it, this ends and raises nothing."""
    walk = _Walk(root)
    if not root.is_dir():
        walk.refuse(SPECS, GONE)
    for path in (PROJECT_FILE, SPECS):
        if os.path.lexists(os.path.join(root, path)):  # noqa: PTH118 - links count
            walk.take(path)
    walk.go_on()
    return Listing((*walk.files, *_mapping_files(root)), walk.refused, walk.folders, walk.links)


def wrong_ending(path: str) -> str:
    """What to say of a file that is meant as a spec but ends otherwise; empty for any other."""
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    meant = ending.lower()
    if meant == "json" and not _NO_JSON.intersection(folder.split("/")):
        return ""
    if meant not in ("yaml", "yml", "json") or name.endswith(SUFFIXES):
        return ""
    right = f"{stem}.{meant}" if meant != "json" else f"{stem}.yaml"
    return f"it ends in .{ending}, so it is not read: rename it to {right!r}"


def _mapping_files(root: Path) -> list[str]:
    """The map from flows to code, under either ending; reading it says what is wrong with it."""
    paths = []
    for path in (MAPPING_FILE, f"{MAPPING_FILE.removesuffix('yaml')}yml"):
        try:
            if os.path.lexists(locate(root, path)):
                paths.append(path)
        except UnsafePathError:
            paths.append(path)
            break
    return paths


class _Folder(NamedTuple):
    """A folder still to be looked at."""

    path: str  # in the project
    real: str  # where it is
    above: frozenset[str]  # where the folders are that it lies in
    # Targets of links that were followed since the walk left the folders themselves.
    linked: set[str] | None


class _Walk:
    """A walk over the folders of specs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.real = os.path.realpath(root)
        self.files: list[str] = []
        self.refused: dict[str, str] = {}
        self.folders: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self._left: list[_Folder] = []
        self._steps = 0

    def take(self, path: str) -> None:
        """Take what lies at the top of the project."""
        above = _Folder("", self.real, frozenset({self.real}), None)
        full = os.path.join(self.real, path)  # noqa: PTH118 - a text still
        if os.path.islink(full):  # noqa: PTH114 - a text still
            self._link(path, above)
        elif path == SPECS and os.path.isdir(full):  # noqa: PTH112 - a text still
            self._enter(path, full, above, None)
        elif path != SPECS:
            self.files.append(path)

    def go_on(self) -> None:
        """Look through all folders that were found, as long as they are not beyond number."""
        while self._left:
            folder = self._left.pop()
            if self._steps > MOST_STEPS:
                self.refuse(
                    folder.path,
                    f"there are more than {MOST_STEPS:,} folders and links below specs, so this "
                    "one and others are not read. Remove links to folders that contain links",
                )
                return
            self._look(folder)

    def _look(self, folder: _Folder) -> None:
        self._steps += 1
        self.folders[folder.path] = folder.real
        try:
            with os.scandir(folder.real) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            self.refuse(
                folder.path,
                f"the folder cannot be read: {error.strerror}. Make it readable, or remove it",
            )
            return
        before = len(self._left)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder.path}/{entry.name}"
            link, deeper = entry.is_symlink(), entry.is_dir(follow_symlinks=False)
            wrong = "" if link or deeper else wrong_ending(path)
            if not (link or deeper or wrong or entry.name.endswith(SUFFIXES)):
                continue
            if not _is_text(entry.name):
                self.refuse(path, "the name is not UTF-8: rename it")
            elif link:
                self._link(path, folder)
            elif deeper:
                self._enter(path, entry.path, folder, folder.linked)
            elif wrong:
                self.refuse(path, wrong)
            else:
                self.files.append(path)
        self._left[before:] = reversed(self._left[before:])

    def _enter(self, path: str, real: str, above: _Folder, linked: set[str] | None) -> None:
        self._left.append(_Folder(path, real, above.above | {real}, linked))

    def _link(self, path: str, above: _Folder) -> None:
        """Follow a link, unless it leads out, nowhere, or to where the walk has come from."""
        file = path.endswith(SUFFIXES) or path == PROJECT_FILE
        self._steps += 1
        try:
            real = os.fspath(locate(self.root, path))
            kind = os.stat(real).st_mode  # noqa: PTH116 - a text still
        except FileNotFoundError:
            self.refuse(path, "it is a link that leads nowhere: remove it")
            return
        except OSError as error:
            if file:  # reading it says what is wrong, and nothing writes to it
                self.files.append(path)
            elif isinstance(error, UnsafePathError):
                self.refuse(
                    path,
                    "it is a link that leads outside the project, so it is not followed: put the "
                    "file or folder itself in its place",
                )
            else:
                self.refuse(path, f"it is a link that cannot be followed: {error.strerror}")
            return
        if not stat.S_ISDIR(kind):
            if file:
                self.files.append(path)
                self.links[path] = real
        elif path == PROJECT_FILE:
            self.refuse(path, "it is a folder: put a file in its place")
        elif real not in above.above and real not in (above.linked or ()):
            linked = above.linked if above.linked is not None else set()
            linked.add(real)
            self._enter(path, real, above, linked)

    def refuse(self, path: str, reason: str) -> None:
        """Say why something is not looked at."""
        self.refused[os.fsencode(path).decode("utf-8", "backslashreplace")] = reason


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
