"""What a design looks like: maps and sheets as plain data, layout, Mermaid, SVG and plain text.

Nothing here writes a file, and everything is deterministic: the same design gives the same bytes.
"""

from __future__ import annotations

from .domain import domain_map
from .flows import flow_map
from .mermaid import mermaid, sheet_mermaid
from .sheet import sheet
from .svg import sheet_svg, svg
from .system import system_map
from .text import show_text

__all__ = [
    "domain_map",
    "flow_map",
    "mermaid",
    "sheet",
    "sheet_mermaid",
    "sheet_svg",
    "show_text",
    "svg",
    "system_map",
]
