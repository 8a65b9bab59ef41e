"""Changes of a whole design: flows and domains added, renamed, moved, duplicated and deleted.

Every reference is carried along, in each file's own dialect, and each operation is one undo step.
"""

from .add_domain import add_domain
from .delete_domain import delete_domain
from .delete_flow import delete_flow
from .duplicate_flow import duplicate_flow
from .live import DesignFlow, DesignWorkspace
from .move_flow import move_flow
from .rename_domain import rename_domain
from .rename_flow import rename_flow

__all__ = [
    "DesignFlow",
    "DesignWorkspace",
    "add_domain",
    "delete_domain",
    "delete_flow",
    "duplicate_flow",
    "move_flow",
    "rename_domain",
    "rename_flow",
]
