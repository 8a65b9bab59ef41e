"""Where the cards of a proposal lie: new ones in free space, and nothing else moves by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.documents.document import Version
from ddd_lab.maps import sheet
from ddd_lab.spec.edit.nodes import move_nodes, replace_nodes
from ddd_lab.spec.models.base import Position
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.workbench import Workbench

Points = Mapping[str, tuple[float, float]]
"""Top left corners in pixels, by ids of nodes."""
Shown = Callable[[str], Points]
"""Where the cards of a flow's sheet are seen now; nothing where nobody looks at it."""


def nowhere(_: str) -> Points:
    """Nobody looks."""
    return {}


class Placing:
    """Gives the new nodes of changed flows their places.

    Args:
        shown: where cards are seen now.
        chosen: places that were found before, by flow; others are worked out.
    """

    def __init__(self, shown: Shown = nowhere, chosen: Mapping[str, Points] | None = None) -> None:
        self._shown = shown
        self.chosen: dict[str, Points] = dict(chosen or {})

    def place(
        self,
        workbench: Workbench,
        before: Mapping[str, Version | None],
        former: Callable[[str], Mapping[str, str]],
    ) -> None:
        """Place what was added since, and write where its neighbours are seen.

        Args:
            workbench: in the step that changed it.
            before: what the changed files said before.
            former: ids that the nodes of a flow had before, where they were renamed.
        """
        for path in list(before):
            key = flow_key(path)
            flow = workbench.design.flows.get(key) if key else None
            if flow is None:
                continue
            old = _earlier(workbench, path, before)
            if old is None:
                bare = {node.id: _moved(node, None) for node in flow.all_nodes()}
                workbench.change({path: replace_nodes(flow, bare)}, "")
                continue
            places = self._places(key, old, flow, former(key))
            if places:
                workbench.change({path: move_nodes(flow, places)}, "")

    def _places(
        self, key: str, old: FlowData, flow: FlowData, former: Mapping[str, str]
    ) -> dict[str, tuple[float, float]]:
        """Places for the nodes of a flow that have none, if any of them is new or leads anew."""
        was = {node.id: former.get(node.id, node.id) for node in flow.all_nodes()}
        new = [id for id, before in was.items() if before not in old.by_id]
        if not new and old.edges == flow.edges:
            return {}
        seen = {**_seen(old, key), **self._shown(key)}
        stay = {id: seen[before] for id, before in was.items() if before in seen}
        loose = {id: at for id, at in stay.items() if flow.by_id[id].position is None}
        if not new:
            return loose
        chosen = dict(self.chosen.get(key, {}))
        if missing := [id for id in new if id not in chosen]:
            chosen |= _free(key, flow, stay, [old.by_id[id] for id in _gone(old, was)], seen)
            self.chosen[key] = {id: chosen[id] for id in (*self.chosen.get(key, {}), *missing)}
        return loose | {id: chosen[id] for id in new}


def _earlier(
    workbench: Workbench, path: str, before: Mapping[str, Version | None]
) -> FlowData | None:
    """What a flow said before, perhaps under another path; None for a new flow."""
    version = before[path]
    if version is None:
        document = workbench.documents.get(path)
        origin = document.version.origin if document and document.version else None
        version = before.get(origin.path) if origin is not None else None
    model = version.model if version is not None else None
    return model if isinstance(model, FlowData) else None


def _gone(old: FlowData, was: Mapping[str, str]) -> list[str]:
    stay = set(was.values())
    return [id for id in old.by_id if id not in stay]


def _seen(flow: FlowData, key: str) -> dict[str, tuple[float, float]]:
    """Where the cards of a flow lie that nobody looks at."""
    return {
        card["id"]: (card["position"]["x"], card["position"]["y"])
        for card in sheet(flow, key)["nodes"]
    }


def _free(
    key: str, flow: FlowData, stay: Points, gone: list[NodeData], seen: Points
) -> dict[str, tuple[float, float]]:
    """Places for new nodes, beside those that stay and those that go: both are seen with them."""
    nodes = {id: _moved(flow.by_id[id], at) for id, at in stay.items()}
    whole = replace_nodes(flow, nodes)
    left = [_moved(node, seen.get(node.id)) for node in gone if node.id not in whole.by_id]
    bare = tuple(node.model_copy(update={"connections": (), "parent": None}) for node in left)
    return _seen(whole.model_copy(update={"nodes": (*whole.nodes, *bare)}), key)


def _moved(node: NodeData, at: tuple[float, float] | None) -> NodeData:
    return node.model_copy(update={"position": Position(*at) if at is not None else None})
