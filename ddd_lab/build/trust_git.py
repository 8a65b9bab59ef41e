"""What a repository's own settings have Git run: Claude Code calls Git, and so do tests.

The lab itself calls Git with settings that start nothing. A program that it starts does not.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ddd_lab.files import storage

_CONFIGS = ("config", "config.worktree")
_HOOKS = "hooks"
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

    Raises:
        OSError: they cannot be read.
    """
    storage.locate(root, ".git")
    # A folder can be a repository itself, without any .git.
    bare = storage.is_file(root, "HEAD") and storage.is_folder(root, "objects")
    for folder in (".git/", *([""] if bare else [])):
        for path in (folder.rstrip("/"), f"{folder}commondir"):
            if path and storage.is_file(root, path):
                yield f"Git takes settings and hooks from elsewhere: {_text(root, path).strip()}"
        yield from _settings(root, [f"{folder}{name}" for name in _CONFIGS])
        for name in storage.names(root, f"{folder}{_HOOKS}"):
            if not name.endswith(".sample"):
                yield f"{folder}{_HOOKS}/{name} is run by Git"


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
                if found := _INCLUDED.fullmatch(line):
                    beside = os.path.join(root, os.path.dirname(path), found[1])  # noqa: PTH118, PTH120 - texts
                    other = os.path.relpath(beside, root).replace("\\", "/")
                    # What lies elsewhere did not come with the folder.
                    if other.partition("/")[0] != "..":
                        paths.append(other)


def _text(root: Path, path: str) -> str:
    return storage.read(root, path, limit=1_000_000).decode("utf-8", "surrogateescape")


def _acting(text: str) -> Iterator[str]:
    """The settings that may start something; all that follow a line that is not a usual one."""
    section, shown, usual = "", "", True
    for line in (line.strip() for line in text.splitlines()):
        if not line or (usual and line[0] in "#;"):
            continue
        if usual and (head := _SECTION.fullmatch(line)):
            section = head[1].lower()
            shown = line
            continue
        key = _KEY.fullmatch(line) if usual else None
        usual = usual and key is not None
        if key is None or key[1].lower() not in _HARMLESS.get(section, ()):
            yield f"{shown} {line}" if usual and shown else line
