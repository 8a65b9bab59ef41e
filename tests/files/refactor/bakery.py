"""A small design in which every kind of reference occurs, for the tests of refactoring."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path

from ddd_lab.project import Project

FILES = {
    "specs/system.yaml": """\
        # Two ovens, one van.
        system:
          name: bakery
          domains:
            - name: orders
              description: Who wants which bread
            - {name: baking, description: "Bread, mostly"}
          zones:
            - id: front
              domains: [orders]
          schedules:
            - frequency: "0 3 * * *"   # before the birds
              flows: [baking/heat-oven, orders/take-order]
          pipelines:
            - id: bread
              steps:
                - {domain: orders, flow: take-order}
                - {domain: baking, flow: bake-bread}
              spans_domains: [orders, baking]
        """,
    "specs/system-layout.yaml": """\
        system_layout:
          domains:
            orders: {x: 10, y: 20}   # top left
            baking: {x: 300, y: 20}
        """,
    "specs/domains/orders/domain.yaml": """\
        domain:
          name: orders
          description: Who wants which bread
          flows:
            - id: take-order
              name: Take Order
              description: A customer orders
            - id: cancel-order
              name: Cancel Order
          publishes_events:
            - event: order.placed
              from_flow: take-order     # at the counter
          consumes_events:
            - event: bread.baked
              from_domain: baking
              handled_by_flow: cancel-order
          groups:
            - {id: counter, name: Counter, flows: [take-order, cancel-order]}
          layout:
            flows:
              take-order: {x: 0, y: 0}
            portals:
              baking: {x: 400, y: 0}
        """,
    "specs/domains/orders/flows/take-order.yaml": """\
        # The counter.
        flow:
          id: take-order
          name: 'Take Order'
          type: traditional
          domain: orders
        trigger: {type: http, method: POST, path: /orders, auth: required}
        nodes:
          - id: bake
            type: sub_flow
            spec: {flow_ref: baking/bake-bread}   # warm
            connections: {success: undo, failure: done}
          - id: undo
            type: sub_flow
            spec:
              flow: cancel-order
            connections: {success: tell, failure: done}
          - id: tell
            type: event
            spec: {event: order.placed, payload: {}}
            connections: {next: done}
          - id: done
            type: terminal
            spec: {status: 200}
        """,
    "specs/domains/orders/flows/cancel-order.yaml": """\
        flow: {id: cancel-order, name: Cancel Order, type: traditional, domain: orders}
        trigger: {type: event, event: bread.baked}
        nodes:
          - {id: done, type: terminal, spec: {status: 200}}
        """,
    "specs/domains/baking/domain.yaml": """\
        domain:
          name: baking
          description: Bread, mostly
          flows:
          - {id: bake-bread, name: Bake bread}
          - {id: heat-oven, name: Heat Oven}
          publishes_events:
          - {event: bread.baked, from_flow: bake-bread}
          consumes_events:
          - {event: order.placed, from_flow: orders/take-order, handled_by_flow: heat-oven}
        """,
    "specs/domains/baking/flows/bake-bread.yaml": """\
        flow: {id: bake-bread, name: Bake bread, type: traditional, domain: baking}
        trigger: {type: http, method: POST, path: /bake, auth: required}
        nodes:
          - id: tell
            type: event
            spec: {event: bread.baked, payload: {}}
            connections: {next: over}
          - id: over
            type: handoff
            spec: {mode: transfer, target: {flow: take-order, domain: orders}}
            connections: {complete: done, failure: done, timeout: done}
          - {id: done, type: terminal, spec: {status: 200}}
        """,
    "specs/domains/baking/flows/heat-oven.yaml": """\
        flow: {id: heat-oven, name: Heat Oven, type: traditional, domain: baking}
        trigger: {type: event, event: order.placed}
        nodes:
          - {id: done, type: terminal, spec: {status: 200}}
        """,
    "specs/ui/pages.yaml": """\
        app_type: web
        pages:
          - {id: counter, route: /orders, name: Counter}
        """,
    "specs/ui/counter.yaml": """\
        page: counter
        route: /orders
        sections:
          - id: list
            component: item-list
            data_source: orders/take-order
        state:
          initial_fetch: [orders/take-order, baking/heat-oven]
        """,
    ".ddd/mapping.yaml": """\
        flows:
          orders/take-order:   # since May
            spec: specs/domains/orders/flows/take-order.yaml
            spec_hash: "12e5"
            files: [src/orders.py]
          baking/bake-bread:
            spec: specs/domains/baking/flows/bake-bread.yaml
        """,
}


def bakery(root: Path) -> Path:
    """Write the design into a folder."""
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text))
    return root


def opened(root: Path) -> Project:
    """The design, open and unwatched."""
    return Project(bakery(root), watch=False)


def contents(root: Path) -> dict[str, bytes]:
    """Bytes of every file of a project but Git's own, locks, journals and the memory."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and not {".git", "locks", "journal", "memory"} & set(path.relative_to(root).parts)
    }


def findings(project: Project) -> Counter[str]:
    """How many problems each rule has found."""
    return Counter(problem.rule for problem in project.problems)


def texts(project: Project) -> dict[str, str]:
    """What every file of an open project says now."""
    return {
        path: document.text()
        for path in sorted(project.workbench.documents)
        if (document := project.workbench.document(path)) and document.version is not None
    }
