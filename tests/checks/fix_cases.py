"""A design without problems, and the changes to it that have a fix."""

from __future__ import annotations

FLOW = "specs/domains/orders/flows/place-order.yaml"
PAY = "specs/domains/orders/flows/pay.yaml"
DOMAIN = "specs/domains/orders/domain.yaml"
LAYOUT = "specs/system-layout.yaml"
SYSTEM = "specs/system.yaml"
INFRASTRUCTURE = "specs/infrastructure.yaml"

FILES = {
    SYSTEM: """\
system:
  name: Shop   # the whole of it
  domains:
    - {name: orders, description: Orders}
""",
    LAYOUT: "system_layout:\n  domains:\n    orders: {x: 0, y: 0}\n",
    DOMAIN: """\
domain:
  name: orders
  description: Orders
  flows:
    - id: place-order
      name: Place order
      description: Take an order.
    - id: pay
      name: Pay
      description: Take the money.
  publishes_events:
    - event: order.placed
      from_flow: place-order
  consumes_events:
    - {event: order.placed, handled_by_flow: pay}
  layout:
    flows:
      place-order: {x: 0, y: 0}
""",
    FLOW: """\
flow: {id: place-order, name: Place order, type: traditional, domain: orders}
trigger: {type: http, method: POST, path: /orders}
nodes:
  - id: check
    type: guardrail
    spec:
      position: input
      checks: [{type: custom, action: block, rule: "no nonsense"}]
      on_block: {connection: refused}
    connections:
      pass: tell
      block: refused
  - id: tell
    type: event
    spec: {event: order.placed, payload: {}}
    connections:
      done: done
  - id: done
    type: terminal
    spec: {status: 201}
  - id: refused
    type: terminal
    spec: {status: 422}
""",
    PAY: """\
flow: {id: pay, name: Pay, type: traditional, domain: orders}
trigger: {type: event, event: order.placed}
nodes:
  - id: charge
    type: service_call
    spec: {method: POST, url: "https://bank/charge"}
    connections:
      - {targetNodeId: paid, sourceHandle: success}
      - {targetNodeId: lost, sourceHandle: error}
  - id: paid
    type: terminal
    spec: {outcome: success}
  - id: lost
    type: terminal
    spec: {outcome: error}
""",
    INFRASTRUCTURE: "services:\n  - {id: db}\nstartup_order: [db]\n",
}

CASES: list[tuple[str, list[tuple[str, str, str]], str, list[str]]] = [
    (
        "domains.flow-id",
        [(FLOW, "id: place-order,", "id: order,")],
        "Set the flow's id to “place-order”",
        [
            "-flow: {id: order, name: Place order, type: traditional, domain: orders}",
            "+flow: {id: place-order, name: Place order, type: traditional, domain: orders}",
        ],
    ),
    (
        "domains.flow-domain",
        [(FLOW, "domain: orders", "domain: order")],
        "Set the flow's domain to “orders”",
        [
            "-flow: {id: place-order, name: Place order, type: traditional, domain: order}",
            "+flow: {id: place-order, name: Place order, type: traditional, domain: orders}",
        ],
    ),
    (
        "domains.flow-type",
        [(FLOW, "type: traditional", "type: Traditional")],
        "Set the flow's type to “traditional”",
        [
            "-flow: {id: place-order, name: Place order, type: Traditional, domain: orders}",
            "+flow: {id: place-order, name: Place order, type: traditional, domain: orders}",
        ],
    ),
    (
        "domains.unlisted-flow",
        [
            (
                DOMAIN,
                "    - id: pay\n      name: Pay\n      description: Take the money.\n",
                "",
            )
        ],
        f"List “pay” in {DOMAIN}",
        ["+    - id: pay", "+      name: Pay"],
    ),
    (
        "domains.listed-type",
        [(DOMAIN, "      description: Take the money.", "      type: agent")],
        "List “pay” as traditional, like the flow itself",
        ["-      type: agent", "+      type: traditional"],
    ),
    (
        "domains.duplicate-flow",
        [
            (
                DOMAIN,
                "  publishes_events:",
                "    - {id: pay, name: Pay, description: Take the money.}\n  publishes_events:",
            )
        ],
        f"Remove the duplicate entry in {DOMAIN}",
        ["-    - {id: pay, name: Pay, description: Take the money.}"],
    ),
    (
        "domains.duplicate",
        [
            (
                SYSTEM,
                "    - {name: orders, description: Orders}\n",
                "    - {name: orders, description: Orders}\n" * 2,
            )
        ],
        f"Remove the duplicate entry in {SYSTEM}",
        ["-    - {name: orders, description: Orders}"],
    ),
    (
        "events.duplicate-group",
        [
            (
                DOMAIN,
                "  layout:\n",
                "  event_groups:\n"
                + "    - {name: all, events: [order.placed]}\n" * 2
                + "  layout:\n",
            )
        ],
        f"Remove the duplicate entry in {DOMAIN}",
        ["-    - {name: all, events: [order.placed]}"],
    ),
    (
        "layout.unknown-flow",
        [
            (
                DOMAIN,
                "      place-order: {x: 0",
                "      gone: {x: 5, y: 5}\n      place-order: {x: 0",
            )
        ],
        f"Remove the position of “gone” from {DOMAIN}",
        ["-      gone: {x: 5, y: 5}"],
    ),
    (
        "layout.unknown-portal",
        [(DOMAIN, "  layout:\n", "  layout:\n    portals:\n      gone: {x: 5, y: 5}\n")],
        f"Remove the position of “gone” from {DOMAIN}",
        ["-    portals:", "-      gone: {x: 5, y: 5}", "+    portals: {}"],
    ),
    (
        "layout.unknown-domain",
        [(LAYOUT, "    orders:", "    gone: {x: 5, y: 5}\n    orders:")],
        f"Remove the position of “gone” from {LAYOUT}",
        ["-    gone: {x: 5, y: 5}"],
    ),
    (
        "events.undeclared-emit",
        [(DOMAIN, "    - event: order.placed\n      from_flow: place-order\n", "")],
        f"Declare in {DOMAIN} that “orders” publishes “order.placed” (place-order)",
        ["+    - event: order.placed", "+      from_flow: place-order"],
    ),
    (
        "events.undeclared-trigger",
        [(DOMAIN, "  consumes_events:\n    - {event: order.placed, handled_by_flow: pay}\n", "")],
        f"Declare in {DOMAIN} that “orders” consumes “order.placed” (pay)",
        ["+  consumes_events:", "+    - event: order.placed", "+      handled_by_flow: pay"],
    ),
    (
        "graph.duplicate-edge",
        [
            (
                PAY,
                "      - {targetNodeId: paid, sourceHandle: success}\n",
                "      - {targetNodeId: paid, sourceHandle: success}\n" * 2,
            )
        ],
        "Remove the second connection from “charge” to “paid”",
        ["-      - {targetNodeId: paid, sourceHandle: success}"],
    ),
    (
        "wiring.disagreement",
        [(FLOW, "on_block: {connection: refused}", "on_block: {connection: done}")],
        "Set on_block.connection of “check” to “refused”, like its connection",
        ["-      on_block: {connection: done}", "+      on_block: {connection: refused}"],
    ),
    (
        "specs.word",
        [(FLOW, "position: input", "position: INPUT")],
        "Change “INPUT” to “input”",
        ["-      position: INPUT", "+      position: input"],
    ),
    (
        "infrastructure.startup-order",
        [(INFRASTRUCTURE, "[db]", "[db, db]")],
        "Start “db” only once",
        ["-startup_order: [db, db]", "+startup_order: [db]"],
    ),
]
