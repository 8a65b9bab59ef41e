"""Where specs name a flow or a domain: declared once, for renaming, deleting and looking up."""

from ._calls import Call, calls
from ._files import file_names
from ._flows import flow_names
from ._name import Known, Name
from ._renaming import Renaming, rename_in_data, rename_in_flow

__all__ = [
    "Call",
    "Known",
    "Name",
    "Renaming",
    "calls",
    "file_names",
    "flow_names",
    "rename_in_data",
    "rename_in_flow",
]
