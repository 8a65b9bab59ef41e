"""Graphviz's ``dot`` on the graph of a board: how few crossings another layout needs."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.readings import Segment, crossings
from ddd_lab.canvas.protocol.messages import Board

INCH = 72.0
STEPS = 8
"""Straight pieces that a curve is followed by."""


def dot_crossings(board: Board) -> int | None:
    """Crossings of the better one of dot's drawings, rightwards and downwards.

    Returns:
        None where the program is missing.
    """
    if shutil.which("dot") is None:
        return None
    return min(_drawn(board, direction) for direction in ("LR", "TB"))


def _drawn(board: Board, direction: str) -> int:
    names = {card.id: f"n{number}" for number, card in enumerate(board.cards)}
    lines = [f'digraph {{ rankdir={direction}; node [shape=box fixedsize=true label=""];']
    for card in board.cards:
        size = f"width={card.width / INCH} height={card.height / INCH}"
        lines.append(f"{names[card.id]} [{size}];")
    lines += [
        f"{names[link.source]} -> {names[link.target]};"
        for link in board.links
        if link.source in names and link.target in names
    ]
    text = "\n".join([*lines, "}"])
    made = subprocess.run(
        ["dot", "-Tjson"], input=text, text=True, capture_output=True, check=True
    ).stdout
    edges = json.loads(made).get("edges", [])
    return crossings({str(number): _pieces(edge) for number, edge in enumerate(edges)})


def _pieces(edge: dict[str, Any]) -> list[Segment]:
    spline = next(step for step in edge["_draw_"] if step["op"] in ("b", "B"))
    points = [*_followed(spline["points"]), tuple(spline["points"][-1])]
    return [Segment(*a, *b) for a, b in pairwise(points)]


def _followed(points: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    """Points on a curve of cubic pieces."""
    for first in range(0, len(points) - 3, 3):
        a, b, c, d = points[first : first + 4]
        for step in range(STEPS):
            t = step / STEPS
            u = 1 - t
            x, y = (
                u**3 * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t**3 * d[axis]
                for axis in (0, 1)
            )
            yield x, y
