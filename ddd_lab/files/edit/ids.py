"""Ids and names: made from what a person gave, refused where they are taken or unusable."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ddd_lab.files.disk.paths import safe_name
from ddd_lab.files.disk.storage import UnsafePathError
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.plain_data import word


def id_of(name: str) -> str:
    """The id for a name: lower case, words joined by dashes (the guide's rule)."""
    return re.sub(r"[^a-z0-9_]+", "-", name.strip().lower()).strip("-")


def titled(id: str) -> str:
    """The name that an id stands for: ``Charge Card`` for ``charge-card``."""
    return " ".join(word.capitalize() for word in re.split(r"[-_]+", id) if word)


def new_id(name: str, what: str, taken: Iterable[str], where: str = "") -> str:
    """The id for the name of a new flow or domain; EditError if it is unusable or taken."""
    try:
        id = safe_name(id_of(word(name, f"the name of a {what}")), what)
    except UnsafePathError as error:
        raise EditError(f"no id can be made from {name!r}: {error}") from None
    for other in taken:  # some disks take names for one that differ only in case
        if other.casefold() == id.casefold():
            raise EditError(f"there is already a {what} {other!r}{where}; choose another name")
    return id


def refuse_other_case(old: str, new: str) -> None:
    """Refuse an id that differs only in case: some disks take both files for one."""
    if new != old and new.casefold() == old.casefold():
        raise EditError(
            f"{new!r} differs from {old!r} only in capital letters, which some disks ignore. "
            "Choose another name, or rename twice"
        )


def new_name(name: str, old_id: str, old_name: str, new: str) -> str:
    """What people call something after it was renamed: the name given.

    For an id alone, it is the name made from it where the old one was made that way, else the old.
    """
    if name.strip() != new:
        return name.strip()
    if old_name == old_id:
        return new
    if old_name.casefold() == titled(old_id).casefold():
        derived = titled(new)
        return derived if old_name == titled(old_id) else derived[:1] + derived[1:].lower()
    return old_name


def flow_file_of(workspace: Workspace, key: str) -> FlowData:
    """A flow that an operation works on; EditError where it does not exist or cannot be read."""
    try:
        return workspace.flow_data(key)
    except KeyError as error:
        raise EditError(str(error.args[0])) from None


def refuse_unknown_domain(workspace: Workspace, domain: str) -> None:
    """Refuse a domain that does not exist, and say which do."""
    if domain not in workspace.design.domains:
        names = ", ".join(workspace.design.domains) or "none yet"
        hint = meant(domain, workspace.design.domains, f". Choose one of: {names}")
        raise EditError(f"there is no domain {domain!r}{hint}")


def flow_ids(workspace: Workspace, domain: str) -> set[str]:
    """Ids of the flows of a domain: those that have a file and those that it lists."""
    files = (key.partition("/") for key in workspace.design.flow_keys)
    listed = {flow.id for flow in workspace.design.domains[domain].flows}
    return listed | {flow for folder, _, flow in files if folder == domain}
