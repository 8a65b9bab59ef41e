"""What a design looks like: maps and sheets as plain data, layout, Mermaid, SVG and plain text.

Nothing here writes a file, and everything is deterministic: the same design gives the same bytes.
"""

from __future__ import annotations

from .domain import domain_map
from .flows import flow_map
from .sheet import sheet
from .svg import sheet_svg, svg
from .system import system_map

__all__ = ["domain_map", "flow_map", "sheet", "sheet_svg", "svg", "system_map"]
