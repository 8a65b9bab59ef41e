"""Small projects for the tests of the files room."""

from __future__ import annotations

import difflib
from pathlib import Path

from ddd_lab.files.edit.design_workspace import DesignWorkspace
from ddd_lab.spec.live.flow import Flow

GUIDE_FLOW = """\
# How a card is charged
flow:
  id: charge-card
  name: Charge Card
  type: traditional
  domain: payments
trigger:
  type: http
  method: POST
  path: /charges   # public
nodes:
  - id: validate
    type: input
    position: {x: 100, y: 50}
    spec:
      fields:
        amount: {type: number, required: true, min: 1, error: "amount must be positive"}
    connections:
      valid: charge
      invalid: reject

  # talks to the bank
  - id: charge
    type: process
    label: 'Charge the card'
    position: {x: 300, y: 50}
    spec:
      operation: charge_card
      timeout: 30   # seconds
    connections:
      next: receipt

  - id: receipt
    type: terminal
    position: {x: 500, y: 50}
    spec:
      status: 201

  - id: reject
    type: terminal
    spec:
      status: 422
      body:
        code: VALIDATION_ERROR
metadata:
  created_at: 2025-02-04
  completeness: 100
"""

SYSTEM = """\
system:
  name: shop
  domains:
    - name: payments
      description: Taking money
"""

DOMAIN = """\
domain:
  name: payments
  description: Taking money
  flows:
    - id: charge-card
      name: Charge Card
      description: Charges a card
  publishes_events: []
  consumes_events: []
"""

SYSTEM_PATH = "specs/system.yaml"
FLOW_PATH = "specs/domains/payments/flows/charge-card.yaml"
KEY = "payments/charge-card"


def small_project(root: Path, flow: str | bytes = GUIDE_FLOW) -> Path:
    """Write a project of one domain with one flow."""
    path = root / FLOW_PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(flow if isinstance(flow, bytes) else flow.encode())
    (root / "specs/system.yaml").write_text(SYSTEM)
    (root / "specs/domains/payments/domain.yaml").write_text(DOMAIN)
    return root


def flow_of(workspace: DesignWorkspace, key: str = KEY) -> Flow:
    """A live flow of a workspace."""
    return Flow(workspace, key)


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that a diff without context shows, with their sign."""
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]
