"""Setting up a repository so that Git merges and compares designs by what they say."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import ActingGit, Git, GitError
from ddd_lab.files.disk.git_programs import (
    ATTRIBUTES,
    DIFF_KEY,
    FOLD_KEY,
    MERGE_KEY,
    git_settings,
    merge_command,
    program_of,
)
from ddd_lab.spec.paths import SYSTEM_FILE
from ddd_lab.spec.problem import Problem

ATTRIBUTES_FILE: Final = ".gitattributes"
_HEADING: Final = "# Designs of DDD Lab: `ddd-lab git-setup` lets Git merge them by what they say."
_OURS: Final = ("merge.ddd.", "diff.ddd.")
_TEST: Final = ("a: 1\nb: 1\n", "a: 2\nb: 1\n", "a: 1\nb: 2\n")
_TESTED: Final = "a: 2\nb: 2\n"
"""A merge that only the driver can do: lines beside each other clash in a merge by lines."""


def set_up(root: Path, *, fold: bool = False) -> list[str]:
    """Set the repository of a project up; returns what was written, in words.

    Args:
        root: the project's folder.
        fold: let ``git log -p`` leave layout out too. Such patches cannot be applied.

    Raises:
        GitError: there is no repository, it cannot be written to, or the driver does not work here.
    """
    git = Git(root)
    git.prefix()
    _test_driver()
    written = []
    if _write_attributes(root, _with_lines(_attributes(root))):
        written.append(f"{ATTRIBUTES_FILE} names the drivers: commit it")
    settings, present = git_settings(fold=fold), _settings(git, "--local")
    for key, value in settings.items():
        if present.get(key) != value:
            git.ask("config", "--local", "--replace-all", key, value)
            written.append(f"{key} is set in this repository")
    if not fold and program_of(present.get(FOLD_KEY, "")):
        git.ask("config", "--local", "--unset-all", FOLD_KEY)
        written.append(f"{FOLD_KEY} is removed")
    return written


def undo(root: Path) -> list[str]:
    """Remove what `set_up` wrote, and nothing else; returns what was removed, in words.

    Raises:
        GitError: there is no repository, or it cannot be written to.
    """
    git = Git(root)
    git.prefix()
    removed = []
    if _write_attributes(root, _without_lines(_attributes(root))):
        removed.append(f"the lines in {ATTRIBUTES_FILE}")
    fixed = {key: value for key, value in git_settings().items() if not program_of(value)}
    for key, value in _settings(git, "--local").items():
        if program_of(value) or fixed.get(key) == value:
            git.ask("config", "--local", "--unset-all", key)
            removed.append(key)
    return removed


def shortcomings(root: Path) -> list[str]:
    """What is missing or wrong, in words; empty where Git merges designs by what they say.

    Raises:
        GitError: there is no repository.
    """
    git = Git(root)
    git.prefix()
    present = set(_lines(_attributes(root)))
    wrong = [
        f"{ATTRIBUTES_FILE} lacks the line “{line}”" for line in ATTRIBUTES if line not in present
    ]
    if not wrong and _merges_as(git) != "ddd":
        wrong.append(
            f"another {ATTRIBUTES_FILE} line sets another merge for {SYSTEM_FILE}. Find it with "
            f"`git check-attr merge {SYSTEM_FILE}`, and remove it"
        )
    settings = _settings(git)
    missing = [key for key in git_settings() if key not in settings]
    wrong += [f"{key} is not set in this repository" for key in missing]
    programs = {key: settings[key] for key in (MERGE_KEY, DIFF_KEY, FOLD_KEY) if key in settings}
    about = {key: _about_program(command) for key, command in programs.items()}
    wrong += [f"{key} {words}" for key, words in about.items() if words]
    if MERGE_KEY in settings and not about[MERGE_KEY]:
        try:
            _test_driver(settings[MERGE_KEY])
        except GitError as error:
            wrong.append(str(error))
    return wrong


def driver_problems(root: Path) -> Iterable[Problem]:
    """The problem of a repository whose merge driver is gone."""
    # Git is asked only where somebody has set this up.
    if not storage.is_file(root, ATTRIBUTES_FILE) or "merge=ddd" not in _attributes(root):
        return
    stats = storage.status(root, ".git/config")
    command = _merge_command_of(root, *((stats.st_mtime_ns, stats.st_size) if stats else ()))
    if words := _about_program(command) if command else "":
        yield Problem(
            path=ATTRIBUTES_FILE,
            line=0,
            column=0,
            severity="warning",
            rule="git.driver",
            message=f"Git merges this design line by line: its setting {MERGE_KEY} {words}. "
            "Run `ddd-lab git-setup`.",
            where=ATTRIBUTES_FILE,
        )


@lru_cache(maxsize=16)
def _merge_command_of(root: Path, *_stamp: int) -> str:
    """What a repository is set to merge with; asked anew where its settings have another stamp."""
    try:
        return _settings(Git(root)).get(MERGE_KEY, "")
    except GitError:
        return ""


def _about_program(command: str) -> str:
    """What is wrong with the program of a command; empty where nothing is."""
    program = program_of(command)
    if not program:
        return "starts another program than DDD Lab"
    return "" if Path(program).is_file() else f"starts {program}, which is gone"


def _test_driver(command: str = "") -> None:
    """Merge three files as Git would."""
    command = command or merge_command()
    values = {"%O": "base", "%A": "ours", "%B": "theirs", "%L": "7", "%P": "test.yaml"}
    for placeholder, value in values.items():
        command = command.replace(placeholder, value)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for file, text in zip(("base", "ours", "theirs"), _TEST, strict=True):
            storage.write(folder, file, text.encode())
        try:
            ActingGit(folder).ask("-c", f"alias.ddd-self-test=!{command}", "ddd-self-test")
            merged = storage.read(folder, "ours").decode()
        except GitError as error:
            merged = error.complaint
    if merged != _TESTED:
        raise GitError(
            f"the merge driver does not work with {sys.executable}: a test merge failed", merged
        )


def _settings(git: Git, *scope: str) -> dict[str, str]:
    """The settings of our drivers by their keys."""
    listing = git.text("config", *scope, "--list", "-z")
    pairs = (entry.partition("\n") for entry in listing.split("\0"))
    # Whoever only asks Git overrides its drivers with nothing.
    return {key: value for key, _, value in pairs if key.startswith(_OURS) and value}


def _attributes(root: Path) -> str:
    try:
        return storage.read(root, ATTRIBUTES_FILE).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def _write_attributes(root: Path, text: str) -> bool:
    """Write the file where it is to say something else, or remove it where that is nothing."""
    if text == _attributes(root):
        return False
    if text:
        storage.write(root, ATTRIBUTES_FILE, text.encode("utf-8", "surrogateescape"))
    else:
        storage.remove(root, ATTRIBUTES_FILE)
    return True


def _merges_as(git: Git) -> str:
    """The merge that Git's attributes name for a file of the design, whoever has set it."""
    return git.text("check-attr", "-z", "merge", "--", SYSTEM_FILE).split("\0")[2]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _with_lines(text: str) -> str:
    missing = [line for line in (_HEADING, *ATTRIBUTES) if line not in _lines(text)]
    end = "\r\n" if "\r\n" in text else "\n"
    open_line = "" if not text or text.endswith("\n") else end
    return text + open_line + "".join(line + end for line in missing)


def _without_lines(text: str) -> str:
    own = {_HEADING, *ATTRIBUTES}
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in own)
