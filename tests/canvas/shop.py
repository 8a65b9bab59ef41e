"""A small design for the canvas tests: a shop with orders, billing and a support agent."""

from __future__ import annotations

from pathlib import Path

SYSTEM = """\
system:
  name: Corner Shop
  version: "1.0"
  description: Sells things and answers questions about them.
  domains:
    - name: orders
      description: From the basket to the door
    - name: billing
      description: Money in, money back
    - name: support
      description: Answers to customers
"""

SYSTEM_LAYOUT = """\
system_layout:
  domains:
    # drawn by hand
    orders: {x: 80, y: 120}
    billing: {x: 520, y: 60}
    support: {x: 520, y: 300}
"""

ORDERS = """\
domain:
  name: orders
  description: From the basket to the door
  flows:
    - {id: place-order, name: Place order, description: A customer buys what is in the basket}
    - {id: track-order, name: Track order, description: Where an order is}
  publishes_events:
    - event: order.placed
      from_flow: place-order
    - event: order.cancelled
      from_flow: place-order
  consumes_events:
    - event: payment.failed
      handled_by_flow: track-order
  layout:
    flows:
      place-order: {x: 60, y: 60}    # first
      track-order: {x: 60, y: 260}
    portals:
      billing: {x: 460, y: 160}
"""

BILLING = """\
domain:
  name: billing
  description: Money in, money back
  flows:
    - {id: charge-card, name: Charge card, description: Takes the money}
  publishes_events:
    - {event: payment.failed, from_flow: charge-card}
  consumes_events:
    - {event: order.placed, handled_by_flow: charge-card}
    - {event: order.cancelled, handled_by_flow: charge-card}
"""

SUPPORT = """\
domain:
  name: support
  description: Answers to customers
  flows:
    - {id: answer-customer, name: Answer customer, type: agent}
"""

PLACE_ORDER = """\
# The way into the shop.
flow:
  id: place-order
  name: Place order
  type: traditional
  domain: orders
  description: A customer buys what is in the basket
trigger:
  type: http
  method: POST
  path: /orders
  id: start
  position: {x: 40, y: 160}
  connections: {next: basket}

nodes:
  - id: basket
    type: input
    label: Basket
    position: {x: 340, y: 160}
    spec:
      fields:
        sku: {type: string, required: true, min_length: 3, error: "Which article?"}
        count: {type: integer, required: true, min: 1, error: "How many?"}
    connections:
      valid: in_stock
      invalid: refused

  # asks the shelf, not the catalogue
  - id: in_stock
    type: decision
    label: Is it in stock?
    position: {x: 640, y: 160}
    spec:
      condition: $.count < 4
    connections:
      'true': charge
      'false': refused

  - id: charge
    type: sub_flow
    label: Charge the card
    position: {x: 940, y: 60}
    spec:
      flow_ref: billing/charge-card
      input_mapping: {amount: $.count}
    connections: {success: placed, failure: refused}

  - id: placed
    type: terminal
    label: Order placed
    position: {x: 1240, y: 60}
    spec:
      status: 201
      body: {message: "Thank you"}

  - id: refused
    type: terminal
    label: Order refused
    position: {x: 1240, y: 300}
    spec:
      status: 422
      body: {message: "Sorry"}
      audience: shopper   # the tool does not know this key
metadata:
  created_at: 2026-01-15
"""

TRACK_ORDER = """\
flow: {id: track-order, name: Track order, type: traditional, domain: orders}
trigger: {type: http, method: GET, path: "/orders/{id}"}
nodes:
  - id: look_up
    type: data_store
    spec: {operation: read, model: Order}
    connections: {success: found, failure: unknown}
  - {id: found, type: terminal, spec: {status: 200}}
  - {id: unknown, type: terminal, spec: {status: 404}}
"""

CHARGE_CARD = """\
flow:
  id: charge-card
  name: Charge card
  type: traditional
  domain: billing
trigger:
  type: event
  event: order.placed
nodes:
  - id: ask_bank
    type: service_call
    label: Ask the bank
    position: {x: 360, y: 100}
    spec:
      method: POST
      url: https://bank.example/charges
      timeout_ms: 5000
    connections: {success: paid, failure: not_paid}
  - id: paid
    type: terminal
    label: Paid
    position: {x: 660, y: 40}
    spec: {status: 200}
  - id: not_paid
    type: event
    label: Payment failed
    position: {x: 660, y: 200}
    spec: {event: payment.failed, payload: {order: $.order}}
    connections: {done: ended}
  - id: ended
    type: terminal
    label: Not paid
    position: {x: 960, y: 200}
    spec: {status: 402}
"""

ANSWER_CUSTOMER = """\
flow: {id: answer-customer, name: Answer customer, type: agent, domain: support}
trigger: {type: http, method: POST, path: /questions}
agent_config:
  model: claude-sonnet-4-5-20250929
  system_prompt: You help the customers of a corner shop.
  max_iterations: 8
tools:
  - id: find_order
    name: find_order
    description: Looks an order up
    parameters: {id: {type: string, required: true}}
    implementation: {type: sub_flow, flow: orders/track-order}
  - id: answer
    name: answer
    description: Answers and ends
    is_terminal: true
memory:
  - {name: talk, type: conversation_history, max_tokens: 4000, strategy: sliding_window}
guardrails:
  input:
    - {type: prompt_injection, action: block, message: "Please ask about your order."}
  output: []
nodes:
  - id: check_in
    type: guardrail
    spec: {position: input, checks: {$ref: '#/guardrails/input'}}
    connections: {pass: loop, block: done}
  - id: loop
    type: agent_loop
    label: Support agent
    spec: {config: {$ref: '#/agent_config'}, tools: {$ref: '#/tools'}}
    connections: {answer: done, error: done}
  - {id: done, type: terminal, label: Answered, spec: {status: 200}}
"""

FILES = {
    "specs/system.yaml": SYSTEM,
    "specs/system-layout.yaml": SYSTEM_LAYOUT,
    "specs/domains/orders/domain.yaml": ORDERS,
    "specs/domains/billing/domain.yaml": BILLING,
    "specs/domains/support/domain.yaml": SUPPORT,
    "specs/domains/orders/flows/place-order.yaml": PLACE_ORDER,
    "specs/domains/orders/flows/track-order.yaml": TRACK_ORDER,
    "specs/domains/billing/flows/charge-card.yaml": CHARGE_CARD,
    "specs/domains/support/flows/answer-customer.yaml": ANSWER_CUSTOMER,
}

PLACE_ORDER_FILE = "specs/domains/orders/flows/place-order.yaml"
TRACK_ORDER_FILE = "specs/domains/orders/flows/track-order.yaml"
ANSWER_CUSTOMER_FILE = "specs/domains/support/flows/answer-customer.yaml"
CHARGE_CARD_FILE = "specs/domains/billing/flows/charge-card.yaml"


def write_shop(root: Path, **other: str) -> Path:
    """Write the shop into a folder.

    Args:
        root: the folder, which may not exist yet.
        other: further files, or other texts, as ``path="text"`` through ``**{path: text}``.
    """
    for path, text in {**FILES, **other}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return root


def big_flow(nodes: int) -> str:
    """A flow file with so many nodes in rows of thirty, each leading to the next."""
    lines = [
        "flow: {id: big, name: Big flow, type: traditional, domain: orders}",
        "trigger: {type: http, method: GET, path: /big}",
        "nodes:",
    ]
    for index in range(nodes):
        x, y = 300 * (index % 30), 120 * (index // 30)
        lines += [
            f"  - id: n{index}",
            f"    type: {'terminal' if index == nodes - 1 else 'process'}",
            f"    label: Step {index}",
            f"    position: {{x: {x}, y: {y}}}",
            f"    spec: {{description: Does part {index}}}"
            if index < nodes - 1
            else "    spec: {status: 200}",
        ]
        if index < nodes - 1:
            lines.append(f"    connections: {{next: n{index + 1}}}")
    return "\n".join(lines) + "\n"
