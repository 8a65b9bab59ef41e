"""The projects that tabs of JupyterLab show: in a kernel one for each folder, whoever opened it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython

from ddd_lab.canvas.session.broadcaster import shown_workbench
from ddd_lab.files.disk.folder import project_folder
from ddd_lab.lab.tab_canvas import listen
from ddd_lab.lab.unsaved_edits import keep_unsaved_edits
from ddd_lab.project.project import SHOWN, Project


def serve(root: str) -> None:
    """Have a design ready for tabs, and at hand in the cells of this kernel.

    Raises:
        ProjectError: there is no such folder.
    """
    folder = project_folder(root)
    variables: dict[str, Any] = getattr(get_ipython(), "user_ns", {})
    project = SHOWN.get(folder) or _opened(folder, variables) or Project(folder)
    if folder not in SHOWN:
        SHOWN[folder] = project
        keep_unsaved_edits(project.workbench)
    opened = f"{_variable(project, variables)} = ddd.open({_path(folder)})"
    listen(folder, project.workbench, opened)


def _opened(folder: Path, variables: dict[str, Any]) -> Project | None:
    """The project in a folder that canvases or variables of this kernel show already."""
    seen = shown_workbench(folder)
    own = [value for value in variables.values() if isinstance(value, Project)]
    if seen is not None:
        return next((one for one in own if one.workbench is seen), None) or Project.over(seen)
    return next((one for one in reversed(own) if one.root == folder), None)


def _path(folder: Path) -> str:
    """The folder as a cell names it."""
    return json.dumps("." if folder == Path.cwd() else str(folder))


def _variable(project: Project, variables: dict[str, Any]) -> str:
    for name, value in variables.items():
        is_project = isinstance(value, Project) and value.workbench is project.workbench
        if is_project and not name.startswith("_"):
            return name
    name, number = "project", 1
    while name in variables:
        number += 1
        name = f"project_{number}"
    variables[name] = project
    return name
