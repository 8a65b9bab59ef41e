"""Every shape that a flow file occurs in: read alike, and written back the way it was."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ddd_lab.files.documents.document import Document, Version, same_model
from ddd_lab.spec.catalogue import ports
from ddd_lab.spec.edit.nodes import add_node, connect, disconnect, remove_nodes, set_value
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.models.flow import FlowData
from tests.files.projects import changed_lines

PATH = "specs/domains/shop/flows/order.yaml"


def opened(text: str) -> Document:
    document = Document(PATH)
    document.load(dedent(text).encode())
    assert document.version is not None, document.broken
    return document


def flow_of(document: Document) -> FlowData:
    assert document.version is not None
    flow: FlowData = document.version.model
    return flow


def written(document: Document, flow: FlowData) -> list[str]:
    """The lines that change; what is read back must be what was meant."""
    before = document.text()
    document.version = Version(flow)
    text = document.text()
    again = Document(PATH)
    again.load(text.encode())
    assert again.version is not None
    assert same_model(again.version.model, flow)
    return changed_lines(before, text)


def edges(flow: FlowData) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.output, edge.target) for edge in flow.edges}


GUIDE = """\
    flow: {id: order, domain: shop, name: Order}
    trigger: {type: http, method: POST, path: /orders}
    nodes:
      - id: check
        type: decision
        spec: {condition: "$.paid"}
        connections:
          true: ship
          false: [refuse, tell]
      - {id: ship, type: terminal}
      - {id: refuse, type: terminal}
      - id: tell
        type: event
        connections:
          done: {target: refuse, label: then}
"""

HANDLES = """\
    flow:
      id: order
    trigger:
      id: start
      type: trigger
      spec:
        event: "HTTP POST /orders"
      connections:
        - targetNodeId: check
    nodes:
      - id: check
        type: decision
        connections:
          - targetNodeId: ship
            sourceHandle: true
          - targetNodeId: refuse
            sourceHandle: "false"
            condition: "$.unpaid"
            retry_config: {max_attempts: 3}
        spec:
          condition: paid
        log: {level: debug, fields: [id]}
        pattern_governed: true
      - id: ship
        type: terminal
        connections: []
        spec: {}
      - id: refuse
        type: terminal
        connections: []
        spec: {}
"""

TOP = """\
    flow: {id: order}
    trigger: {id: start, type: trigger, spec: {event: cron 0 0 * * *}}
    nodes:
      - id: check
        type: process
        properties: {action: look}
      - {id: ship, type: terminal, properties: {}}
    connections:
      - {from: start, to: check, data: [{name: order, type: Order}]}
      - {from: check, to: ship, behavior: retry}
"""


def test_the_guides_connections_are_a_map_of_outputs() -> None:
    flow = flow_of(opened(GUIDE))
    assert edges(flow) == {
        ("trigger", "next", "check"),
        ("check", "true", "ship"),
        ("check", "false", "refuse"),
        ("check", "false", "tell"),
        ("tell", "done", "refuse"),
    }
    assert flow.by_id["tell"].connections[0].extra == {"label": "then"}  # type: ignore[index]
    assert flow.vocabulary == "guide"


def test_a_second_target_makes_a_list_and_losing_it_makes_one_again() -> None:
    document = opened(GUIDE)
    flow = flow_of(document)
    assert written(document, connect(flow, "tell", "ship", "done", {})) != []
    assert written(opened(GUIDE), disconnect(flow, "check", target="tell")) == [
        "-      false: [refuse, tell]",
        "+      false: refuse",
    ]
    assert written(opened(GUIDE), rename_node(flow, "ship", "send")) == [
        "-      true: ship",
        "+      true: send",
        "-  - {id: ship, type: terminal}",
        "+  - {id: send, type: terminal}",
    ]


def test_connection_lists_keep_every_key_that_they_have() -> None:
    document = opened(HANDLES)
    flow = flow_of(document)
    assert ("check", "true", "ship") in edges(flow), "an unquoted true is an output's name"
    assert flow.vocabulary == "handles"
    refusing = flow.by_id["check"].connections[1]  # type: ignore[index]
    assert refusing.extra == {"condition": "$.unpaid", "retry_config": {"max_attempts": 3}}
    assert flow.by_id["check"].extra == {
        "log": {"level": "debug", "fields": ["id"]},
        "pattern_governed": True,
    }
    assert written(document, set_value(flow, "check", ("label",), "Paid?")) == [
        "+    label: Paid?",
    ]
    grown, added = add_node(flow, "event", id="tell")
    grown = connect(connect(grown, "check", "tell", "false"), added.id, "refuse")
    document = opened(HANDLES)
    lines = written(document, grown)
    assert all(line[0] == "+" for line in lines)
    assert "+      - targetNodeId: tell" in lines
    assert '+        sourceHandle: "false"' in lines
    assert "+      - targetNodeId: refuse" in lines
    assert not any("sourceHandle: next" in line for line in lines), "unnamed outputs stay unnamed"


def test_connections_at_the_root_stay_at_the_root_with_their_data() -> None:
    document = opened(TOP)
    flow = flow_of(document)
    assert edges(flow) == {("start", "next", "check"), ("check", "next", "ship")}
    assert flow.by_id["start"].connections[0].extra == {  # type: ignore[index]
        "data": [{"name": "order", "type": "Order"}]
    }
    assert flow.by_id["check"].spec == {"action": "look"}
    assert written(document, disconnect(flow, "check")) == [
        "-  - {from: check, to: ship, behavior: retry}",
    ]
    grown, _ = add_node(flow, "terminal", id="stop", spec={})
    assert (
        written(opened(TOP), connect(grown, "check", "stop"))[-1] == "+  - {from: check, to: stop}"
    )
    assert written(opened(TOP), rename_node(flow, "check", "look")) == [
        "-  - id: check",
        "+  - id: look",
        "-  - {from: start, to: check, data: [{name: order, type: Order}]}",
        "-  - {from: check, to: ship, behavior: retry}",
        "+  - {from: start, to: look, data: [{name: order, type: Order}]}",
        "+  - {from: look, to: ship, behavior: retry}",
    ]


def test_a_flow_without_a_block_of_its_own_keeps_its_keys_and_its_place() -> None:
    text = """\
        name: Detect Anomaly
        type: agent
        tags: [ml]
        criticality: high
        nodes: []
    """
    document = opened(text)
    flow = flow_of(document)
    assert (flow.id, flow.domain, flow.name, flow.type) == (
        "order",
        "shop",
        "Detect Anomaly",
        "agent",
    )
    assert flow.extra == {"tags": ["ml"], "criticality": "high"}
    assert written(document, flow.model_copy(update={"name": "Find Anomaly"})) == [
        "-name: Detect Anomaly",
        "+name: Find Anomaly",
    ]


TRIGGERS = {
    "flat": ("trigger: {type: http, method: GET, path: /x}", "trigger", True),
    "flat with an id": ("trigger: {id: go, type: cron, schedule: '0 * * * *'}", "go", True),
    "node without a type": ("trigger: {id: go, spec: {event: manual}}", "go", True),
    "node of an odd type": ("trigger: {id: go, type: http, spec: {path: /x}}", "go", True),
    "one word": ("trigger: manual", "trigger", True),
    "in the list": ("other: 1", "listed", False),
}


@pytest.mark.parametrize("kind", TRIGGERS)
def test_every_form_of_trigger_is_the_trigger(kind: str) -> None:
    block, id, leads_on = TRIGGERS[kind]
    listed = "" if leads_on else "{id: listed, type: trigger, spec: {event: manual}}, "
    text = f"flow: {{id: order}}\n{block}\nnodes: [{listed}{{id: a, type: terminal}}]\n"
    document = opened(text)
    flow = flow_of(document)
    assert flow.trigger is not None
    assert (flow.trigger.id, flow.trigger.type) == (id, "trigger")
    assert [node.id for node in flow.nodes] == ["a"]
    assert edges(flow) == ({(id, "next", "a")} if leads_on else set())
    moved = set_value(flow, id, ("label",), "Start here")
    assert len(written(document, moved)) <= 4


def test_a_rich_trigger_block_beside_a_trigger_node_is_never_lost() -> None:
    text = """\
        flow: {id: order}
        trigger:
          type: http
          method: POST   # kept
          job_config: {queue: fast}
        nodes:
          - id: go
            type: trigger
            spec: {event: HTTP POST /x}
            connections: [{targetNodeId: a}]
          - {id: a, type: terminal}
    """
    document = opened(text)
    flow = flow_of(document)
    assert flow.trigger is not None
    assert flow.trigger.id == "go"
    assert flow.extra["trigger"]["job_config"] == {"queue": "fast"}
    assert written(document, set_value(flow, "go", ("spec", "event"), "manual")) == [
        "-    spec: {event: HTTP POST /x}",
        "+    spec: {event: manual}",
    ]


def test_settings_stay_in_the_wrapper_where_they_are() -> None:
    text = """\
        flow: {id: order}
        nodes:
          - {id: a, type: process, config: {action: x}, spec2: 1}
          - {id: b, type: process, action: x, service: y}
          - {id: c, type: process, spec: {action: x}, properties: {also: kept}}
    """
    flow = flow_of(opened(text))
    assert [node.spec.get("action") for node in flow.nodes] == ["x", "x", "x"]
    for id in "abc":
        assert written(opened(text), set_value(flow, id, ("spec", "action"), "y"))[0].startswith(
            f"-  - {{id: {id}, "
        )
    assert flow.by_id["c"].extra == {"properties": {"also": "kept"}}


def test_branches_given_as_words_make_ports() -> None:
    text = """\
        flow: {id: order}
        nodes:
          - id: both
            type: parallel
            spec: {branches: [stock, payment]}
            connections:
              - {targetNodeId: a, sourceHandle: branch-0}
              - {targetNodeId: a, sourceHandle: branch-1}
              - {targetNodeId: a, sourceHandle: done}
          - {id: a, type: terminal}
    """
    flow = flow_of(opened(text))
    assert [port.name for port in ports(flow.by_id["both"], flow.vocabulary, flow)] == [
        "branch-0",
        "branch-1",
        "done",
    ]


def test_foreign_entries_stay_where_they_are() -> None:
    text = """\
        flow: {id: order}
        nodes:
          - just a word
          - {id: a, type: process}
          - 5
          - {id: b, type: terminal}
    """
    document = opened(text)
    assert len(document.issues) == 2
    assert written(document, remove_nodes(flow_of(document), ["b"])) == [
        "-  - {id: b, type: terminal}"
    ]


def test_yaml_1_1_words_stay_words() -> None:
    text = """\
        flow: {id: order}
        nodes:
          - {id: a, type: collection, spec: {operation: join, on: yes, at: 12:30, code: 010}}
    """
    document = opened(text)
    spec = flow_of(document).by_id["a"].spec
    assert spec == {"operation": "join", "on": "yes", "at": "12:30", "code": 10}
    [_, line] = written(document, set_value(flow_of(document), "a", ("spec", "operation"), "off"))
    assert 'operation: "off"' in line or "operation: 'off'" in line, "1.1 readers would see false"
    assert "on: yes, at: 12:30, code: 010" in line
