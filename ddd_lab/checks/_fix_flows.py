"""Quick fixes in a flow's own file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ddd_lab.checks._flow_view import FlowView
from ddd_lab.checks._quick_fixes import FixAction, quick_fix
from ddd_lab.checks._settings import strange_words
from ddd_lab.checks._values import mapping
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.data import NoSuchPathError, set_in
from ddd_lab.spec.edit.nodes import EditError, connect, free_id, replace_node
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.models.trigger import trigger_info
from ddd_lab.spec.problem import UnlocatedProblem

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace


def _flow(workspace: Workspace, problem: UnlocatedProblem) -> FlowData | None:
    return workspace.design.flows.get(problem.place.flow)


def _node(flow: FlowData | None, problem: UnlocatedProblem) -> NodeData | None:
    return flow.by_id.get(problem.place.node) if flow else None


def _with_flow(
    workspace: Workspace, problem: UnlocatedProblem, flow: FlowData, title: str
) -> FixAction:
    return FixAction(title, {workspace.flow_path(problem.place.flow): flow})


@quick_fix("domains.flow-id")
def flow_id(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Set the flow's id to its file name."""
    flow, stem = _flow(workspace, problem), problem.place.flow.partition("/")[2]
    if flow and flow.id != stem:
        changed = flow.model_copy(update={"id": stem})
        yield _with_flow(workspace, problem, changed, f"Set the flow's id to “{stem}”")


@quick_fix("domains.flow-domain")
def flow_domain(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Set the flow's domain to the one of its folder."""
    flow, domain = _flow(workspace, problem), problem.place.flow.partition("/")[0]
    if flow and flow.domain and flow.domain != domain:
        changed = flow.model_copy(update={"domain": domain})
        yield _with_flow(workspace, problem, changed, f"Set the flow's domain to “{domain}”")


@quick_fix("domains.flow-type")
def flow_type(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Correct a type that differs only in capitals or spaces."""
    flow = _flow(workspace, problem)
    meant = flow.type.strip().lower() if flow else ""
    if flow and meant in ("traditional", "agent") and flow.type != meant:
        changed = flow.model_copy(update={"type": meant})
        yield _with_flow(workspace, problem, changed, f"Set the flow's type to “{meant}”")


@quick_fix("graph.duplicate-edge")
def duplicate_edge(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Remove the second of two equal connections."""
    flow = _flow(workspace, problem)
    node = _node(flow, problem)
    output = problem.place.path[-1] if problem.place.path else ""
    if flow is None or node is None:
        return
    lines = list(node.connections or ())
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if line.output == output and line in lines[:number]:
            names, target = flow.names, flow.names.get(line.target, line.target)
            left = (*lines[:number], *lines[number + 1 :])
            changed = replace_node(flow, node.model_copy(update={"connections": left}))
            title = f"Remove the second connection from “{names[node.id]}” to “{target}”"
            yield _with_flow(workspace, problem, changed, title)
            return


@quick_fix("wiring.disagreement")
def disagreement(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Set the node in the settings to the target of the connection."""
    flow = _flow(workspace, problem)
    node = _node(flow, problem)
    path = problem.place.path
    if flow is None or node is None or path[:1] != ("spec",):
        return
    view = FlowView(problem.place.flow, flow)
    links = [
        link
        for link in view.spec_links
        if view.nodes[link.source].id == node.id and link.path == path and link.output
    ]
    for link in links:
        lines = view.lines[link.source]
        targets = {line.target for line in lines if line.output == link.output}
        if len(targets) == 1 and link.target not in targets:
            target = targets.pop()
            spec = _set(node.spec, path[1:], target)
            if spec is not None:
                changed = replace_node(flow, node.model_copy(update={"spec": spec}))
                where = ".".join(map(str, path[1:]))
                called = flow.names.get(target, target)
                title = f"Set {where} of “{flow.names[node.id]}” to “{called}”, like its connection"
                yield _with_flow(workspace, problem, changed, title)


@quick_fix("specs.word")
def word(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Correct an option that differs only in capitals, spaces or dashes."""
    flow = _flow(workspace, problem)
    node = _node(flow, problem)
    kind = node_type(node.type) if node else None
    if flow is None or node is None or kind is None:
        return
    for path, value, options in strange_words(kind.spec, mapping(node.spec)):
        meant = [option for option in options if _plain(option) == _plain(value)]
        if ("spec", *path) == problem.place.path and len(meant) == 1:
            spec = _set(node.spec, path, meant[0])
            if spec is not None:
                changed = replace_node(flow, node.model_copy(update={"spec": spec}))
                yield _with_flow(workspace, problem, changed, f"Change “{value}” to “{meant[0]}”")


_ENDS = {
    "failure": ("Failed", 500),
    "error": ("Failed", 500),
    "rolled_back": ("Rolled back", 500),
    "invalid": ("Invalid input", 422),
    "timeout": ("Timed out", 504),
}


@quick_fix("wiring.unhandled")
def unhandled(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Connect the failure to a new terminal. People write its answer."""
    flow = _flow(workspace, problem)
    node = _node(flow, problem)
    output = str(problem.place.path[-1]) if problem.place.path else ""
    if flow is None or node is None or output not in _ENDS:
        return
    label, status = _ENDS[output]
    message = f"“{node.name}” ended with {output}."
    answers = any(info.kind in ("http", "webhook") for info in trigger_info(flow))
    spec: dict[str, Data] = (
        {"status": status, "body": {"error": message}}
        if answers and flow.vocabulary == "guide"
        else {"outcome": "error", "description": message}
    )
    ending = NodeData(
        id=free_id(flow, f"{node.id} {output}"), type="terminal", label=label, spec=spec
    )
    grown = flow.model_copy(update={"nodes": (*flow.nodes, ending)})
    try:
        changed = connect(grown, node.id, ending.id, output)
    except EditError:
        return
    title = f"Connect “{output}” of “{flow.names[node.id]}” to a new terminal"
    yield FixAction(title, _with_flow(workspace, problem, changed, title).models, certain=False)


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _set(spec: Data, path: tuple[str | int, ...], value: Data) -> dict[str, Data] | None:
    try:
        changed = set_in(spec, path, value)
    except NoSuchPathError:
        return None
    return changed if isinstance(changed, dict) else None
