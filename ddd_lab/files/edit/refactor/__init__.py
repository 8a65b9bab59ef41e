"""Changes of a whole design: flows and domains added, renamed, moved, duplicated and deleted.

Every reference is carried along, in each file's own dialect, and each operation is one undo step.
"""

from ddd_lab.files.edit.refactor.add_domain import add_domain
from ddd_lab.files.edit.refactor.delete_domain import delete_domain
from ddd_lab.files.edit.refactor.delete_flow import delete_flow
from ddd_lab.files.edit.refactor.describe import describe_domain, describe_flow
from ddd_lab.files.edit.refactor.duplicate_flow import duplicate_flow
from ddd_lab.files.edit.refactor.move_flow import move_flow
from ddd_lab.files.edit.refactor.naming import references_in_flows
from ddd_lab.files.edit.refactor.rename_domain import rename_domain
from ddd_lab.files.edit.refactor.rename_flow import rename_flow

__all__ = [
    "add_domain",
    "delete_domain",
    "delete_flow",
    "describe_domain",
    "describe_flow",
    "duplicate_flow",
    "move_flow",
    "references_in_flows",
    "rename_domain",
    "rename_flow",
]
