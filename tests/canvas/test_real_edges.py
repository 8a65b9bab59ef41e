"""Every connection that real files state is a line on the canvas, from a port that is drawn.

The files are read here once more, plainly, so that nothing which the models overlook can hide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.lossless_yaml import parse
from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.corpus import real_projects

PROJECTS = real_projects()
TARGETS = ("targetNodeId", "target", "targetId", "to", "node")
OUTPUTS = ("sourceHandle", "handle", "output")
Edge = tuple[str, str, str]


def stated(data: Any) -> Iterator[Edge]:
    """Source, output and target of every connection in a flow's file."""
    blocks = [("trigger", data.get("trigger")), *(("", node) for node in data.get("nodes") or ())]
    for fallback, block in blocks:
        if isinstance(block, dict):
            source = str(block.get("id", fallback))
            for output, target in leaving(block.get("connections")):
                yield source, output, target
    for item in data.get("connections") or ():
        source = item.get("source", item.get("from", item.get("sourceNodeId")))
        for output, target in leaving([item]):
            yield source, output, target


def leaving(connections: Any) -> Iterator[tuple[str, str]]:
    """Output and target of the connections of one node, however they are written."""
    if isinstance(connections, dict):
        for output, targets in connections.items():
            for target in targets if isinstance(targets, list) else [targets]:
                yield word(output), named(target, TARGETS)
    for item in connections if isinstance(connections, list) else ():
        output = named(item, OUTPUTS) if isinstance(item, dict) else ""
        yield "next" if output in ("", "default") else output, named(item, TARGETS)


def named(item: Any, keys: tuple[str, ...]) -> str:
    return (
        word(next((item[key] for key in keys if key in item), ""))
        if isinstance(item, dict)
        else word(item)
    )


def word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def flow_files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.glob("specs/domains/*/flows/*.y*ml")):
        yield flow_key(path.relative_to(root).as_posix()), path


@pytest.mark.skipif(not PROJECTS, reason="the corpus is not there: set DDD_LAB_CORPUS")
@pytest.mark.parametrize("root", PROJECTS, ids=lambda root: root.name)
def test_every_edge_of_real_flows_is_a_line_between_what_is_drawn(root: Path) -> None:
    checked = 0
    with Project(root, watch=False) as project:
        screen = Screen(project)
        for key, path in flow_files(root):
            try:
                data = parse(path.read_text("utf-8")).data
            except ValueError:
                continue  # a file that is not YAML: there is a problem instead of a sheet
            screen.ask("go", at=key)
            cards = screen.cards
            lines = screen.lines()
            for source, output, target in stated(data):
                assert (source, output, target) in lines, f"{key}: {source} {output} → {target}"
                ports = [port["name"] for port in cards[source]["outputs"]]
                assert output in ports, f"{key}#{source} draws {ports}, but no {output!r}"
                assert target in cards, f"{key}: nothing is drawn at {target}"
                checked += 1
            for source, output, target in lines:
                drawn = [port["name"] for port in cards[source]["outputs"]]
                assert output in drawn
                assert target in cards
        screen.canvas.close()
    assert checked > 0
