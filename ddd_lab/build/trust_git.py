"""What a repository's own settings have Git run: Claude Code calls Git, and so do tests.

The lab itself calls Git with settings that start nothing. A program that it starts does not.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ddd_lab.files import storage

_CONFIGS = (".git/config", ".git/config.worktree")
_ELSEWHERE = (".git", ".git/commondir")
"""Files that say where else the settings of a repository are."""
_HOOKS = ".git/hooks"
_SECTION = re.compile(r'\[([A-Za-z0-9-]+)(?: "[^"\\]*")?\]')
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(?: = (?!ext::)[^\\]*)?")
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
    for path in _ELSEWHERE:
        if storage.is_file(root, path):
            yield f"Git takes settings and hooks from elsewhere: {_text(root, path).strip()}"
    for path in _CONFIGS:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            yield from (f"{path}: {line}" for line in _acting(_text(root, path)))
    for name in storage.names(root, _HOOKS):
        if not name.endswith(".sample"):
            yield f"{_HOOKS}/{name} is run by Git"


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
