"""Whole flows and nodes that a model writes as YAML, as the single edits that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from ddd_lab.assist.proposals.connection_edits import ChangeConnection, Connect, Disconnect
from ddd_lab.assist.proposals.edit import (
    FLOW,
    Edit,
    Kind,
    Names,
    domain_key,
    domain_name,
)
from ddd_lab.assist.proposals.flow_edits import ChangeFlow
from ddd_lab.assist.proposals.model_data import Name, Settings
from ddd_lab.assist.proposals.node_edits import NODE, AddNode, ChangeNode, DeleteNode
from ddd_lab.equality import same
from ddd_lab.files.documents.dialect import read_flow
from ddd_lab.files.edit.ids import flow_file_of, refuse_unknown_domain, titled
from ddd_lab.files.edit.new_flow import add_flow, new_flow_id, new_metadata
from ddd_lab.spec.edit.nodes import EditError, replace_nodes
from ddd_lab.spec.edit.notes import KEY as NOTES
from ddd_lab.spec.edit.outputs import explicit_connections, same_output
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench


class SetFlowYaml(Edit):
    """Let a flow say what a YAML text says: all of it, as its file would.

    A new flow is added. Of one that is there, what the text leaves out is removed: prefer single
    edits for small changes. Positions are left to layout.
    """

    op: Literal["set_flow_yaml"] = "set_flow_yaml"
    flow: Name = FLOW
    yaml: Settings = Field(description="The whole flow: flow, trigger, nodes and its other blocks.")
    kind: ClassVar[Kind] = "add"

    def expanded(self, workbench: Workbench) -> Iterator[Edit]:
        """The edits that lead from the flow as it is to the text; itself where the flow is new."""
        before = workbench.design.flows.get(self.flow)
        if before is None and workbench.exists(workbench.flow_path(self.flow)):
            flow_file_of(workbench, self.flow)  # says why it cannot be read
        if before is None:
            yield self
        else:
            yield from edits_between(self.flow, before, self._flow())

    def _flow(self) -> FlowData:
        if not isinstance(self.yaml.get("nodes"), list):
            raise EditError("the text of a flow needs nodes, a list (- id: …, type: …)")
        return read_flow(self.yaml, self.flow).flow

    @property
    def at(self) -> str:
        """The map that shows the new flow."""
        return self.flow.partition("/")[0]

    def apply(self, workbench: Workbench) -> None:
        """Add the flow."""
        domain, _, id = self.flow.partition("/")
        refuse_unknown_domain(workbench, domain)
        if new_flow_id(workbench, id, domain) != id:
            raise EditError(f"{id!r} cannot be the id of a flow: use small letters, digits and -")
        flow = self._flow()
        bare = {node.id: node.model_copy(update={"position": None}) for node in flow.all_nodes()}
        own = {"id": id, "domain": domain, "name": flow.name or titled(id)}
        flow = replace_nodes(flow, bare).model_copy(update={**own, "metadata": new_metadata()})
        with workbench.step(self.title(workbench)):
            add_flow(workbench, flow)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        flow = self._flow()
        name = one_line(flow.name or titled(self.flow.partition("/")[2]), 60)
        return f"New flow “{name}” in {domain_name(workbench, self.at)}"

    def names(self) -> Names:
        """It needs its domain, and makes a flow."""
        return Names(domain_key(self.flow), (("flow", self.flow),))


class SetNodeYaml(Edit):
    """Let a node say what a YAML text says: id, type, label, spec and connections, all of it.

    A new node is added. Of one that is there, what the text leaves out is removed.
    """

    op: Literal["set_node_yaml"] = "set_node_yaml"
    flow: Name = FLOW
    node: Name = NODE
    yaml: Settings = Field(description="The node as its flow's file has it.")

    def expanded(self, workbench: Workbench) -> Iterator[Edit]:
        """The edits that lead from the node as it is to the text."""
        before = flow_file_of(workbench, self.flow)
        entry: dict[str, Any] = {**self.yaml, "id": self.node}
        old = before.by_id.get(self.node)
        if old is not None:
            entry.setdefault("type", old.type)
        if not isinstance(entry.get("type"), str):
            raise EditError(f"the text of the node {self.node!r} needs a type")
        if old is not None and old is before.trigger:
            data: dict[str, Any] = {"flow": {}, "trigger": entry, "nodes": []}
        else:
            data = {"flow": {}, "nodes": [entry]}
        read = read_flow(data, self.flow).flow
        new = read.by_id.get(self.node)
        if new is None:
            raise EditError(f"the text of the node {self.node!r} cannot be read as one")
        if old is not None:
            after = replace_nodes(before, {self.node: new})
        else:
            after = before.model_copy(update={"nodes": (*before.nodes, new)})
        yield from edits_between(self.flow, before, after)

    def names(self) -> Names:
        """It needs its flow."""
        return Names((("flow", self.flow),))


class _Wish(NamedTuple):
    """A flow as it shall be, and the present id of each of its nodes."""

    flow: FlowData
    ids: dict[str, str]


def edits_between(key: str, before: FlowData, after: FlowData) -> Iterator[Edit]:
    """The edits that turn one version of a flow into another; positions and notes stay."""
    pairs = {node.id: before.by_id.get(node.id) for node in after.all_nodes()}
    ids = {id: id for id in pairs}
    if before.trigger is not None and after.trigger is not None:
        pairs[after.trigger.id] = before.trigger
        ids[after.trigger.id] = before.trigger.id
    yield from _header(key, before, after)
    for node in _containers_first(after):
        old = pairs[node.id]
        if old is None:
            yield AddNode(
                flow=key,
                node=node.id,
                type=node.type,
                label=node.label or "",
                settings=node.spec,
                parent=node.parent or "",
            )
        elif old is not node and (change := _changed(key, old, node)):
            yield change
    for node in after.all_nodes():
        yield from _lines(key, before, pairs[node.id], node, _Wish(after, ids))
    kept = {old.id for old in pairs.values() if old is not None}
    for old in before.nodes:
        if old.id not in kept:
            yield DeleteNode(flow=key, node=old.id)


def _header(key: str, before: FlowData, after: FlowData) -> Iterator[ChangeFlow]:
    own = {
        word: getattr(after, word)
        for word in ("name", "description", "type")
        if getattr(after, word) not in ("", getattr(before, word))
    }
    patch = _patch(before.extra, {k: v for k, v in after.extra.items() if k != NOTES})
    patch.pop(NOTES, None)
    if own or patch:
        yield ChangeFlow(flow=key, **own, settings=patch)


def _containers_first(flow: FlowData) -> list[NodeData]:
    def depth(node: NodeData, seen: frozenset[str] = frozenset()) -> int:
        home = flow.by_id.get(node.parent or "")
        return 0 if home is None or home.id in seen else 1 + depth(home, seen | {node.id})

    return sorted(flow.all_nodes(), key=depth)


def _changed(key: str, old: NodeData, new: NodeData) -> ChangeNode | None:
    settings, beside = _patch(old.spec, new.spec), _patch(old.extra, new.extra)
    parent = "" if new.parent == old.parent else new.parent or "-"
    label = new.label if new.label != old.label else None
    type = new.type if new.type != old.type else ""
    if not (settings or beside or parent or label or type):
        return None
    return ChangeNode(
        flow=key,
        node=old.id,
        label=label or "",
        type=type,
        settings=settings,
        beside=beside,
        parent=parent,
    )


def _patch(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The JSON merge patch from one map to another; a null counts as left out."""
    patch: dict[str, Any] = {key: None for key in old if key not in new and old[key] is not None}
    for key, value in new.items():
        if key in old and same(old[key], value):
            continue
        if isinstance(value, dict) and value and isinstance(old.get(key), dict):
            patch[key] = _patch(old[key], value)
        elif value is not None:
            patch[key] = value
    return patch


def _lines(
    key: str, flow: FlowData, old: NodeData | None, new: NodeData, wish: _Wish
) -> Iterator[Edit]:
    """The edits of the connections that leave a node."""
    if old is not None and new.connections is None and old.connections is None:
        return
    present = list(explicit_connections(flow, old)) if old is not None else []
    source = old.id if old is not None else new.id
    for line in explicit_connections(wish.flow, new):
        target = wish.ids.get(line.target, line.target)
        twin = _twin(flow, old, present, line.output, target)
        if twin is None:
            yield Connect(
                flow=key, source=source, target=target, output=line.output, settings=line.extra
            )
            continue
        present.remove(twin)
        if patch := _patch(twin.extra, line.extra):
            yield ChangeConnection(
                flow=key, source=source, output=twin.output, target=target, settings=patch
            )
    for line in present:
        # Those to a node that goes, go with it.
        if line.target not in flow.by_id or line.target in wish.ids.values():
            yield Disconnect(flow=key, source=source, output=line.output, target=line.target)


def _twin(
    flow: FlowData, node: NodeData | None, lines: list[Connection], output: str, target: str
) -> Connection | None:
    """The connection that is there already, whatever vocabulary names its output."""
    names = same_output(flow, node, output) if node is not None else ()
    return next((one for one in lines if one.target == target and one.output in names), None)
