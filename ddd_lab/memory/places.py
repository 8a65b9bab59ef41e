"""Places that decisions are about: which are there, and which became which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.diff.renames import renamed_nodes
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData

_LIKE_FLOW = re.compile(r"[\w-]+/[\w-]+(?:#\S+)?")
"""What can only mean a flow or a node; a word alone may mean anything."""
_ALIKE = 0.6
"""Share of its nodes by which a flow is known in another file."""


def known(design: Design, place: str) -> bool:
    """Whether a design has a domain, flow, node, schema, event or file of this name."""
    flow, hash, node = place.partition("#")
    if hash:
        return flow in design.flows and node in design.flows[flow].by_id
    return (
        place in design.domains
        or place in design.flow_keys
        or place in design.paths
        or any(place in (stem, model.name) for stem, model in design.schemas.items())
        or any(
            place == wiring.event
            for model in design.domains.values()
            for wiring in (*model.publishes, *model.consumes)
        )
    )


def gone(design: Design, places: Iterable[str], subjects: Iterable[str]) -> tuple[str, ...]:
    """The places that are no longer there.

    Args:
        places: as a person wrote them; those that may be any words never count as gone.
        subjects: those that are known to have been there.
    """
    once = frozenset(subjects)
    return tuple(
        place
        for place in places
        if (place in once or _LIKE_FLOW.fullmatch(place)) and not known(design, place)
    )


def renamed_places(
    workspace: Workspace, before: Mapping[str, FlowData], paths: Iterable[str]
) -> dict[str, str]:
    """Former places to new ones of the flows, nodes and domains in some files that changed.

    Args:
        before: the flows as they were, by key.
        paths: of the files that changed.
    """
    design = workspace.design
    keys = {key: path for path in paths if (key := flow_key(path))}
    removed = [key for key in before if key in keys and key not in design.flow_keys]
    come = [key for key in keys if key not in before and key in design.flows]
    flows = dict(_moved_flows(workspace, before, removed, {key: keys[key] for key in come}))
    places = dict(flows)
    for key in keys:
        old = before.get(key)
        new = design.flows.get(flows.get(key, key))
        if old is not None and new is not None and old is not new:
            after = flows.get(key, key)
            renames = renamed_nodes(old, new)
            places |= {f"{key}#{node}": f"{after}#{id}" for node, id in renames.items()}
    places |= _domains(workspace, flows, paths)
    return places


def _moved_flows(
    workspace: Workspace,
    before: Mapping[str, FlowData],
    removed: list[str],
    come: Mapping[str, str],
) -> Iterable[tuple[str, str]]:
    """Flows that moved: the new file knows where it came from, or has the nodes of the old one."""
    left = list(removed)
    for key, path in come.items():
        document = workspace.documents.get(path)
        origin = document.version.origin if document and document.version else None
        old = flow_key(origin.path) if origin is not None else ""
        if old not in left:
            old = _most_alike(workspace.design.flows[key], key, {one: before[one] for one in left})
        if old:
            left.remove(old)
            yield old, key


def _most_alike(flow: FlowData, key: str, candidates: Mapping[str, FlowData]) -> str:
    """The flow whose nodes are for the most part those of another; empty where none or two are."""
    scores: dict[str, float] = {}
    nodes = {(node.id, node.type) for node in flow.nodes}
    for name, other in candidates.items():
        others = {(node.id, node.type) for node in other.nodes}
        share = len(nodes & others) / max(len(nodes | others), 1)
        if share >= _ALIKE:
            same_id = name.partition("/")[2] == key.partition("/")[2]
            scores[name] = share + same_id
    best = [name for name, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else ""


def _domains(
    workspace: Workspace, flows: Mapping[str, str], paths: Iterable[str]
) -> dict[str, str]:
    """Domains that were renamed: the file moved, or all the flows did, and nothing is left."""
    design = workspace.design
    pairs = {(old.partition("/")[0], new.partition("/")[0]) for old, new in flows.items()}
    for path in paths:
        document = workspace.documents.get(path)
        origin = document.version.origin if document and document.version else None
        if origin is not None and domain_of(path) and domain_of(origin.path):
            pairs.add((domain_of(origin.path), domain_of(path)))
    moved: dict[str, set[str]] = {}
    for old, new in pairs:
        if old != new and old not in design.domains:
            moved.setdefault(old, set()).add(new)
    return {old: news.pop() for old, news in moved.items() if len(news) == 1}
