"""A program that has the design open, in a process of its own: with the API, or as a canvas.

Usage: python -m tests.fire.program api|canvas ROOT NUMBER

Orders come as lines of JSON, and each is answered by one.
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any

from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.files.projects import FLOW_PATH, KEY

SHARED = "charge"


class Api:
    """Edits and saves as a notebook does."""

    def __init__(self, root: str) -> None:
        self.project = Project(root, watch=False)

    def label(self, node: str, label: str) -> None:
        """Give a node another label, unsaved."""
        self.project.flows[KEY].nodes[node].label = label

    def save(self) -> str:
        """Save; returns why that was refused, or nothing."""
        try:
            self.project.save()
        except SaveError as error:
            return str(error)
        return ""

    def settle(self, keep: str) -> None:
        """End the conflict."""
        self.project.resolve(FLOW_PATH, keep)


class CanvasView:
    """Edits and saves as a browser does: by messages."""

    def __init__(self, root: str) -> None:
        self.screen = Screen(Project(root), KEY)

    def label(self, node: str, label: str) -> None:
        """Give a node another label, unsaved."""
        self.screen.ask("set", id=node, path=["label"], value=label)

    def save(self) -> str:
        """Save; returns why that was refused, or nothing."""
        reply = self.screen.try_("save")
        return "" if reply["ok"] else str(reply["error"]["message"])

    def settle(self, keep: str) -> None:
        """End the conflict."""
        self.screen.ask("conflict", path=FLOW_PATH, keep=keep)


def edit(view: Api | CanvasView, order: dict[str, Any]) -> dict[str, Any]:
    """Edit, and leave it unsaved."""
    view.label(order["node"], order["label"])
    if order["shared"]:
        view.label(SHARED, order["label"])
    return {}


def save(view: Api | CanvasView, chance: random.Random, pause: float) -> dict[str, Any]:
    """Save after a while; where there is a conflict, settle it somehow and save again."""
    if pause:
        time.sleep(chance.expovariate(1 / pause))
    told: list[str] = []
    while said := view.save():
        told.append(said)
        if "keep your version" in said:
            view.settle(chance.choice(("mine", "theirs")))
    return {"conflicts": told}


def main(kind: str, root: str, number: str) -> None:
    """Carry out what comes, until no more does."""
    view = CanvasView(root) if kind == "canvas" else Api(root)
    chance = random.Random(number)
    print("{}", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        answer = edit(view, order) if "node" in order else save(view, chance, order["pause"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
