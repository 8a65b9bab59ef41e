"""A design in which every text is one that a test chooses, and what may not be left of it raw."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that act on a screen; line feeds and tabs are left to whoever prints lines."""
NASTY = (
    '¤\nclick a href "x"\n\x1b[2J\x07\u202eevil\u2066\u200e\x9b31m\u2028</script>`\n# Heading\x7f'
)
"""A text that would clear a screen, ring, and turn letters around."""
FLOW = "orders/place"


def write_design(root: Path, text: str) -> None:
    """Write a design with two flows, an agent, schemas and errors; all its texts say the same.

    Args:
        root: an empty folder.
        text: what is said everywhere; it should begin with something that is no plain word.
    """
    for path, data in _files(text).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(data, sort_keys=False))


def _files(text: str) -> dict[str, Any]:
    event = {"event": text, "schema": "order", "from_flow": "place", "description": text}
    return {
        "specs/system.yaml": {
            "system": {
                "name": text,
                "description": text,
                "tech_stack": {"language": text, text: text},
                "domains": [{"name": "orders", "description": text}],
                "environments": [{"name": text, "url": f"javascript:{text}"}],
            }
        },
        "specs/architecture.yaml": {
            "architecture": {
                "dependencies": {"production": {text: text}},
                "infrastructure": {"database": {"migrations": {"command": text}}},
                "testing": {"commands": {"test": text, "lint": text}},
            }
        },
        "specs/shared/errors.yaml": {
            "errors": {"orders": {text: {"message": text, "status": 400}}}
        },
        "specs/schemas/order.yaml": {
            "schema": {"name": text, "description": text, "fields": {text: {"type": text}}}
        },
        "specs/domains/orders/domain.yaml": {
            "domain": {
                "name": text,
                "description": text,
                "publishes_events": [event],
                "consumes_events": [{"event": text, "handled_by_flow": text}],
            }
        },
        f"specs/domains/{FLOW.replace('/', '/flows/')}.yaml": _flow(text),
        "specs/domains/orders/flows/advise.yaml": _agent(text),
    }


def _flow(text: str) -> dict[str, Any]:
    return {
        "flow": {"id": "place", "name": text, "domain": "orders", "description": text},
        "trigger": {"type": "http", "method": text, "path": f"/{text}", "label": text},
        "nodes": [
            {
                "id": "check",
                "type": "input",
                "label": text,
                "spec": {"fields": {text: {"type": text, "error": text}}},
                "connections": {"valid": "store", "invalid": "refuse"},
            },
            {
                "id": "store",
                "type": "data_store",
                "label": text,
                "spec": {"operation": text, "model": "order", "data": {text: text}},
                "connections": {"success": "tell", "error": "refuse"},
            },
            {
                "id": "tell",
                "type": "event",
                "label": text,
                "spec": {"direction": "emit", "event_name": text, "payload": {text: text}},
                "connections": {"next": "advise"},
            },
            {
                "id": "advise",
                "type": "sub_flow",
                "label": text,
                "spec": {"flow_ref": "orders/advise", "input": {text: text}},
                "connections": {"next": "done"},
            },
            {"id": text, "type": text, "label": text, "connections": {text: text}},
            {"id": "done", "type": "terminal", "label": text, "spec": {"body": {text: text}}},
            {
                "id": "refuse",
                "type": "terminal",
                "label": text,
                "spec": {"status": 400, "error_code": text, "body": {"code": text}},
            },
        ],
        "notes": [{"text": text, "position": {"x": 0, "y": 0}}],
        "metadata": {"created_by": text},
    }


def _agent(text: str) -> dict[str, Any]:
    return {
        "flow": {"id": "advise", "name": text, "type": "agent", "domain": "orders"},
        "trigger": {"type": "event", "event": text},
        "nodes": [
            {
                "id": "loop",
                "type": "agent_loop",
                "label": text,
                "spec": {"model": text, "system_prompt": text, "tools": [text]},
                "connections": {"done": "end"},
            },
            {
                "id": "look",
                "type": "tool",
                "label": text,
                "spec": {"name": text, "description": text, "parameters": {text: {"type": text}}},
            },
            {"id": "end", "type": "terminal", "label": text},
        ],
    }
