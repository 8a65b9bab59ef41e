"""Proposals for the tests, from plain data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ddd_lab.assist.proposals.edits import edit_of
from ddd_lab.assist.proposals.items import Item
from ddd_lab.assist.proposals.proposal import Proposal
from ddd_lab.workbench import Workbench

PLACE = "orders/place-order"


def proposal(workbench: Workbench, *edits: dict[str, Any], **options: Any) -> Proposal:
    """A proposal of edits as a model writes them; the flow is that of the place."""
    own = {"at": PLACE, **options}
    flows = {"add_node", "change_node", "delete_node", "rename_node", "add_note"}
    flows |= {"connect", "disconnect", "change_connection", "change_flow", "set_node_yaml"}
    return Proposal.of(
        workbench,
        [edit_of({"flow": own["at"], **edit} if edit["op"] in flows else edit) for edit in edits],
        **own,
    )


def titles(items: Any) -> list[str]:
    """What people read of items, or of refused ones."""
    return [item.title if isinstance(item, Item) else item.item.title for item in items]


def node(id: str, type: str = "process", **fields: Any) -> dict[str, Any]:
    """An edit that adds a node."""
    return {"op": "add_node", "node": id, "type": type, **fields}


def line(source: str, target: str, output: str = "", **fields: Any) -> dict[str, Any]:
    """An edit that connects two nodes."""
    return {"op": "connect", "source": source, "target": target, "output": output, **fields}


def change(id: str, **fields: Any) -> dict[str, Any]:
    """An edit that changes a node."""
    return {"op": "change_node", "node": id, **fields}


def files(root: Path) -> dict[str, bytes]:
    """The bytes of every file of a project."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".ddd" not in path.relative_to(root).parts
    }
