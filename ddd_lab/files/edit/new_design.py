"""A new design in a folder: written whole or not at all, and never over anything that is there."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Literal
from uuid import uuid4

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.edit.kits import EMPTY, begun, samples, texts_of
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.paths import PROJECT_FILE
from ddd_lab.spec.plain_data import word
from ddd_lab.visible import visible

LONGEST_NAME = 80
IGNORED_FILE = ".gitignore"
IGNORED = b"# What running the code leaves behind.\n__pycache__/\nnode_modules/\n"
"""What a repository that begins with a design does not keep."""
Field = Literal["name", "folder", "kit", "stack", "git"]


class NewDesignError(EditError):
    """A new design cannot be begun so.

    Attributes:
        field: what has to be another one.
    """

    def __init__(self, field: Field, message: str) -> None:
        super().__init__(message)
        self.field = field


def checked_name(name: str) -> str:
    """The name of a new design, without blanks around it; `NewDesignError` where it is no name."""
    try:
        name = word(name, "the name of a design").strip()
    except EditError as error:
        raise NewDesignError("name", str(error)) from error
    if not name:
        raise NewDesignError("name", "a design needs a name")
    if visible(name) != name or len(name) > LONGEST_NAME:
        raise NewDesignError(
            "name", f"a name is one line of at most {LONGEST_NAME} letters; shorten it"
        )
    return name


def checked_folder(folder: str | Path) -> Path:
    """The folder for a new design, which need not be there; `NewDesignError` where none can be."""
    try:
        path = Path(os.path.realpath(Path(folder).expanduser()))
        _refuse_taken(path)
        base = _nearest(path)
        writable = os.access(base, os.W_OK | os.X_OK)
    except NewDesignError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise NewDesignError("folder", f"{folder} cannot be used: {why}") from error
    if not writable:
        raise NewDesignError("folder", f"{base} cannot be written: choose another folder")
    return path


def _refuse_taken(path: Path) -> None:
    if path.name == "specs":
        raise NewDesignError(
            "folder", f"{path} would be the specs of a design in {path.parent}: name that one"
        )
    around = next((one.parent for one in path.parents if one.name == "specs"), None)
    signs = ("specs/system.yaml", "specs/domains")
    if around is not None and any(storage.status(around, sign) for sign in signs):
        raise NewDesignError(
            "folder", f"{path} lies in the specs of the design in {around}: choose another folder"
        )
    if ".git" in path.parts:
        raise NewDesignError("folder", f"{path} lies in Git's own folder: choose another one")
    base = _nearest(path)
    if not base.is_dir():
        raise NewDesignError("folder", f"{base} is a file, not a folder: choose another one")
    if base != path:
        return
    for name in ("specs", PROJECT_FILE):
        there = storage.entries(path, "").get(name)
        if there is not None and (storage.names(path, name) or not stat.S_ISDIR(there.st_mode)):
            raise NewDesignError(
                "folder",
                f"{path} holds a design already ({name}), and nothing is written over it: open "
                "it, or choose another folder",
            )


def write_new_design(
    folder: str | Path, name: str = "", kit: str = EMPTY, stack: str = "", *, git: bool = True
) -> Path:
    """Begin a design in a folder; where anything fails, nothing of it is left behind.

    Args:
        folder: where it will lie; made if it is not there.
        name: what the system is called; like the folder if left out, and a sample like itself.
        kit: what it begins with, one of :func:`~ddd_lab.files.edit.kits.kits`.
        stack: its language and framework, one of :func:`~ddd_lab.files.edit.kits.stacks`.
        git: begin a Git repository with it, unless the folder lies in one.

    Returns:
        The folder.

    Raises:
        KeyError: there is no such kit or stack.
        NewDesignError: the name, the folder or Git cannot be used so.
    """
    path = checked_folder(folder)
    called = name if name or kit in samples() else path.name
    design = begun(kit, called and checked_name(called), stack)
    base = _nearest(path)
    if git:
        require_git(base)
    missing = [path, *path.parents][: len(path.relative_to(base).parts)]
    try:
        storage.make_folder(base, path.relative_to(base).as_posix())
        _write(path, design, git=git)
    except BaseException as error:
        for made in missing:
            with contextlib.suppress(OSError):  # somebody else has put something there
                storage.remove_folder(made.parent, made.name)
        if isinstance(error, OSError):
            why = error.strerror or error
            raise NewDesignError(
                "folder", f"{path} cannot be written ({why}); nothing is left of the new design"
            ) from error
        raise
    return path


def _write(path: Path, design: Workspace, *, git: bool) -> None:
    """Write beside the place first; what is whole then takes its place at once."""
    staging = f".ddd-new-{uuid4().hex[:8]}"
    moved: list[str] = []
    try:
        for file, text in texts_of(design).items():
            storage.write(path, f"{staging}/{file}", text.encode())
        if git and not lies_in_repository(path):
            Git(storage.locate(path, staging)).ask("init", "--quiet")
            if IGNORED_FILE not in storage.names(path, ""):
                storage.write(path, f"{staging}/{IGNORED_FILE}", IGNORED)
        for entry in sorted(storage.names(path, staging), reverse=True):  # the specs at first
            storage.rename(path, f"{staging}/{entry}", entry)
            moved.append(entry)
        storage.remove_folder(path, staging)
    except BaseException:
        for entry in (*moved, staging):
            with contextlib.suppress(OSError):
                _remove(path, entry)
        raise


def _remove(path: Path, relative: str) -> None:
    """Remove what was written by now."""
    for name, status in storage.entries(path, relative).items():
        entry = f"{relative}/{name}"
        if stat.S_ISDIR(status.st_mode):
            _remove(path, entry)
        else:
            storage.remove(path, entry)
    storage.remove_folder(path, relative)


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(folder for folder in (path, *path.parents) if os.path.lexists(folder))


def lies_in_repository(folder: Path) -> bool:
    """Whether a folder, or the nearest above it that is there, lies in a Git repository."""
    try:
        Git(_nearest(folder)).prefix()
    except GitError:
        return False
    return True


def require_git(folder: Path) -> None:
    """Raise `NewDesignError` where there is no Git."""
    try:
        Git(folder).text("--version")
    except GitError as error:
        raise NewDesignError("git", f"{error}. Install Git, or begin without it") from error
