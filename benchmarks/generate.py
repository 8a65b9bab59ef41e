"""A made-up project of any size, always the same, written as people write such files.

Usage: python -m benchmarks.generate FOLDER [FLOWS] [NODES]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

FLOWS_PER_DOMAIN = 50

_SUBJECTS = (
    *("order", "parcel", "invoice", "customer", "payment", "refund", "return", "shipment"),
    *("supplier", "stock", "price", "voucher", "basket", "review", "address", "contract"),
    *("ticket", "delivery", "report", "account"),
)
_DEEDS = (
    *("accept", "amend", "approve", "archive", "assign", "book", "cancel", "check", "close"),
    *("collect", "confirm", "count", "create", "declare", "deliver", "detect", "export", "file"),
    *("find", "forward", "freeze", "import", "inspect", "issue", "label", "list", "match"),
    *("merge", "move", "notify", "open", "pack", "plan", "post", "price", "print", "quote"),
    *("rate", "record", "refuse", "release", "remind", "renew", "replace", "reserve", "route"),
    *("sample", "scan", "settle", "split", "weigh"),
)

_FLOW = """\
# {name}: agreed with the people of {domain}; ask them before a rule changes.
flow:
  id: {id}
  name: {name}
  type: traditional
  domain: {domain}
  description: What happens when somebody wants to {deed} a {subject}, step by step.

trigger:
  type: http
  method: POST
  path: /api/v1/{domain}/{id}
  auth: required
  label: {name} asked for
  position: {{ x: 60, y: 210 }}

nodes:
  - id: check_request
    type: input
    label: Check the request
    position: {{ x: 360, y: 210 }}
    spec:
      fields:
        reference:
          type: string
          required: true
          pattern: "^[A-Z]{{2}}[0-9]{{8}}$"
          error: A reference is two letters and eight digits
        amount:
          type: number
          required: true
          min: 0.01
          max: 100000
          error: The amount lies between one cent and a hundred thousand
        note:
          type: string
          required: false
          max_length: 500
          error: A note has at most 500 characters
    connections:
      valid: step_1
      invalid: rejected

"""

_STEPS = (
    """\
  # Worked out again on every call: nothing of it is kept.
  - id: {id}
    type: process
    label: Work out part {number}
    position: {{ x: {x}, y: {y} }}
    spec:
      operation: work_out_part_{number}
      description: >-
        Adds what the {subject} costs so far, in cents, and rounds it the way
        the bookkeepers do.
      inputs:
        reference: "$.reference"
        amount: "$.amount"
        asked_by: "$.user.id"
      output: part_{number}
    connections:
      next: {next}

""",
    """\
  - id: {id}
    type: decision
    label: Is part {number} allowed?
    position: {{ x: {x}, y: {y} }}
    spec:
      condition: "$.amount <= 50000 and $.note != 'part {number} is blocked'"
      description: Above the limit somebody has to look at it first.
    connections:
      "true": {next}
      "false": refused_{block}

""",
    """\
  - id: {id}
    type: data_store
    label: Keep part {number}
    position: {{ x: {x}, y: {y} }}
    spec:
      operation: update
      model: {model}
      filter: "reference = $.reference"
      data:
        total: "$.amount"
        checked_by: "$.user.id"
        checked_at: "$.now"
      description: One row per reference; the newest amount wins.
    connections:
      success: {next}
      failure: failed_{block}

""",
    """\
  - id: {id}
    type: service_call
    label: Tell the ledger about part {number}
    position: {{ x: {x}, y: {y} }}
    spec:
      method: POST
      url: https://ledger.example.org/v2/entries/{number}
      headers:
        Content-Type: application/json
        Idempotency-Key: "$.request_id"
      body:
        reference: "$.reference"
        total: "$.amount"
        currency: EUR
      timeout_ms: 4000
      retry: {{ max_attempts: 3, backoff: exponential }}   # the ledger sleeps at night
    connections:
      success: {next}
      failure: failed_{block}

""",
)

_FAILURES = """\
  - id: refused_{block}
    type: terminal
    label: Not allowed
    position: {{ x: {x}, y: {y} }}
    spec:
      status: 403
      body: {{ code: NOT_ALLOWED, error: Somebody has to look at this first }}

  - id: failed_{block}
    type: terminal
    label: Could not be kept
    position: {{ x: {after}, y: {y} }}
    spec:
      status: 500
      body: {{ code: INTERNAL_ERROR, error: Please try again in a minute }}

"""

_ENDINGS = """\
  - id: announce
    type: event
    label: Announce it
    position: {{ x: {x}, y: {y} }}
    spec:
      direction: emit
      event_name: {event}
      payload:
        reference: "$.reference"
        total: "$.amount"
    connections:
      next: done

  - id: done
    type: terminal
    label: Done
    position: {{ x: {after}, y: {y} }}
    spec:
      status: 201
      body:
        reference: "$.reference"

  - id: rejected
    type: terminal
    label: Something is wrong with the request
    position: {{ x: 360, y: 400 }}
    spec:
      status: 422
      body: {{ code: VALIDATION_ERROR, error: Please check the highlighted fields }}

metadata:
  created_by: ada
  created_at: "2025-03-14"
  completeness: 90
"""

_ERRORS = """\
errors:
  VALIDATION_ERROR: { http_status: 422, message: Please check the highlighted fields }
  NOT_ALLOWED: { http_status: 403, message: Somebody has to look at this first }
  INTERNAL_ERROR: { http_status: 500, message: Please try again in a minute }
"""

_SCHEMA = """\
schema:
  name: {model}
  version: "1.0.0"
  description: A {subject} as it is kept
  fields:
    reference: {{ type: string, index: true, max_length: 10 }}
    total: {{ type: integer }}
    checked_by: {{ type: uuid, nullable: true }}
    checked_at: {{ type: datetime, nullable: true }}
"""


BLOCK = 6
"""Steps that share the two terminals below them."""
ROW = 4 * BLOCK


def flow_text(domain: str, deed: str, subject: str, nodes: int) -> str:
    """A traditional flow of some nodes (seven at least), beside its trigger."""
    blocks = max(1, (nodes - 4) // (BLOCK + 2))
    steps = nodes - 4 - 2 * blocks
    name = f"{deed.capitalize()} {subject}"
    parts = [
        _FLOW.format(id=f"{deed}-{subject}", name=name, domain=domain, deed=deed, subject=subject)
    ]
    for number in range(1, steps + 1):
        x, y = _place(number)
        parts.append(
            _STEPS[number % len(_STEPS)].format(
                id=f"step_{number}",
                number=number,
                next=f"step_{number + 1}" if number < steps else "announce",
                block=min((number - 1) // BLOCK, blocks - 1) + 1,
                subject=subject,
                model=subject.capitalize(),
                x=x,
                y=y,
            )
        )
    for block in range(1, blocks + 1):
        x, y = _place((block - 1) * BLOCK + 1)
        parts.append(_FAILURES.format(block=block, x=x + 450, after=x + 1050, y=y + 190))
    x, y = _place(steps)
    event = f"{domain}.{deed}_done"
    parts.append(_ENDINGS.format(x=x + 300, after=x + 600, y=y, event=event))
    return "".join(parts)


def _place(number: int) -> tuple[int, int]:
    return 660 + 300 * ((number - 1) % ROW), 210 + 400 * ((number - 1) // ROW)


def write_project(root: Path, flows: int = 1000, nodes: int = 20) -> Path:
    """Write a project; the same arguments always give the same bytes.

    Args:
        root: a folder that is not there yet.
        flows: how many, fifty in a domain.
        nodes: of each flow.

    Returns:
        The folder.
    """
    if flows < 1:
        raise ValueError(f"{flows} flows: at least one")
    names = [_subject(place) for place in range(-(-flows // FLOWS_PER_DOMAIN))]
    listed = "".join(f"    - name: {n}s\n      description: All about a {n}\n" for n in names)
    _write(root / "specs/system.yaml", f"system:\n  name: generated\n  domains:\n{listed}")
    _write(root / "specs/shared/errors.yaml", _ERRORS)
    for place, subject in enumerate(names):
        domain, follower = f"{subject}s", f"{names[(place + 1) % len(names)]}s"
        deeds = _DEEDS[: min(FLOWS_PER_DOMAIN, flows - place * FLOWS_PER_DOMAIN)]
        folder = root / "specs/domains" / domain
        _write(folder / "domain.yaml", _domain_text(domain, subject, deeds, follower))
        _write(
            root / f"specs/schemas/{subject}.yaml",
            _SCHEMA.format(model=subject.capitalize(), subject=subject),
        )
        for deed in deeds:
            text = flow_text(domain, deed, subject, nodes)
            _write(folder / "flows" / f"{deed}-{subject}.yaml", text)
    return root


def write_ring(root: Path, domains: int, events: int = 5) -> Path:
    """Write a project of domains without flows, each with events that others wait for.

    Args:
        root: a folder that is not there yet.
        domains: how many.
        events: that each publishes; every one is consumed by one other domain, near or far.

    Returns:
        The folder.
    """
    chance = random.Random(domains)
    names = [f"area-{number}" for number in range(domains)]
    consumed: dict[str, list[str]] = {name: [] for name in names}
    for name in names:
        for number in range(events):
            consumed[chance.choice(names)].append(f"{name}.done_{number}")
    listed = "".join(f"    - name: {name}\n" for name in names)
    _write(root / "specs/system.yaml", f"system:\n  name: ring\n  domains:\n{listed}")
    for name in names:
        lines = ["domain:", f"  name: {name}", "  publishes_events:"]
        lines += [f"    - event: {name}.done_{number}" for number in range(events)]
        others = [event for event in consumed[name] if not event.startswith(f"{name}.")]
        lines += ["  consumes_events:"] if others else []
        lines += [f"    - event: {event}" for event in others]
        _write(root / f"specs/domains/{name}/domain.yaml", "\n".join(lines) + "\n")
    return root


def write_chain(root: Path, flows: int) -> Path:
    """Write a project of one domain, ``big``, whose flows wait for each other's events."""
    chance = random.Random(flows)
    names = [f"step-{number}" for number in range(flows)]
    _write(root / "specs/system.yaml", "system:\n  name: chain\n  domains:\n    - name: big\n")
    lines = ["domain:", "  name: big", "  flows:"]
    lines += [f"    - {{ id: {name}, name: {name} }}" for name in names]
    lines += ["  publishes_events:"]
    lines += [f"    - {{ event: big.{name}_done, from_flow: {name} }}" for name in names]
    lines += ["  consumes_events:"]
    for name in names:
        lines.append(f"    - {{ event: big.{chance.choice(names)}_done, handled_by_flow: {name} }}")
    _write(root / "specs/domains/big/domain.yaml", "\n".join(lines) + "\n")
    return root


def _subject(place: int) -> str:
    round, index = divmod(place, len(_SUBJECTS))
    return f"{_SUBJECTS[index]}{round + 1 if round else ''}"


def _domain_text(domain: str, subject: str, deeds: tuple[str, ...], follower: str) -> str:
    lines = ["domain:", f"  name: {domain}", f"  description: All about a {subject}", "  flows:"]
    for deed in deeds:
        lines += [f"    - id: {deed}-{subject}", f"      name: {deed.capitalize()} {subject}"]
        lines.append(f"      description: Somebody wants to {deed} a {subject}")
    lines.append("  publishes_events:")
    for deed in deeds:
        lines += [f"    - event: {domain}.{deed}_done", f"      from_flow: {deed}-{subject}"]
    if follower != domain:
        lines += ["  consumes_events:", f"    - event: {follower}.{_DEEDS[0]}_done"]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    folder, *sizes = sys.argv[1:]
    print(write_project(Path(folder), *map(int, sizes)))
