"""Small flows for tests, and the flows of real projects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ddd_lab.spec.models.flow import Connection, FlowData, NodeData
from tests.corpus import corpus_files


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 in as far as the corpus needs it: ``on`` and ``yes`` are words, dates are text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag.rpartition(":")[2] != "timestamp"]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    if first not in "yYnNoO"
}


def read_yaml(path: Path) -> Any:
    """The data of a real file; references that stand bare on a line get their braces."""
    words = path.read_text(encoding="utf-8")
    return yaml.load(re.sub(r'(\w+): \$ref: ("[^"]*")', r"\1: {$ref: \2}", words), _Loader)


def node(id: str, type: str, spec: dict[str, Any] | None = None, **lines: str) -> NodeData:
    """A node; each further argument is an output and the id that it leads to."""
    connections = tuple(Connection(output=name, target=target) for name, target in lines.items())
    return NodeData(id=id, type=type, spec=spec or {}, connections=connections)


def flow(*nodes: NodeData, trigger: dict[str, Any] | None = None, **extra: Any) -> FlowData:
    """A flow of these nodes, with a trigger of these settings if there are any."""
    start = None
    if trigger is not None:
        start = NodeData(id="trigger", type="trigger", spec=trigger, connections=None)
    return FlowData(id="a-flow", domain="a-domain", trigger=start, nodes=nodes, extra=extra)


def real_flows() -> list[tuple[str, FlowData]]:
    """Every readable flow of the corpus with the path of its file; none without a corpus."""
    paths = [path for path in corpus_files() if path.parent.name == "flows"]
    return [(path.as_posix(), _flow(read_yaml(path))) for path in paths]


def _flow(data: dict[str, Any]) -> FlowData:
    head = data["flow"]
    raw = data["trigger"]
    is_node = raw.get("type") == "trigger"
    listed = any(isinstance(item.get("connections"), list) for item in data["nodes"])
    start = (
        _node(raw)
        if is_node
        else NodeData(id="trigger", type="trigger", spec=raw, connections=None)
    )
    return FlowData(
        id=head["id"],
        domain=head["domain"],
        type=head.get("type", "traditional"),
        vocabulary="handles" if listed else "guide",
        trigger=start,
        nodes=tuple(_node(item) for item in data["nodes"]),
        extra={
            key: value
            for key, value in data.items()
            if key not in ("flow", "trigger", "nodes", "metadata")
        },
    )


def _node(data: dict[str, Any]) -> NodeData:
    lines = data.get("connections") or []
    pairs: list[tuple[Any, str]]
    if isinstance(lines, dict):
        pairs = list(lines.items())
    else:
        pairs = [(line.get("sourceHandle", "next"), line["targetNodeId"]) for line in lines]
    return NodeData(
        id=data["id"],
        type=data["type"],
        label=data.get("label"),
        spec=data.get("spec") or {},
        connections=tuple(
            Connection(output=str(name).lower() if name in (True, False) else name, target=target)
            for name, target in pairs
        ),
    )
