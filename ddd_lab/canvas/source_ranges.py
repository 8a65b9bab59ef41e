"""The lines of a file that something of the design stands in, as saving would write them."""

from __future__ import annotations

from textwrap import dedent

from ddd_lab.lossless_yaml import PatchError, YamlError
from ddd_lab.spec.problem import Place
from ddd_lab.workbench import Workbench

EXCERPT = 80
"""Lines of a file that are shown of something larger."""


def lines_of(workbench: Workbench, place: Place, line: int | None = None) -> tuple[str, int, str]:
    """Path, first line and text of a node, one of its connections, or the flow's own block."""
    path, first, last, trouble = _extent(workbench, place, line)
    if trouble:
        return path, 0, f"# These lines cannot be written as they stand: {trouble}"
    return path, first, excerpt(workbench, path, first, last) if first else ""


def extent_of(workbench: Workbench, place: Place, line: int | None = None) -> tuple[int, int]:
    """First and last line of the same; zeros where there are none."""
    return _extent(workbench, place, line)[1:3]


def _extent(workbench: Workbench, place: Place, line: int | None) -> tuple[str, int, int, str]:
    path = workbench.flow_path(place.flow)
    document = workbench.document(path)
    if document is None or document.version is None:
        return path, 0, 0, ""
    try:
        shape, tree = document.shape(), document.tree()
        if line is not None:
            written = shape.nodes[place.node].lines
            return path, *(tree.lines(written[line]) if line < len(written) else (0, 0)), ""
        at = shape.tree_path(place) if place.node else shape.header
        return path, *(tree.lines(at) if at else (1, EXCERPT)), ""
    except (PatchError, YamlError, KeyError) as error:
        return path, 0, 0, str(error)


def excerpt(workbench: Workbench, path: str, first: int, last: int) -> str:
    """Some lines of a file without their common indentation, cut where they are very many."""
    document = workbench.document(path) if path else None
    if document is None or document.version is None:
        return ""
    try:
        lines = document.text().rstrip("\n").split("\n")
    except PatchError as error:
        return f"# This file cannot be written as it stands: {error}"
    last = min(last, len(lines))
    shown = [line.rstrip("\r") for line in lines[first - 1 : min(last, first - 1 + EXCERPT)]]
    return dedent("\n".join(shown)) + ("\n…" if first - 1 + len(shown) < last else "")
