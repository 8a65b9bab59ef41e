"""What a design looks like: maps and sheets as plain data, layout, Mermaid, SVG and plain text.

Nothing here writes a file, and everything is deterministic: the same design gives the same bytes.
"""

from __future__ import annotations

from ddd_lab.maps.domain import domain_map
from ddd_lab.maps.flows import flow_map
from ddd_lab.maps.mermaid import mermaid, sheet_mermaid
from ddd_lab.maps.sheet import sheet
from ddd_lab.maps.svg import flows_svg, sheet_svg, svg
from ddd_lab.maps.system import system_map
from ddd_lab.maps.text import show_text
from ddd_lab.maps.trace import trace, trace_text

__all__ = [
    "domain_map",
    "flow_map",
    "flows_svg",
    "mermaid",
    "sheet",
    "sheet_mermaid",
    "sheet_svg",
    "show_text",
    "svg",
    "system_map",
    "trace",
    "trace_text",
]
