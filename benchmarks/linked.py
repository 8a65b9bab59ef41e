"""A made-up system whose flows are linked in every way, as the links of a grown one are."""

from __future__ import annotations

import random
from pathlib import Path

import yaml

FLOWS_PER_DOMAIN = 40
_NEAR = 4
"""Domains that a domain has to do with."""
_DEEDS = ("accept", "amend", "book", "cancel", "check", "close", "confirm", "count", "create")
_SUBJECTS = ("order", "parcel", "invoice", "customer", "payment", "refund", "stock", "voucher")


def write_linked(root: Path, flows: int) -> Path:
    """Write a project of some flows; the same number always gives the same bytes.

    Args:
        root: a folder that is not there yet.
        flows: how many, forty in a domain. Most links stay in their domain or lead to one of four
            others; every domain has an orchestrator that leads two agents, one of which hands over.

    Returns:
        The folder.
    """
    chance = random.Random(flows)
    names = [_name(_SUBJECTS, number) for number in range(-(-flows // FLOWS_PER_DOMAIN))]
    own = {
        name: [
            _name(_DEEDS, number)
            for number in range(min(FLOWS_PER_DOMAIN, flows - place * FLOWS_PER_DOMAIN))
        ]
        for place, name in enumerate(names)
    }
    listed = [{"name": name, "description": f"All about a {name}"} for name in names]
    _write(root / "specs/system.yaml", {"system": {"name": "linked", "domains": listed}})
    near = {
        name: [names[(place + step) % len(names)] for step in range(1, _NEAR + 1)]
        for place, name in enumerate(names)
    }
    for domain, ids in own.items():
        folder = root / "specs/domains" / domain
        others = [other for other in near[domain] if other != domain and own[other]]
        consumed = []
        for place, id in enumerate(ids):
            source, others_ids = domain, ids
            if others and chance.random() < 0.15:
                source = chance.choice(others)
                others_ids = own[source]
            if place and chance.random() < 0.5:
                event = f"{source}.{chance.choice(others_ids[: place or 1])}_done"
                consumed.append({"event": event, "handled_by_flow": id})
            called = f"{domain}/{chance.choice(ids)}" if chance.random() < 0.15 else ""
            if others and chance.random() < 0.05:
                other = chance.choice(others)
                called = f"{other}/{chance.choice(own[other])}"
            model = (chance.choice(others) if others and chance.random() < 0.1 else domain).title()
            _write(folder / f"flows/{id}.yaml", _flow(domain, place, ids, called, model))
        _write(
            folder / "domain.yaml",
            {
                "domain": {
                    "name": domain,
                    "flows": [{"id": id, "name": _title(id)} for id in ids],
                    "publishes_events": [
                        {"event": f"{domain}.{id}_done", "from_flow": id} for id in ids
                    ],
                    "consumes_events": consumed,
                }
            },
        )
        fields = {"reference": {"type": "string"}}
        _write(
            root / f"specs/schemas/{domain}.yaml",
            {"schema": {"name": domain.title(), "fields": fields}},
        )
    return root


def _flow(domain: str, place: int, ids: list[str], called: str, model: str) -> dict[str, object]:
    id = ids[place]
    nodes: list[dict[str, object]] = [
        _node("keep", "data_store", operation="create", model=model),
        _node("tell", "event", direction="emit", event_name=f"{domain}.{id}_done"),
    ]
    agent = {1: "lead", 2: "agent", 3: "agent"}.get(place) if len(ids) > 3 else None
    if called and called != f"{domain}/{id}":
        nodes.append(_node("call", "sub_flow", flow_ref=called))
    if agent == "lead":
        agents = [{"id": f"agent_{n}", "flow": ids[n], "domain": domain} for n in (2, 3)]
        nodes.append(_node("lead", "orchestrator", strategy="supervisor", agents=agents))
    if place == 2 and agent:
        target = {"flow": ids[3], "domain": domain}
        nodes.append(_node("hand_over", "handoff", mode="transfer", target=target))
    nodes.append({"id": "done", "type": "terminal", "spec": {"status": 201}})
    return {
        "flow": {
            "id": id,
            "name": _title(id),
            "type": "agent" if agent else "traditional",
            "domain": domain,
        },
        "trigger": {"type": "http", "method": "POST", "path": f"/api/{domain}/{id}"},
        "nodes": nodes,
    }


def _node(id: str, type: str, **spec: object) -> dict[str, object]:
    return {"id": id, "type": type, "spec": spec}


def _name(words: tuple[str, ...], number: int) -> str:
    round, index = divmod(number, len(words))
    return f"{words[index]}-{round + 1}" if round else words[index]


def _title(id: str) -> str:
    return id.replace("-", " ").capitalize()


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(data, sort_keys=False, Dumper=_DUMPER), "utf-8")


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
