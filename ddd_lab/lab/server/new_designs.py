"""New designs, begun from a page: what there is to choose, and what is wrong with a choice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ddd_lab.files.edit.kits import begun, kits, stacks
from ddd_lab.files.edit.new_design import (
    NewDesignError,
    checked_folder,
    checked_name,
    lies_in_repository,
    require_git,
)
from ddd_lab.implementation.trust_new_design import begin_design
from ddd_lab.lab.protocol.new_design import (
    ChoicesWanted,
    FieldProblem,
    KitView,
    NewDesignChoices,
    NewDesignNamed,
    NewDesignState,
    NewDesignWanted,
    StackView,
)
from ddd_lab.lab.server.errors import BadCallError
from ddd_lab.lab.server.project_cache import OpenProjects
from ddd_lab.maps import svg
from ddd_lab.spec.edit.nodes import EditError


def choices(base: Path, wanted: ChoicesWanted) -> NewDesignChoices:
    """What a new design can be made of."""
    try:
        require_git(base)
        no_git = ""
    except NewDesignError as error:
        no_git = str(error)
    return NewDesignChoices(
        kits=list(_kit_views(wanted.theme)),
        stacks=[StackView(id=stack.id, title=stack.title) for stack in stacks().values()],
        no_git=no_git,
    )


@lru_cache
def _kit_views(theme: str) -> tuple[KitView, ...]:
    return tuple(
        KitView(
            id=kit.id,
            title=kit.title,
            summary=kit.summary,
            is_sample=kit.is_sample,
            map_svg=_map_svg(kit.id, theme),
        )
        for kit in kits().values()
    )


def _map_svg(kit: str, theme: str) -> str:
    try:
        design = begun(kit).design
    except EditError:  # a checkout without the sample
        return ""
    return svg(design, theme=theme) if design.domains else ""


def check(base: Path, projects: OpenProjects, named: NewDesignNamed) -> NewDesignState:
    """What is wrong with a name and a folder, as somebody types them."""
    problems = list(_problems(base, projects, named))
    folder = base / named.root
    is_folder = not any(problem.field == "folder" for problem in problems)
    return NewDesignState(
        root=str(folder),
        problems=problems,
        in_repository=is_folder and lies_in_repository(folder),
    )


def begin(base: Path, projects: OpenProjects, wanted: NewDesignWanted) -> NewDesignState:
    """Begin it, unless something is wrong with it."""
    state = check(base, projects, wanted)
    if state.problems:
        return state
    try:
        root = begin_design(state.root, wanted.name, wanted.kit, wanted.stack, git=wanted.git)
    except NewDesignError as error:
        problem = FieldProblem(field=error.field, words=str(error))
        return state.model_copy(update={"problems": [problem]})
    except KeyError as error:
        raise BadCallError(str(error.args[0])) from error
    return state.model_copy(update={"root": str(root)})


def _problems(base: Path, projects: OpenProjects, named: NewDesignNamed) -> Iterator[FieldProblem]:
    try:
        checked_name(named.name)
    except NewDesignError as error:
        yield FieldProblem(field="name", words=str(error))
    try:
        if not named.root.strip():
            raise NewDesignError("folder", "a design needs a folder")
        folder = checked_folder(base / named.root)
        if not projects.shows(folder):
            raise NewDesignError(
                "folder", f"{folder} lies outside the folder that JupyterLab shows ({base})"
            )
    except NewDesignError as error:
        yield FieldProblem(field="folder", words=str(error))
