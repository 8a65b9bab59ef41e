"""Where specs name a flow or a domain: declared once, for renaming, deleting and looking up."""

from ddd_lab.spec.references._calls import (
    Call,
    block_calls,
    called_flow,
    calls,
    led_agents,
    node_calls,
)
from ddd_lab.spec.references._files import file_names
from ddd_lab.spec.references._flows import flow_names
from ddd_lab.spec.references._name import Known, Name
from ddd_lab.spec.references._renaming import Renaming, rename_in_data, rename_in_flow

__all__ = [
    "Call",
    "Known",
    "Name",
    "Renaming",
    "block_calls",
    "called_flow",
    "calls",
    "file_names",
    "flow_names",
    "led_agents",
    "node_calls",
    "rename_in_data",
    "rename_in_flow",
]
