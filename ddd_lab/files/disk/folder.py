"""The folder of a project."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.visible import VisibleError


class ProjectError(VisibleError, ValueError):
    """The project as a whole cannot be opened or used; the message says what to do."""


def project_folder(root: str | Path) -> Path:
    """The folder of a project (or its ``specs``), without links; else raises `ProjectError`."""
    folder = Path(root).expanduser()
    if folder.absolute().name == "specs" and folder.is_dir() and not (folder / "specs").is_dir():
        folder = folder.absolute().parent
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        raise ProjectError(f"{folder} {what}; give the folder that holds specs/")
    return folder.resolve()
