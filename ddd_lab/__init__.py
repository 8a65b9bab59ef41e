"""DDD Lab: design software as diagrams, with the YAML specs in Git as the truth.

``open`` a project, look at it with ``project.canvas()``, edit it there or here, and save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ddd_lab.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from IPython.core.interactiveshell import InteractiveShell

    from ddd_lab.files.workspace.saving import SaveError
    from ddd_lab.project import Domain, Project, ProjectError
    from ddd_lab.spec.edit.nodes import EditError
    from ddd_lab.spec.live.flow import Flow, Node
    from ddd_lab.spec.problem import Problem

__all__ = [
    "Domain",
    "EditError",
    "Flow",
    "Node",
    "Problem",
    "Project",
    "ProjectError",
    "SaveError",
    "__version__",
    "open",
]

_HOMES = {
    "Domain": "project",
    "EditError": "spec.edit.nodes",
    "Flow": "spec.live.flow",
    "Node": "spec.live.flow",
    "Problem": "spec.problem",
    "Project": "project",
    "ProjectError": "project",
    "SaveError": "files.workspace.saving",
}


def open(path: str | Path, *, watch: bool = True) -> Project:
    """Open a project.

    Args:
        path: the folder that holds ``specs`` (or that folder itself).
        watch: notice within a second what other programs write to the files.

    Returns:
        The project. A broken file inside it is no failure: see ``project.problems``.

    Raises:
        ProjectError: there is no such folder.

    Example:
        >>> import ddd_lab as ddd
        >>> with ddd.open("fernhill") as project:
        ...     project
        Project('fernhill', 7 domains, 20 flows)
    """
    from ddd_lab.project import Project

    return Project(path, watch=watch)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Add ``%ddd`` to a notebook: what ``%load_ext ddd_lab`` calls."""
    from ddd_lab.lab.magics import load

    load(shell, open)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab's tools where its plugins are built."""
    return [{"src": "lab/labextension", "dest": "ddd-lab"}]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
