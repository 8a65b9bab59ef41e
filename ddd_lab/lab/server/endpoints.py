"""What panels can ask of the server and have it do: the one list of it, by path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.lab.protocol.new_design import (
    ChoicesWanted,
    NewDesignChoices,
    NewDesignNamed,
    NewDesignState,
    NewDesignWanted,
)
from ddd_lab.lab.protocol.panel import CanvasFiles, DesignFolder, Opening, Projects, RootNamed
from ddd_lab.lab.protocol.tree import FileNamed, Located, NotebookNamed
from ddd_lab.lab.server import (
    design_diffs,
    flow_maps,
    git,
    mutations,
    new_designs,
    queries,
    run_views,
    runs,
)
from ddd_lab.lab.server.design_folders import canvas_files, design_folder
from ddd_lab.lab.server.project_cache import OpenProjects
from ddd_lab.lab.server.project_discovery import ProjectFinder
from ddd_lab.lab.server.state import changed_state
from ddd_lab.lab.server.trees import changed_tree

_PATIENCE = 60.0
"""Seconds that an action may take which runs no tests: a terminal may take half of them."""


class Server(NamedTuple):
    """What a server knows of projects."""

    base: Path
    finder: ProjectFinder
    projects: OpenProjects
    opening: list[Opening]
    """What to show, until a page has asked for it."""


class Endpoint(NamedTuple):
    """Something that a panel can ask or have done.

    Attributes:
        method: GET asks, POST does something.
        arguments: model of its arguments.
        result: model of its result.
        run: carries it out.
        rights: of the server, that a person needs for it.
        patience: seconds that an action may take; None for as long as it takes.
        slow: whether a question may take as long as an action: it reads a whole design.
    """

    method: Literal["GET", "POST"]
    arguments: type[Message]
    result: type[Message]
    run: Callable[[Server, Any], Message | None]
    rights: Literal["contents", "terminals"] = "contents"
    patience: float | None = _PATIENCE
    slow: bool = False


def _opening(server: Server) -> Opening:
    return server.opening.pop() if server.opening else Opening()


def _models(function: Callable[..., Any]) -> tuple[type[Message], type[Message]]:
    """The arguments and the result of a function, as its signature declares them."""
    _, arguments, result = get_type_hints(function).values()
    return arguments, (get_args(result) or (result,))[0]


def _query(function: Callable[..., Message | None], *, slow: bool = False) -> Endpoint:
    def ask(server: Server, arguments: RootNamed) -> Message | None:
        return function(server.projects.at(arguments.root), arguments)

    return Endpoint("GET", *_models(function), ask, slow=slow)


def _action(
    function: Callable[..., Message],
    rights: Literal["contents", "terminals"] = "contents",
    patience: float | None = _PATIENCE,
) -> Endpoint:
    def act(server: Server, arguments: RootNamed) -> Message:
        project = server.projects.at(arguments.root)
        try:
            return function(project, arguments)
        finally:
            project.looks.notice()  # who asks next sees what was done

    return Endpoint("POST", *_models(function), act, rights, patience)


ENDPOINTS: dict[str, Endpoint] = {
    "projects": Endpoint("GET", Message, Projects, lambda server, _: server.finder.projects()),
    "opening": Endpoint("GET", Message, Opening, lambda server, _: _opening(server)),
    "folder": Endpoint(
        "GET",
        RootNamed,
        DesignFolder,
        lambda server, named: design_folder(server.base, server.projects, named.root),
    ),
    "canvas": Endpoint("GET", Message, CanvasFiles, lambda _, __: canvas_files()),
    "new": Endpoint(
        "POST",
        NewDesignWanted,
        NewDesignState,
        lambda server, wanted: new_designs.begin(server.base, server.projects, wanted),
    ),
    "new/check": Endpoint(
        "GET",
        NewDesignNamed,
        NewDesignState,
        lambda server, named: new_designs.check(server.base, server.projects, named),
    ),
    "new/choices": Endpoint(
        "GET",
        ChoicesWanted,
        NewDesignChoices,
        lambda server, wanted: new_designs.choices(server.base, wanted),
    ),
    "project": _query(changed_state),
    "tree": _query(changed_tree),
    "locate": Endpoint(
        "GET", FileNamed, Located, lambda server, named: server.finder.located(named.file)
    ),
    "run": _query(run_views.run),
    "flow-map": _query(flow_maps.graph, slow=True),
    "flow-map/marks": _query(flow_maps.marks, slow=True),
    "flow-map/trace": _query(flow_maps.followed, slow=True),
    "drift": _query(queries.drift),
    "events": _query(queries.events),
    "walkthroughs": Endpoint(
        "POST", Message, NotebookNamed, lambda server, _: server.finder.walkthroughs()
    ),
    "prompt": _action(queries.prompt),
    "run/start": _action(runs.start_run, "terminals"),
    "run/stop": _action(runs.stop_run, "terminals"),
    "run/resume": _action(runs.resume_run, "terminals"),
    "run/confirm": _action(runs.confirm_run, "terminals", None),
    "tests": _action(runs.run_tests_of, "terminals", None),
    "accept": _action(mutations.accept),
    "queue": _action(mutations.change_queue, "terminals"),
    "claude-md": _action(mutations.regenerate_claude_md),
    "design-diff": _query(design_diffs.design_diff),
    "design-diff/versions": _query(design_diffs.versions),
    "git": _query(git.state),
    "git/history": _query(git.versions),
    "git/stage": _action(git.stage, "terminals"),
    "git/unstage": _action(git.unstage, "terminals"),
    "git/discard": _action(git.discard, "terminals"),
    "git/put-back": _action(git.put_back, "terminals"),
    "git/commit": _action(git.commit, "terminals", None),
    "git/pull": _action(git.pull, "terminals", None),
    "git/push": _action(git.push, "terminals", None),
    "git/init": _action(git.init, "terminals"),
    "git/abort": _action(git.abort, "terminals"),
    "git/restore": _action(git.restore, "terminals"),
    "trust": _action(mutations.trust_project, "terminals"),
    "trust/revoke": _action(mutations.revoke_trust, "terminals"),
}
