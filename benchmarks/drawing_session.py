"""How often the direction of a sheet changes while a person draws on it."""

from __future__ import annotations

import random
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import ddd_lab as ddd
from benchmarks.designs import write_line
from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession

TYPES = ("process", "decision", "data_store", "service_call", "terminal")


def direction_changes(cards: int = 30) -> int:
    """Changes while cards are put anywhere on a sheet and each is connected.

    Args:
        cards: how many.
    """
    dice = random.Random(5)  # always the same drawing
    directions: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ddd-drawing-") as folder:
        key = write_line(Path(folder), 4)
        with ddd.open(folder) as project:
            session = CanvasSession(
                project.workbench, key, lambda message: _note(message, directions)
            )
            session.show()
            for number in range(cards):
                source = dice.choice([card.id for card in session.board.cards.values()])
                new = {
                    "type": dice.choice(TYPES),
                    "x": dice.randrange(2000),
                    "y": dice.randrange(2000),
                    "connect_from": source,
                }
                dispatch(session, {"id": number, "op": "add", "args": new, "at": key})
            session.close()
    return sum(one != other for one, other in pairwise(directions))


def _note(message: dict[str, Any], directions: list[str]) -> None:
    board = message.get("board") or message.get("patch", {}).get("board", {})
    if "direction" in board:
        directions.append(board["direction"])
