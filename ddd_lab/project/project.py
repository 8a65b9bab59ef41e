"""A project in a notebook: one object for the design and all that can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

from ddd_lab.files.documents.settings import names_models
from ddd_lab.git.setup import driver_problems
from ddd_lab.memory.keeper import keep_memory
from ddd_lab.project._assist import Assisted
from ddd_lab.project._code import Implementation
from ddd_lab.project._edits import Edits
from ddd_lab.project._views import Views
from ddd_lab.spec.live.read_only import no_attribute
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.spec.problem import Problem

_MOVED = {
    **dict.fromkeys(
        ("align", "distribute", "snap", "tidy"), "project.flows[KEY].{name}(...) arranges its sheet"
    ),
    "rename_flow": "project.flows[KEY].rename(NAME) renames it",
    "move_flow": "project.flows[KEY].move_to(DOMAIN) moves it",
    "duplicate_flow": "project.flows[KEY].duplicate_as(NAME) copies it",
    "delete_flow": "project.flows[KEY].delete() deletes it",
    "rename_domain": "project.domains[ID].rename(NAME) renames it",
    "delete_domain": "project.domains[ID].delete() deletes it",
    "copy_nodes": "project.flows[KEY].copy_nodes(*IDS) gives the text",
    "cut_nodes": "project.flows[KEY].cut_nodes(*IDS) gives the text",
    "paste_nodes": "project.flows[KEY].paste(TEXT) adds the nodes",
}
"""Calls that were here before, and what to call instead."""


class Project(Views, Edits, Implementation, Assisted):
    """A design that is open: read it, edit it, undo, save, look at it.

    Opening never fails for what is inside a file: a file that cannot be read is listed in
    ``problems`` and not changed, and everything else works.

    Args:
        root: the folder that holds ``specs``.
        watch: notice within a second what other programs write to the files.

    Raises:
        ProjectError: there is no such folder.

    Example:
        >>> project
        Project('fernhill', 7 domains, 20 flows)
    """

    def __init__(self, root: str | Path, *, watch: bool = True) -> None:
        self.workbench = Workbench(root, watch=watch)
        self.workbench.problem_sources += (_model_problems, driver_problems)
        keep_memory(self.workbench)

    @classmethod
    def over(cls, workbench: Workbench) -> Self:
        """The project of a workbench that is open already."""
        project = cls.__new__(cls)
        project.workbench = workbench
        return project

    def close(self) -> None:
        """Stop watching the files. The project can still be used.

        Where a tab of JupyterLab shows the project, the files are watched until the kernel ends.

        Example:
            >>> project.close()
        """
        shown = SHOWN.get(self.root)
        if shown is None or shown.workbench is not self.workbench:
            self.workbench.close()

    if not TYPE_CHECKING:  # else mypy would believe in any name

        def __getattr__(self, name: str) -> NoReturn:
            moved = _MOVED.get(name, "").format(name=name)
            raise no_attribute(self, name, moved and f": {moved}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _repr_html_(self) -> str:
        from ddd_lab.project.displays import project_html

        return project_html(self.workbench)

    def __repr__(self) -> str:
        return (
            f"Project({self.name!r}, {len(self.design.domains)} domains, "
            f"{len(self.design.flow_keys)} flows)"
        )


SHOWN: dict[Path, Project] = {}
"""What tabs of JupyterLab show in this kernel, by folder: opening one again gives the same."""


def _model_problems(root: Path) -> Iterable[Problem]:
    """What is wrong with the language models that a project's settings name."""
    if not names_models(root):
        return ()
    from ddd_lab.assist.registry import Registry

    return Registry.of(root).problems
