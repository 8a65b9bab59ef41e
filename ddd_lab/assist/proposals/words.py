"""What changed in fact, in words, from what the files said before and say now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ddd_lab.files.disk.paths import domain_of, flow_key, schema_of
from ddd_lab.files.documents.document import Model, Version, same_model
from ddd_lab.plurals import plural
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.workbench import Workbench

_REPEATED = frozenset({"flows", "domains", "layout", "domain_layout"})
_ORDER = ("flow", "domain", "schema", "node", "connection", "setting", "file")


def summary(workbench: Workbench, before: Mapping[str, Version | None]) -> str:
    """What changed since some files said something else: ``2 nodes added, 1 connection added``."""
    counts: Counter[tuple[str, str]] = Counter()
    moved = {
        document.version.origin.path
        for path in before
        if (document := workbench.documents.get(path))
        and document.version
        and document.version.origin
    }
    for path, version in before.items():
        old = version.model if version is not None else None
        new = workbench.model(path)
        if isinstance(old, FlowData) and isinstance(new, FlowData):
            counts += _in_flow(old, new)
        elif not same_model(_own(old), _own(new)):
            if old is not None and new is not None:
                counts[_what(path), "changed"] += 1
            elif path not in moved:
                verb = "renamed" if _is_moved(workbench, path) else "added" if new else "deleted"
                counts[_what(path), verb] += 1
    parts = sorted(counts, key=lambda part: (_ORDER.index(part[0]), part[1]))
    return ", ".join(f"{plural(counts[part], part[0])} {part[1]}" for part in parts) or "positions"


def _what(path: str) -> str:
    if flow_key(path):
        return "flow"
    return "domain" if domain_of(path) else "schema" if schema_of(path) else "file"


def _own(model: Model) -> Model:
    """What a file says of its own: not what it repeats of flows and domains that come and go."""
    if isinstance(model, FlowData) or not isinstance(model, dict):
        return model
    own = {key: value for key, value in model.items() if key not in _REPEATED}
    for root in ("system", "domain"):
        if isinstance(own.get(root), dict):
            own[root] = {key: value for key, value in own[root].items() if key not in _REPEATED}
    return own


def _is_moved(workbench: Workbench, path: str) -> bool:
    document = workbench.documents.get(path)
    return bool(document and document.version and document.version.origin)


def _in_flow(old: FlowData, new: FlowData) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    was, now = old.by_id, new.by_id
    counts["node", "added"] = len(now.keys() - was.keys())
    counts["node", "deleted"] = len(was.keys() - now.keys())
    counts["node", "changed"] = sum(
        _said(was[id]) != _said(now[id]) for id in was.keys() & now.keys()
    )
    lines = [
        Counter((edge.source, edge.output, edge.target) for edge in flow.edges)
        for flow in (old, new)
    ]
    counts["connection", "added"] = (lines[1] - lines[0]).total()
    counts["connection", "removed"] = (lines[0] - lines[1]).total()
    own = [(flow.name, flow.description, flow.type, flow.header, flow.extra) for flow in (old, new)]
    counts["setting", "of the flow changed"] = own[0] != own[1]
    return +counts


def _said(node: NodeData) -> NodeData:
    return node.model_copy(update={"position": None, "connections": ()})
