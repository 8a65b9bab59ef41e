"""What a repository's own settings have Git run: Claude Code calls Git, and so do tests.

The lab itself calls Git with settings that start nothing. A program that it starts does not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git_programs import own_lines

_CONFIGS = ("config", "config.worktree")
_HOOKS = "hooks"
_ELSEWHERE = "Git takes settings and hooks from elsewhere"
_INCLUDED = re.compile(r'(?:\[include.*\] )?path\s*=\s*"?([^"]+)"?', re.IGNORECASE)
_SECTION = re.compile(r'\[([A-Za-z0-9-]+)(?: "[^"\\]*")?\]')
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(?: = (?!.*::)[^\\\"]*)?")
_HARMLESS: Final[Mapping[str, frozenset[str]]] = {
    "core": frozenset(
        (
            *("repositoryformatversion", "filemode", "bare", "logallrefupdates", "ignorecase"),
            *("precomposeunicode", "symlinks", "autocrlf", "eol", "safecrlf", "quotepath"),
        )
    ),
    "branch": frozenset(("remote", "merge", "rebase", "pushremote", "description")),
    "remote": frozenset(("url", "pushurl", "fetch", "prune", "tagopt", "mirror")),
    "user": frozenset(("name", "email", "signingkey")),
    "init": frozenset(("defaultbranch",)),
    "pull": frozenset(("rebase", "ff")),
    "push": frozenset(("default", "autosetupremote", "followtags")),
    "submodule": frozenset(("url", "active", "branch")),
}
"""Settings that start nothing, as Git writes them in each repository or a person every day."""


def git_runs(root: Path) -> Iterator[str]:
    """Settings of a repository, and its hooks, by which Git may start programs.

    Args:
        root: the folder that holds ``.git``.
    """
    storage.locate(root, ".git")
    yield from _of(root, ".git")
    # A folder can be a repository itself, without any .git.
    parts = storage.is_folder(root, "objects") or storage.is_file(root, "commondir")
    if parts and storage.is_file(root, "HEAD"):
        yield from _of(root, "")


def _of(root: Path, folder: str) -> Iterator[str]:
    """What counts in a folder of Git's, and in those that it has Git use in its place."""
    own = root
    if folder and storage.is_file(root, folder):
        value = _text(root, folder).rstrip("\r\n")
        yield f"{_ELSEWHERE}: {value}"
        root, folder = _place(root, os.path.dirname(folder), value.removeprefix("gitdir: "))  # noqa: PTH120 - a text
    yield from _in(root, folder, own)
    common = os.path.join(folder, "commondir")  # noqa: PTH118 - a text
    if storage.is_file(root, common):
        value = _text(root, common).rstrip("\r\n")
        yield f"{_ELSEWHERE}: {value}"
        yield from _in(*_place(root, folder, value), own)


def _place(root: Path, beside: str, path: str) -> tuple[Path, str]:
    """A folder that a file of Git's names: below the root, or a root itself where it is not."""
    own = Path(os.path.realpath(root))
    place = Path(os.path.realpath(os.path.join(own, beside, path)))  # noqa: PTH118 - a text
    if not place.is_relative_to(own):
        return place, ""
    below = place.relative_to(own).as_posix()
    return root, "" if below == "." else below


def _in(root: Path, folder: str, own: Path) -> Iterator[str]:
    """Settings and hooks in a folder, named by its whole path where it is none of one's own."""
    at = "" if root == own else f"{root}/"
    for line in _settings(root, [os.path.join(folder, name) for name in _CONFIGS]):  # noqa: PTH118 - texts
        yield f"{at}{line}"
    hooks = os.path.join(folder, _HOOKS)  # noqa: PTH118 - a text
    for name in storage.names(root, hooks):
        path = f"{hooks}/{name}"
        if name.endswith(".sample"):
            continue
        # What a link has lie elsewhere did not come with the folder.
        is_here = storage.is_file(root, path)
        digest = (
            f" ({hashlib.sha256(storage.read(root, path)).hexdigest()[:16]})" if is_here else ""
        )
        yield f"{at}{path}{digest} is run by Git"


def _settings(root: Path, paths: list[str]) -> Iterator[str]:
    """The settings of some files that may start something, and of those that they include."""
    seen: set[str] = set()
    while paths:
        path = paths.pop(0)
        if path in seen:
            continue
        seen.add(path)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            for line in _acting(_text(root, path)):
                yield f"{path}: {line}"
                if include := _INCLUDED.fullmatch(line):
                    beside = os.path.join(root, os.path.dirname(path), include[1])  # noqa: PTH118, PTH120 - texts
                    other = os.path.relpath(beside, root).replace("\\", "/")
                    # What lies elsewhere did not come with the folder.
                    if other.partition("/")[0] != "..":
                        paths.append(other)


def _text(root: Path, path: str) -> str:
    return storage.read(root, path, limit=1_000_000).decode("utf-8", "surrogateescape")


def _acting(text: str) -> Iterator[str]:
    """The settings that may start something; all that follow a line that is not a usual one."""
    section, shown, usual, ours = "", "", True, own_lines()
    for line in (line.strip() for line in text.splitlines()):
        if not line or (usual and line[0] in "#;"):
            continue
        if usual and (head := _SECTION.fullmatch(line)):
            section = head[1].lower()
            shown = line
            continue
        if usual and line in ours.get(shown, ()):
            continue
        key = _KEY.fullmatch(line) if usual else None
        usual = usual and key is not None
        if key is None or key[1].lower() not in _HARMLESS.get(section, ()):
            yield f"{shown} {line}" if usual and shown else line
