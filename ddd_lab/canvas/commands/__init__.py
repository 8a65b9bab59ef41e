"""What the browser can ask for: one small function per operation, found by its name.

Each gets the desk it was asked at and its validated arguments, and returns the reply's result.
What it raises becomes the reply's failure, in words for the person who asked.
"""

from ddd_lab.canvas.commands import (
    clipboard,
    drift,
    edges,
    event_links,
    frames,
    implementation,
    navigation,
    new_flow,
    node_yaml,
    project,
    quick_fixes,
    refactor,
    search,
    sheets,
    specs,
)
from ddd_lab.canvas.commands._registry import OPERATIONS

__all__ = [
    "OPERATIONS",
    "clipboard",
    "drift",
    "edges",
    "event_links",
    "frames",
    "implementation",
    "navigation",
    "new_flow",
    "node_yaml",
    "project",
    "quick_fixes",
    "refactor",
    "search",
    "sheets",
    "specs",
]
