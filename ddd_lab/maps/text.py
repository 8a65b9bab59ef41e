"""Maps as plain text for a terminal: aligned columns and trees, as wide as what they say."""

from __future__ import annotations

from collections.abc import Sequence

from wcwidth import ljust, width

from ddd_lab.maps.card_texts import LONELY_EVENT, lonely_events
from ddd_lab.maps.data import (
    DomainLink,
    DomainMap,
    FlowMap,
    FlowMapLink,
    Sheet,
    SystemMap,
    flow_class,
)
from ddd_lab.maps.map_at import made_of_map
from ddd_lab.plurals import plural
from ddd_lab.spec.models.design import Design
from ddd_lab.visible import one_line, visible


def show_text(design: Design, at: str = "") -> str:
    """A map as readable plain text.

    Args:
        at: ``""`` for the system, ``domain``, ``domain/flow``, or ``@flows`` for all flows.

    Returns:
        Lines ending in a newline each; no colours, control characters as escapes.

    Raises:
        KeyError: there is nothing at that place.
    """
    lines = made_of_map(
        design, at, of_system=_system, of_flows=_flows, of_domain=_domain, of_sheet=_sheet
    )
    return "".join(f"{visible(line).rstrip()}\n" for line in lines)


def _one(text: str) -> str:
    return one_line(text, 0)


def table(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Rows in columns as wide as their widest cell; the last column takes what it needs."""
    if not rows:
        return []
    cells = [[_one(cell) for cell in row] for row in rows]
    widths = [max(width(row[index]) for row in cells) for index in range(len(cells[0]) - 1)]
    return [
        indent
        + "  ".join(
            [*(ljust(cell, wide) for cell, wide in zip(row, widths, strict=False)), row[-1]]
        )
        for row in cells
    ]


def _heading(name: str, about: str, *facts: str) -> list[str]:
    text = " · ".join(fact for fact in facts if fact)
    title = _one(name)
    lines = [title + (f"  ({text})" if text else "")]
    if about:
        lines.append(_one(about))
    return lines


def _section(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    return ["", title, *table(rows)] if rows else []


def _system(system: SystemMap) -> list[str]:
    domains = system["domains"]
    lines = _heading(
        system["name"] or "System", system["description"], plural(len(domains), "domain")
    )
    lines += _section(
        "Domains",
        [
            [
                domain["id"],
                plural(domain["flow_count"], "flow"),
                plural(domain["agents"], "agent") if domain["agents"] else "",
                domain["description"] or (domain["name"] if domain["name"] != domain["id"] else ""),
            ]
            for domain in domains
        ],
    )
    lines += _section(
        "Events between domains",
        [
            [arrow["source_domain"], "→", arrow["target_domain"], ", ".join(arrow["events"])]
            for arrow in system["event_arrows"]
        ],
    )
    lonely = [
        [domain["id"], verb, event, LONELY_EVENT[kind]]
        for kind, verb in (("unconsumed", "publishes"), ("unpublished", "consumes"))
        for domain in domains
        for event in lonely_events(domain).get(kind, ())
    ]
    return lines + _section("Events without another end", lonely)


_KINDS = {"missing": "missing", "orchestration": "agent team", "agent": "agent", "flow": ""}


def _domain(domain: DomainMap) -> list[str]:
    names = {card["key"]: card["id"] for card in domain["flows"]}
    names |= {card["key"]: f"[{card['target_domain']}]" for card in domain["portals"]}
    names |= {card["key"]: f"({LONELY_EVENT[card['kind']]})" for card in domain["events"]}
    count = plural(len(domain["flows"]), "flow")
    title = domain["name"]
    own = "" if title == domain["domain_id"] else domain["domain_id"]
    return [
        *_heading(title, domain["description"], own, domain["role"], count),
        *_section(
            "Flows",
            [
                [flow["id"], _KINDS[flow_class(flow)], flow["trigger"], flow["description"]]
                for flow in domain["flows"]
            ],
        ),
        *_section(
            "Events",
            [
                [names[arrow["source"]], "→", names[arrow["target"]], arrow["event"]]
                for arrow in domain["event_arrows"]
            ],
        ),
        *_section(
            "Links",
            [
                [names[link["source"]], "→", link["target_flow"], _link(link)]
                for link in domain["links"]
            ],
        ),
    ]


def _link(link: DomainLink | FlowMapLink) -> str:
    kind = str(link["kind"]).replace("_", " ")
    return kind if link["via"] in ("", kind) else f"{kind} {link['via']}"


def _flows(flows: FlowMap) -> list[str]:
    direct = [link for link in flows["links"] if link["kind"] != "shared_schema"]
    return [
        *_heading("All flows", "", plural(len(flows["flows"]), "flow")),
        *_section(
            "Flows",
            [
                [flow["id"], _KINDS[flow_class(flow)], flow["trigger"], flow["name"]]
                for flow in flows["flows"]
            ],
        ),
        *_section("Links", [[link["source"], "→", link["target"], _link(link)] for link in direct]),
        *_section(
            "Shared schemas",
            [[schema["name"], ", ".join(schema["users"])] for schema in flows["schemas"]],
        ),
    ]


def _sheet(sheet: Sheet) -> list[str]:
    flow = sheet["flow"]
    lines = _heading(
        flow["name"],
        flow["description"],
        flow["key"],
        "agent team" if flow["orchestration"] else flow["type"],
        flow["trigger"],
    )
    lines.append("")
    lines += _tree(sheet)
    if not sheet["nodes"]:
        lines.append("This flow has no nodes yet.")
    return lines


def _tree(sheet: Sheet) -> list[str]:
    """The nodes as their connections lead, each told in full once; ways back are named only."""
    nodes = {node["id"]: node for node in sheet["nodes"]}
    ways: dict[str, list[tuple[str, str]]] = {}
    for edge in sheet["edges"]:
        ways.setdefault(edge["source"], []).append((edge["label"], edge["target"]))
    entered = {edge["target"] for edge in sheet["edges"]}
    roots = [id_ for id_ in nodes if id_ not in entered]
    roots += [id_ for id_ in nodes if id_ not in roots]
    ids: set[str] = set()
    lines: list[str] = []
    for root in roots:
        if root in ids:
            continue
        stack: list[tuple[str, str, int]] = [("", root, 0)]
        while stack:
            label, id_, depth = stack.pop()
            lead = "  " * min(depth, 40) + (f"{label} → " if label else "→ " if depth else "")
            node = nodes.get(id_)
            if node is None:
                lines.append(f"{lead}{id_}  (no such node)")
                continue
            line = f"{lead}{_one(node['title'])}"
            if id_ in ids:
                lines.append(f"{line}  (above)")
                continue
            ids.add(id_)
            facts = " · ".join(part for part in (node["type_title"], node["summary"]) if part)
            name = "" if node["title"] == id_ else f"{id_} · "
            lines.append(f"{line}  [{name}{_one(facts)}]")
            onward = ways.get(id_, [])
            # A single way on stays at the same depth: a long flow reads straight down.
            deeper = depth + (1 if len(onward) > 1 else 0)
            stack.extend((text, target, max(deeper, 1)) for text, target in reversed(onward))
    return lines
