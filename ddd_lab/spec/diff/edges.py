"""What changed in the connections of a flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ddd_lab.spec.diff.data import Change, ChangeState, differences
from ddd_lab.spec.models.flow import Edge, FlowData


def diff_edges(
    old: FlowData, new: FlowData, renames: Mapping[str, str], names: Mapping[str, str]
) -> list[Change]:
    """The differences between the connections of two versions, by source.

    What a connection that stayed says may differ, too. A removed node's own connections go without
    saying. ``renames`` gives the new id of nodes that only got another one, ``names`` what people
    read of each node, by its new id.
    """
    before = _by_source(old, renames)
    after = _by_source(new, {})
    changes: list[Change] = []
    for source in dict.fromkeys([*after, *before]):
        if source in new.by_id:
            changes += _of_source(before.get(source, []), after.get(source, []), names)
    return changes


def _by_source(flow: FlowData, renames: Mapping[str, str]) -> dict[str, list[Edge]]:
    by_source: dict[str, list[Edge]] = {}
    for edge in flow.edges:
        source = renames.get(edge.source, edge.source)
        target = renames.get(edge.target, edge.target)
        renamed = edge.model_copy(update={"source": source, "target": target})
        by_source.setdefault(source, []).append(renamed)
    return by_source


def _of_source(old: list[Edge], new: list[Edge], names: Mapping[str, str]) -> Iterator[Change]:
    def leaves(edge: Edge) -> str:
        return f"edge {names.get(edge.source, edge.source)}/{edge.output}"

    def target(edge: Edge) -> str:
        return names.get(edge.target, edge.target)

    old, new = list(old), list(new)
    for edge in list(new):
        twin = _take(old, edge.output, edge.target)
        if twin is not None:
            new.remove(edge)
            for difference in differences(twin.extra, edge.extra):
                yield _change(edge, f"{leaves(edge)} → {target(edge)}: {difference.text}")
    for edge in list(new):
        was = _take(old, edge.output, None)
        if was is not None:
            new.remove(edge)
            yield _change(edge, f"{leaves(edge)} now leads to {target(edge)} (was {target(was)})")
    for edge in list(new):
        was = _take(old, None, edge.target)
        if was is not None:
            new.remove(edge)
            text = f"{leaves(was)} → {target(was)} now leaves from {edge.output}"
            yield _change(edge, text)
    for edge in old:
        yield _change(edge, f"{leaves(edge)} → {target(edge)} removed", "removed")
    for edge in new:
        yield _change(edge, f"{leaves(edge)} → {target(edge)} added", "added")


def _take(edges: list[Edge], output: str | None, target: str | None) -> Edge | None:
    """Take the first edge out of a list that has this output and this target (None: any)."""
    for edge in edges:
        if output in (None, edge.output) and target in (None, edge.target):
            edges.remove(edge)
            return edge
    return None


def _change(edge: Edge, text: str, state: ChangeState = "changed") -> Change:
    path = ("connections", edge.output)
    return Change(kind="edge", state=state, node=edge.source, path=path, text=text)
