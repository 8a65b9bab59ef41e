"""A design that this person begins here is trusted from the start: nobody else wrote any of it."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from ddd_lab.files.disk import storage
from ddd_lab.files.edit.kits import EMPTY
from ddd_lab.files.edit.new_design import checked_folder, write_new_design
from ddd_lab.implementation.config import ConfigError
from ddd_lab.implementation.trust import trust
from ddd_lab.implementation.trust_request import names_nothing, trust_request
from ddd_lab.spec.paths import PROJECT_FILE

_FILES = frozenset(
    (
        *(".gitignore", ".ds_store"),
        *(f"{name}{end}" for name in ("readme", "license") for end in ("", ".md", ".rst", ".txt")),
    )
)
"""Files, in small letters, of a folder in which nothing is designed yet: nothing runs them."""
_NOTEBOOK = ".ipynb"
_FOLDERS = frozenset((".git", ".ipynb_checkpoints"))
_BEGUN = frozenset((".ddd", "specs"))
"""Folders that a design has when it was saved for the first time."""
"""A file that it may have then."""


def begin_design(
    folder: str | Path, name: str = "", kit: str = EMPTY, stack: str = "", *, git: bool = True
) -> Path:
    """Write a new design (:func:`write_new_design`) and trust it, where nothing else was there."""
    path = checked_folder(folder)
    blank = is_blank(path)  # so is one that is not there
    write_new_design(path, name, kit, stack, git=git)
    if blank:
        trust_what_was_begun(path)
    return path


def is_blank(root: Path) -> bool:
    """Whether a folder holds nothing that anybody could have put there to be run."""
    return _holds_only(root, _FILES, _FOLDERS)


def trust_what_was_begun(root: Path) -> None:
    """Trust a design whose first files were saved here just now, in a folder that was blank.

    Where something else is there by now, the person is asked as for any project.
    """
    with contextlib.suppress(ConfigError, OSError):
        if _holds_only(root, _FILES | {PROJECT_FILE}, _FOLDERS | _BEGUN):
            trust(root)


def _holds_only(root: Path, files: frozenset[str], folders: frozenset[str]) -> bool:
    try:
        for name, status in storage.entries(root, "").items():
            own, is_file = name.lower(), stat.S_ISREG(status.st_mode)
            if is_file and (own in files or own.endswith(_NOTEBOOK)):
                continue
            if name not in folders or not stat.S_ISDIR(status.st_mode):
                return False
        return names_nothing(trust_request(root))
    except (ConfigError, OSError):
        return False
