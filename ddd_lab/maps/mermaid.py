"""Mermaid export: maps and sheets as flowchart text that JupyterLab, GitHub and others render."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ddd_lab.maps.data import (
    DomainLink,
    DomainMap,
    FlowMap,
    FlowMapCard,
    FlowMapLink,
    NodeCard,
    Sheet,
    SystemMap,
    flow_class,
)
from ddd_lab.maps.map_at import made_of_map
from ddd_lab.plurals import plural
from ddd_lab.spec.catalogue import node_type
from ddd_lab.spec.models.design import Design
from ddd_lab.visible import one_line

# Fill and line of every class: the text stands on its own fill, so that it can be read on a light
# page and on a dark one.
CLASSES = {
    "flow": ("#eef1f4", "#4b5563"),
    "logic": ("#fdf3dc", "#8a5a00"),
    "data": ("#e2f4ec", "#0b6b4b"),
    "integration": ("#e3f0fb", "#0a62a6"),
    "agent": ("#f3e9fb", "#7a3bb0"),
    "orchestration": ("#e8eafb", "#3c44b5"),
    "domain": ("#e6eef6", "#1f4e79"),
    "portal": ("#f6f7f8", "#59616c"),
    "event": ("#fdf3dc", "#8a5a00"),
    "schema": ("#e2f4ec", "#0b6b4b"),
    "unknown": ("#fbe6ed", "#8c1d40"),
    "missing": ("#fdeceb", "#b3261e"),
}
INK = "#16191d"
DASHED = ("portal", "event", "schema", "missing")
SHAPES = {
    "card": ("[", "]"),
    "decision": ("{", "}"),
    "terminal": ("([", "])"),
    "data": ("[(", ")]"),
    "portal": ("[/", "/]"),
    "large": ("[[", "]]"),
    "round": ("(", ")"),
}
LIMIT = 80

_LEADING = re.compile(r"^([-+*=>#~|]|\d+[.)])")
_SPECIAL = re.compile(r'["#&<>%`*\\\[\]]|\$\$|://|~~|@|(?<![^\W_])_|_(?![^\W_])|www\.|:(?=fa-)')


def mermaid(design: Design, at: str = "") -> str:
    """A map as Mermaid flowchart text.

    Args:
        at: ``""`` for the system, ``domain``, ``domain/flow``, or ``@flows`` for all flows.

    Returns:
        The text; its ids come from the design's own ids and never collide, its labels are escaped
        for the grammar and for the Markdown that renderers apply to labels.

    Raises:
        KeyError: there is nothing at that place.
    """
    return made_of_map(
        design, at, of_system=_system, of_flows=_flows, of_domain=_domain, of_sheet=sheet_mermaid
    )


def sheet_mermaid(sheet: Sheet) -> str:
    """A sheet (as :func:`ddd_lab.maps.sheet` gives it) as Mermaid flowchart text."""
    chart = _Chart("TB" if sheet["direction"] == "down" else "LR")
    frames = _frames(sheet)
    homes = {child: key for key, (_, children) in frames.items() for child in children}
    nodes = {node["id"]: node for node in sheet["nodes"]}
    drawn: set[str] = set()

    def draw(ids: Iterable[str]) -> None:
        for id_ in ids:
            if id_ in drawn:
                continue
            drawn.add(id_)
            if id_ in frames:
                title, children = frames[id_]
                chart.open(title, id_)
                draw(children)
                chart.close()
            else:
                _sheet_node(chart, nodes[id_])

    draw(_outermost(id_, homes) for id_ in nodes)
    for node in sheet["missing"]:
        chart.node(node["id"], [node["title"], node["summary"]], "card", "missing")
    for edge in sheet["edges"]:
        dashed = edge["implicit"] or edge["dangling"]
        chart.edge(edge["source"], edge["target"], edge["label"], dashed=dashed)
    return chart.text()


def _sheet_node(chart: _Chart, node: NodeCard) -> None:
    shape: str = node["shape"]
    if shape == "card":
        category = node["category"]
        kind = node_type(node["type"])
        shape = kind.chart_shape if kind else "card"
        shape = "round" if category == "flow" and not node["has_input"] else shape
    chart.node(node["id"], [node["title"], node["summary"]], shape, node["category"])


def _frames(sheet: Sheet) -> dict[str, tuple[str, list[str]]]:
    """Title and direct children of every frame, by a key that is not a node's id."""
    keys = {frame["id"]: f"\n{frame['id']}" for frame in sheet["containers"]}
    frames: dict[str, tuple[str, list[str]]] = {}
    for frame in sheet["containers"]:
        children = [keys.get(child, child) for child in frame["children"]]
        frames[keys[frame["id"]]] = frame["title"], [frame["id"], *children]
    for group in sheet["groups"]:
        if group["around"] and not group["node"]:
            children = [keys.get(member, member) for member in group["around"]]
            frames["\nteam"] = group["name"], children
    return frames


def _outermost(id_: str, homes: Mapping[str, str]) -> str:
    while id_ in homes:
        id_ = homes[id_]
    return id_


def _system(system: SystemMap) -> str:
    chart = _Chart("LR")
    for domain in system["domains"]:
        flows = plural(domain["flow_count"], "flow")
        chart.node(domain["id"], [domain["name"], flows], "card", "domain")
    for arrow in system["event_arrows"]:
        chart.edge(arrow["source_domain"], arrow["target_domain"], ", ".join(arrow["events"]))
    return chart.text()


def _domain(domain: DomainMap) -> str:
    chart = _Chart("LR")
    flows = {flow["key"]: flow for flow in domain["flows"]}
    drawn: set[str] = set()

    def draw(keys: Iterable[str]) -> None:
        for key in keys:
            if key not in drawn:
                drawn.add(key)
                flow = flows[key]
                chart.node(key, [flow["name"], flow["trigger"]], "card", flow_class(flow))

    for group in domain["groups"]:
        fresh = [key for key in group["around"] if key not in drawn]
        if len(fresh) > 1:
            chart.open(group["name"], f"team {group['id']}")
            draw(fresh)
            chart.close()
    draw(flows)
    for gate in domain["gates"]:
        chart.node(gate["key"], [gate["title"], " / ".join(gate["options"])], "round", "agent")
        chart.edge(f"flow:{gate['flow']}", gate["key"], "escalates", dashed=True)
    for portal in domain["portals"]:
        chart.node(portal["key"], [portal["name"]], "portal", "portal")
    for event in domain["events"]:
        chart.node(event["key"], [event["event"], event["kind"]], "round", "event")
    for arrow in domain["event_arrows"]:
        chart.edge(arrow["source"], arrow["target"], arrow["event"])
    for link in domain["links"]:
        chart.link(link)
    return chart.text()


def _flows(flows: FlowMap) -> str:
    chart = _Chart("LR")
    domains: dict[str, list[FlowMapCard]] = {}
    for flow in flows["flows"]:
        domains.setdefault(flow["domain"], []).append(flow)
    for domain, members in domains.items():
        chart.open(domain)
        for flow in members:
            chart.node(flow["id"], [flow["name"], flow["trigger"]], "card", flow_class(flow))
        chart.close()
    for schema in flows["schemas"]:
        chart.node(schema["id"], [schema["name"]], "data", "schema")
    for link in flows["links"]:
        chart.link(link)
    return chart.text()


def label(lines: Iterable[str]) -> str:
    """Lines of a label, escaped: the grammar's own characters and those that Markdown takes."""
    return "<br/>".join(escaped for line in lines if (escaped := _escaped(line)))


def _escaped(line: str) -> str:
    text = one_line(line, LIMIT)
    head = _LEADING.match(text)
    start = ""
    if head:
        start, text = _codes(head[0]), text[head.end() :]
    return start + _SPECIAL.sub(lambda match: _codes(match[0]), text)


def _codes(text: str) -> str:
    """Characters as codes; what renderers decode too early is broken with a space of no width."""
    if text in ("$$", ":"):
        return f"{text[0]}#8203;{text[1:]}"
    return "".join(letter if letter.isalnum() else f"#{ord(letter)};" for letter in text)


class _Chart:
    """A flowchart while it is written."""

    def __init__(self, direction: str) -> None:
        self._lines = [f"flowchart {direction}"]
        self._ids: dict[str, str] = {}
        self._used: set[str] = set()
        self._classes: dict[str, list[str]] = {}
        self._depth = 1

    def _id(self, name: str) -> str:
        """An id that is legal, no reserved word, and nobody else's."""
        id = self._ids.get(name)
        if id:
            return id
        plain = "n_" + re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
        candidate, number = plain, 1
        while candidate.lower() in self._used:
            number += 1
            candidate = f"{plain}_{number}"
        self._used.add(candidate.lower())
        self._ids[name] = candidate
        return candidate

    def _add(self, line: str) -> None:
        self._lines.append("  " * self._depth + line)

    def open(self, title: str, key: str = "") -> None:
        """Start a box around the nodes that follow; its title names it where no key does."""
        self._add(f'subgraph {self._id(f"box:{key or title}")}["{label([title]) or "domain"}"]')
        self._depth += 1

    def close(self) -> None:
        """End the box."""
        self._depth -= 1
        self._add("end")

    def node(self, name: str, lines: Iterable[str], shape: str, category: str) -> None:
        """Add a node."""
        before, after = SHAPES[shape]
        id_ = self._id(name)
        self._add(f'{id_}{before}"{label(lines) or "#nbsp;"}"{after}')
        self._classes.setdefault(category, []).append(id_)

    def edge(self, source: str, target: str, text: str = "", *, dashed: bool = False) -> None:
        """Add a line; its text stands on it."""
        arrow = "-.->" if dashed else "-->"
        label_ = label([text])
        on = f'|"{label_}"|' if label_ else ""
        self._add(f"{self._id(source)} {arrow}{on} {self._id(target)}")

    def link(self, link: DomainLink | FlowMapLink) -> None:
        """Add a link between flows: solid for events and agents, dashed for the rest."""
        label_ = link["via"] if link["kind"] in ("event", "shared_schema") else ""
        label_ = label_ or " ".join([link["kind"].replace("_", " "), link["via"]]).strip()
        dashed = link["kind"] not in ("event", "orchestrator", "sub_flow", "route")
        self.edge(link["source"], link["target"], label_, dashed=dashed)

    def text(self) -> str:
        """All of it, classes last."""
        for category, ids in self._classes.items():
            class_ = category if category in CLASSES else "unknown"
            fill, line = CLASSES[class_]
            dash = ",stroke-dasharray:5 4" if class_ in DASHED else ""
            self._add(f"classDef c_{class_} fill:{fill},stroke:{line},color:{INK}{dash};")
            self._add(f"class {','.join(ids)} c_{class_};")
        return "\n".join(self._lines) + "\n"
