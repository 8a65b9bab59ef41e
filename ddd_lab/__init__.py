"""DDD Lab: design software as diagrams, with the YAML specs in Git as the truth.

``open`` a project, look at it with ``project.canvas()``, edit it there or here, and save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

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
    "new",
    "open",
    "sample",
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

    In a kernel in which a tab of JupyterLab shows the project, this gives the same one: an edit
    here is an edit there.

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
    from ddd_lab.files.disk.folder import project_folder
    from ddd_lab.project.project import SHOWN, Project

    shown = SHOWN.get(project_folder(path)) if SHOWN else None
    return shown or Project(path, watch=watch)


def new(
    path: str | Path, name: str = "", kit: str = "empty", stack: str = "", *, git: bool = True
) -> Project:
    """Begin a design in a folder, and open it.

    It is written whole or not at all, and never over anything that is there.

    Args:
        path: the folder; made if it is not there.
        name: what the system is called; like the folder if left out.
        kit: what to begin with: ``empty``, a starter kit (``web-service``, ``agent-team``,
            ``event-driven-workers``, ``crud-back-office``, ``data-pipeline``), or a sample
            (``fernhill``).
        stack: language and framework: ``python-fastapi`` (if left out), ``typescript-nestjs``,
            ``java-spring`` or ``go-chi``; a sample has its own.
        git: begin a Git repository with it, unless the folder lies in one; nothing is committed.

    Returns:
        The project.

    Raises:
        KeyError: there is no such kit or stack.
        EditError: the name or the folder cannot be used, a design is there already, the disk is
            full, or Git is not installed.

    Example:
        >>> import ddd_lab as ddd
        >>> with ddd.new("room-desk", "Room desk", kit="web-service", git=False) as project:
        ...     project
        Project('Room desk', 3 domains, 7 flows)
    """
    from ddd_lab.project.beginning import new

    return new(path, name, kit, stack, git=git)


@overload
def sample() -> list[str]: ...


@overload
def sample(name: str, path: str | Path | None = None) -> Project: ...


def sample(name: str = "", path: str | Path | None = None) -> Project | list[str]:
    """Copy a sample design and open the copy, to play with; it says where that is.

    The copy is under Git, where Git is installed, with one commit.

    Args:
        name: of the sample; without it, nothing is copied.
        path: the folder for the copy; a temporary one if left out.

    Returns:
        The project; without a name, the names of all samples.

    Raises:
        KeyError: there is no such sample.
        EditError: the folder cannot be used.

    Example:
        >>> import ddd_lab as ddd
        >>> ddd.sample()
        ['fernhill']
        >>> with ddd.sample("fernhill", "play") as project:
        ...     project
        Fernhill Libraries is copied to play: change what you like.
        Project('fernhill', 7 domains, 20 flows)
    """
    from ddd_lab.project.beginning import sample

    return sample(name, path)


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
    from ddd_lab.spec.no_such import meant

    hint = "" if name.startswith("_") else meant(name, __all__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{hint}")
