"""Made-up designs to look at: chains, a system of many domains, a domain of many flows."""

from __future__ import annotations

import random
from pathlib import Path

import yaml

_DOMAINS = (
    *("orders", "billing", "shipping", "catalogue", "customers", "payments", "inventory"),
    *("returns", "pricing", "promotions", "suppliers", "warehouse", "support", "analytics"),
    "customer-relationships",
)
_STEPS = ("process", "data_store", "service_call", "decision", "process")
_FLOWS = (
    *("place-order", "cancel-order", "approve-large-order", "reserve-stock", "take-payment"),
    *("refund", "send-invoice", "remind-of-basket", "close-order", "split-order"),
    *("change-address", "recalculate-price", "check-credit", "print-label", "hand-to-carrier"),
    *("track-parcel", "accept-return", "restock", "rate-product", "answer-question"),
)


def write_chain(root: Path, count: int) -> str:
    """Write a flow of so many nodes whose failures end beside it; returns its key."""
    inner = count - 2
    nodes: list[dict[str, object]] = []
    failures = 0
    names = [f"step_{number}" for number in range(1, inner + 1)]
    for number, name in enumerate(names):
        kind = _STEPS[number % len(_STEPS)]
        after = names[number + 1] if number + 1 < inner else "done"
        outputs = {
            "process": {"next": after},
            "data_store": {"success": after, "failure": "failed"},
            "service_call": {"success": after, "failure": "failed"},
            "decision": {"true": after, "false": "failed"},
        }[kind]
        failures += "failed" in outputs.values()
        nodes.append(
            {
                "id": name,
                "type": kind,
                "label": f"{kind.replace('_', ' ').capitalize()} number {number + 1}",
                "spec": {},
                "connections": outputs,
            }
        )
    nodes.append({"id": "done", "type": "terminal", "label": "Done", "spec": {"status": 200}})
    if failures:
        nodes.append(
            {"id": "failed", "type": "terminal", "label": "Failed", "spec": {"status": 500}}
        )
    _write_flow(root, "chains", f"chain-{count}", nodes)
    return f"chains/chain-{count}"


def write_line(root: Path, count: int) -> str:
    """Write a flow of so many nodes one after the other; returns its key."""
    names = [f"step_{number}" for number in range(1, count - 1)]
    nodes: list[dict[str, object]] = [
        {
            "id": name,
            "type": "process",
            "label": f"Work out part {number}",
            "spec": {},
            "connections": {"next": after},
        }
        for number, (name, after) in enumerate(zip(names, [*names[1:], "done"], strict=True), 1)
    ]
    nodes.append({"id": "done", "type": "terminal", "label": "Done", "spec": {"status": 200}})
    _write_flow(root, "chains", f"line-{count}", nodes)
    return f"chains/line-{count}"


def _write_flow(root: Path, domain: str, id: str, nodes: list[dict[str, object]]) -> None:
    flow = {
        "flow": {"id": id, "name": id.replace("-", " ").capitalize(), "domain": domain},
        "trigger": {
            "type": "http",
            "method": "POST",
            "path": f"/api/{id}",
            "connections": {"next": nodes[0]["id"]},
        },
        "nodes": nodes,
    }
    _write(root / f"specs/domains/{domain}/flows/{id}.yaml", flow)


def write_system(root: Path, domains: int, events: int) -> None:
    """Write a system of domains that tell each other of events, and no flow."""
    dice = random.Random(7)
    names = _DOMAINS[:domains]
    publishes: dict[str, list[dict[str, str]]] = {name: [] for name in names}
    consumes: dict[str, list[dict[str, str]]] = {name: [] for name in names}
    for number in range(events):
        source, target = dice.sample(names, 2)
        event = f"{source.partition('-')[0]}.thing_{number}_happened"
        publishes[source].append({"event": event})
        consumes[target].append({"event": event})
    _write(root / "specs/system.yaml", {"system": {"name": "shop", "domains": _named(names)}})
    for name in names:
        about = {
            "name": name,
            "description": f"All about {name.replace('-', ' ')}",
            "publishes_events": publishes[name],
            "consumes_events": consumes[name],
            "flows": [],
        }
        _write(root / f"specs/domains/{name}/domain.yaml", {"domain": about})


def write_domain(root: Path, flows: int, events: int, agents: int = 0) -> str:
    """Write a domain of flows that tell each other and three other domains of events.

    Args:
        root: folder of the project.
        flows: how many.
        events: how many.
        agents: how many of the flows are led by an agent of the first one.
    """
    dice = random.Random(11)
    ids = _FLOWS[:flows]
    others = ("billing", "shipping", "support")
    publishes: dict[str, list[dict[str, str]]] = {name: [] for name in ("orders", *others)}
    consumes: dict[str, list[dict[str, str]]] = {name: [] for name in ("orders", *others)}
    for number in range(events):
        source, target = dice.sample(ids, 2)
        event = f"orders.{source.partition('-')[0]}_{number}"
        if number % 3 == 2:
            other = others[number % len(others)]
            if number % 2:
                publishes["orders"].append({"event": event, "from_flow": source})
                consumes[other].append({"event": event})
            else:
                publishes[other].append({"event": event})
                consumes["orders"].append({"event": event, "handled_by_flow": target})
        else:
            publishes["orders"].append({"event": event, "from_flow": source})
            consumes["orders"].append({"event": event, "handled_by_flow": target})
    team = ids[len(ids) - agents :]
    if agents:
        _write_flow(root, "orders", ids[0], _orchestration(team))
    entries = [
        {
            "id": id,
            "name": id.replace("-", " ").capitalize(),
            **({"type": "agent"} if id in team else {}),
        }
        for id in ids
    ]
    names = ("orders", *others)
    _write(root / "specs/system.yaml", {"system": {"name": "shop", "domains": _named(names)}})
    for name in names:
        about = {
            "name": name,
            "publishes_events": publishes[name],
            "consumes_events": consumes[name],
            "flows": entries if name == "orders" else [],
        }
        _write(root / f"specs/domains/{name}/domain.yaml", {"domain": about})
    return "orders"


def _orchestration(team: tuple[str, ...]) -> list[dict[str, object]]:
    agents = [{"id": id, "flow": id, "specialization": id, "priority": 1} for id in team]
    return [
        {
            "id": "leader",
            "type": "orchestrator",
            "label": "Leads the team",
            "spec": {"strategy": "supervisor", "agents": agents},
            "connections": {"done": "done"},
        },
        {"id": "done", "type": "terminal", "label": "Done", "spec": {"status": 200}},
    ]


def _named(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
