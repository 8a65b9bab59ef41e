"""What changed between two versions of a flow, in people's words.

Compared is what the flow means: nodes by id (a node that only got another id is recognised),
settings by path, connections by where they leave and lead. Comments, quoting and key order do not
exist here; positions do, but under a kind of their own, so that moving a box is seen as just that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ddd_lab.spec.diff.data import Change, ChangeKind, Difference, diff_data, differences, shown
from ddd_lab.spec.diff.edges import diff_edges
from ddd_lab.spec.diff.renames import renamed_nodes
from ddd_lab.spec.edit.notes import KEY as NOTES
from ddd_lab.spec.models.flow import FlowData, NodeData, told_apart
from ddd_lab.spec.models.trigger import TRIGGER_KEYS, trigger_info, trigger_spec_info

__all__ = ["Change", "diff_data", "diff_flows", "flow_is_layout_only"]

_MEANINGLESS = ("layout", "metadata")


def diff_flows(
    old: FlowData, new: FlowData, labels: Mapping[str, str | None] = MappingProxyType({})
) -> list[Change]:
    """The differences between two versions of a flow, in a fixed order.

    First the flow's own block, then the trigger, nodes (removed, renamed, the rest in the new
    file's order), connections, other blocks, metadata, layout. ``labels`` gives those of nodes
    that are in neither since both versions have them alike.
    """
    renames = renamed_nodes(old, new)
    names = _names(old, new, renames, labels)
    changes = [*_header(old, new), *_trigger(old, new), *_nodes(old, new, renames, names)]
    changes += diff_edges(old, new, {**renames, **_start(old, new)}, names)
    changes += _block(_said(old), _said(new), "block")
    changes += _block(_remarks(old), _remarks(new), "layout")
    changes += _block(old.metadata, new.metadata, "metadata", "metadata")
    changes += _order(old, new, renames)
    return sorted(changes, key=lambda change: change.kind == "layout")


def flow_is_layout_only(old: FlowData, new: FlowData) -> bool:
    """Whether nothing differs but positions, order and metadata (or nothing at all)."""
    return all(change.kind in _MEANINGLESS for change in diff_flows(old, new))


def _header(old: FlowData, new: FlowData) -> Iterator[Change]:
    for key in ("id", "name", "type", "domain", "description"):
        for difference in differences(getattr(old, key), getattr(new, key), (key,), key):
            yield Change(kind="header", path=difference.path, text=f"flow: {difference.text}")
    for difference in differences(old.header, new.header):
        yield Change(kind="header", path=difference.path, text=f"flow: {difference.text}")


def _said(flow: FlowData) -> dict[str, Any]:
    return {key: value for key, value in flow.extra.items() if key != NOTES}


def _remarks(flow: FlowData) -> dict[str, Any]:
    """Notes belong to the picture, like positions."""
    return {NOTES: flow.extra[NOTES]} if NOTES in flow.extra else {}


def _block(
    old: Mapping[str, Any], new: Mapping[str, Any], kind: ChangeKind, name: str = ""
) -> Iterator[Change]:
    for difference in differences(old, new):
        text = f"{name}: {difference.text}" if name else difference.text
        yield Change(kind=kind, path=difference.path, text=text)


def _trigger(old: FlowData, new: FlowData) -> Iterator[Change]:
    before, after = old.trigger, new.trigger
    if before is None or after is None:
        if after is not None:
            text = f"trigger added{_starts(new)}"
            yield Change(kind="trigger", state="added", node=after.id, text=text)
        elif before is not None:
            text = f"trigger removed{_starts(old)}"
            yield Change(kind="trigger", state="removed", node=before.id, text=text)
        return
    # A block at the top of the file has no id, and says the same in other words than a node.
    if before.id != after.id and "" not in (before.declared_id, after.declared_id):
        text = f"trigger: id {shown(before.id)} → {shown(after.id)}"
        yield Change(kind="trigger", node=after.id, path=("id",), text=text)
    update: dict[str, Any] = {"declared_id": after.declared_id}
    if trigger_spec_info(before.spec) == trigger_spec_info(after.spec):
        rest = {key: value for key, value in before.spec.items() if key not in TRIGGER_KEYS}
        form = {key: value for key, value in after.spec.items() if key in TRIGGER_KEYS}
        update["spec"] = {**form, **rest}
    yield from _content(before.model_copy(update=update), after, "trigger", "trigger")


def _start(old: FlowData, new: FlowData) -> dict[str, str]:
    """The trigger's old id to its new one: there is only one, whatever it is called."""
    return {old.trigger.id: new.trigger.id} if old.trigger and new.trigger else {}


def _starts(flow: FlowData) -> str:
    texts = [info.text for info in trigger_info(flow) if info.text]
    return f" ({', '.join(texts)})" if texts else ""


def _names(
    old: FlowData, new: FlowData, renames: Mapping[str, str], labels: Mapping[str, str | None]
) -> dict[str, str]:
    """What people read of every node: its label in quotes, or its id where it has no label."""
    removed = (node for node in old.all_nodes() if node.id not in {*new.by_id, *renames})
    labels_of = {**{node.id: node.label for node in (*removed, *new.all_nodes())}, **labels}
    unique = told_apart(labels_of.items())
    return {id: f"“{unique[id]}”" if label else id for id, label in labels_of.items()}


def _nodes(
    old: FlowData, new: FlowData, renames: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Change]:
    before = {renames.get(node.id, node.id): node for node in old.nodes}
    after = {node.id: node for node in new.nodes}
    for id, node in before.items():
        if id not in after:
            text = f"node {names[node.id]} removed ({node.type})"
            yield Change(kind="node", state="removed", node=node.id, text=text)
    for was, id in renames.items():
        yield Change(kind="node", node=id, path=("id",), text=f"node {was} renamed to {id}")
    for id, node in after.items():
        if id in before:
            yield from _content(before[id], node, "node", f"node {names[id]}")
        else:
            text = f"node {names[id]} added ({node.type})"
            yield Change(kind="node", state="added", node=id, text=text)


def _content(old: NodeData, new: NodeData, kind: ChangeKind, subject: str) -> Iterator[Change]:
    def change(difference: Difference, *inside: str) -> Change:
        path = (*inside, *difference.path)
        return Change(kind=kind, node=new.id, path=path, text=f"{subject}: {difference.text}")

    for key, name in (("type", ""), ("label", ""), ("parent", ""), ("declared_id", "id")):
        values = getattr(old, key), getattr(new, key)
        for difference in differences(*values, (name or key,), name or key):
            yield change(difference)
    for difference in differences(old.spec, new.spec):
        yield change(difference, "spec")
    for difference in differences(old.extra, new.extra):
        yield change(difference)
    if old.position != new.position:
        text = f"{subject} moved from {_place(old)} to {_place(new)}"
        yield Change(kind="layout", node=new.id, path=("position",), text=text)


def _place(node: NodeData) -> str:
    if node.position is None:
        return "no fixed place"
    return f"({node.position.x:g}, {node.position.y:g})"


def _order(old: FlowData, new: FlowData, renames: Mapping[str, str]) -> Iterator[Change]:
    before = [renames.get(node.id, node.id) for node in old.nodes]
    after = [node.id for node in new.nodes]
    both = set(before) & set(after)
    if [id for id in before if id in both] != [id for id in after if id in both]:
        yield Change(kind="layout", text="nodes stand in another order in the file")
