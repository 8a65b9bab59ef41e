"""Editing through references: an agent's settings live at the top of its file, and change there.

A node that says ``model: …`` under ``config: {$ref: "#/agent_config"}`` or ``tools: {$ref:
"#/tools"}`` shows what those blocks say. Setting a value through the node sets it in the block.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.edit.data import (
    SAME,
    NoSuchPathError,
    get_in,
    move_in,
    rename_in,
    set_in,
    show_path,
    unset_in,
)
from ddd_lab.spec.edit.node_checks import refuse_bad_spec
from ddd_lab.spec.edit.nodes import EditError, find, set_value, unset_value
from ddd_lab.spec.lenient import walk
from ddd_lab.spec.local_refs import follow, is_own, local_pointer, settings, steps_of
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.plain_data import plain_data


def resolved_settings(flow: FlowData, node: str) -> dict[str, Any]:
    """A node's settings as they take effect, references followed, as plain data."""
    return dict(settings(find(flow, node).spec, flow))


def home_of(flow: FlowData, node: str, path: Path) -> Path | None:
    """Where the value lives that a node shows at a path (``("spec", "model")``).

    It is a path at the top of the flow's file (``("agent_config", "model")``), or None for a value
    in the node itself, such as a reference that leads nowhere or in a circle.
    """
    node_ = find(flow, node)
    if path[:1] != ("spec",) or len(path) < 2:
        return None
    home: Path | None = None
    value: Data = node_.spec
    steps = _into_config(flow, node_.spec, list(path[1:]))
    seen: set[Path] = set()
    while True:
        place, walked, target = value, 0, _target(flow, value, ())
        while target is None and walked < len(steps):
            place = _step(place, steps[walked])
            walked += 1
            if local_pointer(place) is not None:
                target = _target(flow, value, tuple(steps[:walked]))
        if target is None or target in seen:
            return None if home is None or target in seen else (*home, *steps)
        seen.add(target)
        home = target
        value = get_in(flow.extra, home)
        steps = steps[walked:]


def _target(flow: FlowData, root: Data, at: Path) -> Path | None:
    """The path at the file's top that the reference at a path means; None if there is none."""
    pointer = local_pointer(get_in(root, at))
    if pointer is None or is_own(pointer, root, at, flow):
        return None
    return steps_of(pointer, flow.extra)


def kept_elsewhere(flow: FlowData, node: str) -> dict[Path, str]:
    """What a node shows but does not hold: path in its settings to the reference there."""
    spec = find(flow, node).spec
    homes: dict[Path, str] = {}
    pointer = local_pointer(spec.get("config"))
    if pointer is not None:
        block = follow(pointer, flow)
        own = block.keys() - spec.keys() if isinstance(block, dict) else ()
        homes.update({(key,): pointer for key in own})
    for at, value in walk(spec):
        pointer = local_pointer(value)
        if pointer is None or at == ("config",) or is_own(pointer, spec, at, flow):
            continue
        if follow(pointer, flow) is not None:
            homes[at] = pointer
    return homes


def move_through(flow: FlowData, node: str, path: Path, to: int) -> FlowData:
    """Give an item of a list another place in it, where the list lives; references stay such."""
    *list_path, index = path
    home = home_of(flow, node, tuple(list_path))
    try:
        if home is not None:
            extra = move_in(flow.extra, (*home, index), to)
            return flow.model_copy(update={"extra": extra})
        spec = move_in({"spec": find(flow, node).spec}, path, to)["spec"]
    except NoSuchPathError as error:
        raise EditError(f"{node!r}: {error}") from None
    return set_value(flow, node, ("spec",), spec)


def rename_through(flow: FlowData, node: str, path: Path, to: str, value: Data = SAME) -> FlowData:
    """Give a key another name, and value if any, where its map lives; it keeps its place."""
    node_ = find(flow, node)
    *at, key = path
    value = value if value is SAME else plain_data(value, repr(node), _shown(path))
    home = home_of(flow, node, tuple(at))
    try:
        if home is None:
            whole = rename_in({**node_.extra, "spec": node_.spec}, path, to, value)
            return set_value(flow, node, tuple(at), get_in(whole, tuple(at)))
        extra = rename_in(flow.extra, (*home, key), to, value)
        changed = flow.model_copy(update={"extra": extra})
    except NoSuchPathError as error:
        raise EditError(f"{node!r}: {error}") from None
    _refuse_bad(changed, flow, node)
    return changed


def set_through(flow: FlowData, node: str, path: Path, value: Data) -> FlowData:
    """Set something of a node where it lives: in the node, or in the block that it refers to.

    Setting a reference itself (``{"$ref": "#/tools"}``) changes the node.
    """
    home = None if local_pointer(value) is not None else home_of(flow, node, path)
    if home is None:
        return set_value(flow, node, path, value)
    value = plain_data(value, repr(node), _shown(path))
    try:
        changed = flow.model_copy(update={"extra": set_in(flow.extra, home, value)})
    except NoSuchPathError as error:
        raise EditError(f"{show_path(home)} of flow {flow.id!r}: {error}") from None
    _refuse_bad(changed, flow, node)
    return changed


def unset_through(flow: FlowData, node: str, path: Path) -> FlowData:
    """Remove a key or list item where it lives; a reference itself is removed from the node."""
    node_ = find(flow, node)
    try:
        itself = local_pointer(get_in({"spec": node_.spec}, path)) is not None
    except NoSuchPathError:
        itself = False
    home = None if itself else home_of(flow, node, path)
    if home is None:
        return unset_value(flow, node, path)
    try:
        changed = flow.model_copy(update={"extra": unset_in(flow.extra, home)})
    except NoSuchPathError as error:
        raise EditError(f"flow {flow.id!r}: {error}") from None
    _refuse_bad(changed, flow, node)
    return changed


def _shown(path: Path) -> Path:
    return path[1:] if path[:1] == ("spec",) else path


def _into_config(
    flow: FlowData, spec: Mapping[str, Any], steps: list[str | int]
) -> list[str | int]:
    """The steps through the block that ``config`` refers to, for keys that the node leaves open."""
    pointer = local_pointer(spec.get("config"))
    if pointer is None or steps[0] == "config" or steps[0] in spec:
        return steps
    if follow(pointer, flow) is None:
        return steps
    return ["config", *steps]


def _step(place: Data, step: str | int) -> Data:
    try:
        return get_in(place, (step,))
    except NoSuchPathError:
        return None


def _refuse_bad(changed: FlowData, before: FlowData, node: str) -> None:
    node_ = find(changed, node)
    kind = node_type(node_.type)
    if kind is not None:
        old = resolved_settings(before, node)
        refuse_bad_spec(kind, resolved_settings(changed, node), old, node)
