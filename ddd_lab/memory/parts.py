"""What the layers take from each flow, worked out again only where the flow changed.

Models are frozen: the same object says the same. So a part is known by the objects that it was made
from, and nothing has to be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ddd_lab.checks.uses import DesignUses
from ddd_lab.maps.links import FlowLink, flow_links
from ddd_lab.spec.lenient import entries, mapping, text
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.models.trigger import trigger_info


class FlowPart(NamedTuple):
    """What the layers take from one flow.

    Attributes:
        flow: as it was read.
        entry: of the spec index, as plain data.
        links: to other flows.
    """

    flow: FlowData
    entry: Mapping[str, Any]
    links: tuple[FlowLink, ...]


class FlowParts:
    """The parts of every flow of a design that can be read.

    Attributes:
        known: as they were when somebody asked last.
    """

    def __init__(self, design: Design) -> None:
        self._design = design
        self.known: dict[str, FlowPart] = {}
        self._around: tuple[object, object] = (None, None)

    def all(self) -> Mapping[str, FlowPart]:
        """By key, in the design's order; the same object until something moves."""
        around = (self._design.schemas, self._design.domains)
        same = all(one is other for one, other in zip(around, self._around, strict=True))
        known = self.known if same else {}
        uses: DesignUses | None = None
        parts: dict[str, FlowPart] = {}
        for key, flow in self._design.flows.items():
            part = known.get(key)
            if part is None or part.flow is not flow:
                uses = uses or DesignUses(self._design)
                links = tuple(flow_links(key.partition("/")[0], flow))
                part = FlowPart(flow, _entry(self._design, uses, flow), links)
            parts[key] = part
        self._around = around
        if not same or uses is not None or list(parts) != list(self.known):
            self.known = parts
        return self.known


def _entry(design: Design, uses: DesignUses, flow: FlowData) -> dict[str, Any]:
    used = uses.of(flow)
    schemas = (design.schemas[stem].name or stem for stem in used.schemas)
    entry: dict[str, Any] = {
        "type": flow.type,
        "trigger": _trigger(flow),
        "nodes": [node.id for node in flow.nodes],
        "publishes": list(used.publishes),
        "consumes": list(used.awaits),
        "schemas_used": list(schemas),
        "error_codes": list(used.error_codes),
    }
    if flow.is_agent:
        guardrails = flow.extra.get("guardrails")
        entry["agent_model"] = text(mapping(flow.extra.get("agent_config")).get("model"))
        entry["tools"] = _ids(flow.extra.get("tools"))
        entry["guardrails"] = _ids(guardrails) or [
            node.id for node in flow.nodes if node.type == "guardrail"
        ]
    return entry


def _trigger(flow: FlowData) -> dict[str, str]:
    """What starts a flow first, in the words of the file format."""
    info = next(iter(trigger_info(flow)), None)
    if info is None:
        return {"type": "unknown"}
    words = {
        "method": info.method,
        "path": info.path,
        "schedule": info.schedule,
        "event": ", ".join(info.events) or info.name,
    }
    return {"type": info.kind, **{key: value for key, value in words.items() if value}}


def _ids(block: Any) -> list[str]:
    """The ids of a block's entries; of guardrails, the types of their checks."""
    if isinstance(block, dict) and block.keys() <= {"input", "output"}:
        return [name for side in block.values() for name in _ids(side)]
    named = ((name or text(mapping(entry).get("type"))) for name, entry, _ in entries(block))
    return list(dict.fromkeys(name for name in named if name))
