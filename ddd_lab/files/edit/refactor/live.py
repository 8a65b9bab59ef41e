"""The changes of a whole design as methods of what people hold in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from ddd_lab.files.edit.refactor.add_domain import add_domain
from ddd_lab.files.edit.refactor.delete_domain import delete_domain
from ddd_lab.files.edit.refactor.delete_flow import delete_flow
from ddd_lab.files.edit.refactor.describe import describe_domain, describe_flow
from ddd_lab.files.edit.refactor.duplicate_flow import duplicate_flow
from ddd_lab.files.edit.refactor.move_flow import move_flow
from ddd_lab.files.edit.refactor.rename_domain import rename_domain
from ddd_lab.files.edit.refactor.rename_flow import rename_flow
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.live.flow import Flow

if TYPE_CHECKING:
    from ddd_lab.files.edit.dry_run import FileChange
    from ddd_lab.files.edit.refactor.naming import Mention


class DesignWorkspace(Workspace):
    """A workspace whose flows and domains can be added, renamed, moved, duplicated and deleted.

    Each method is one undo step that carries every reference along, and raises
    :class:`~ddd_lab.spec.edit.nodes.EditError` where a name is taken or unusable, something is not
    there, or a file would have to be changed that cannot be read.
    """

    def rename_flow(self, key: str, name: str) -> str:
        """Give a flow another name, and the id that is made from it; returns its new key."""
        return rename_flow(self, key, name)

    def move_flow(self, key: str, domain: str) -> str:
        """Move a flow to another domain; returns its new key."""
        return move_flow(self, key, domain)

    def duplicate_flow(self, key: str, name: str = "") -> str:
        """Add a copy of a flow to its domain; returns the copy's key."""
        return duplicate_flow(self, key, name)

    def delete_flow(self, key: str) -> None:
        """Delete a flow; what calls it keeps the call, for a person to decide."""
        delete_flow(self, key)

    def add_domain(self, name: str, description: str = "") -> str:
        """Add a domain; returns its id."""
        return add_domain(self, name, description)

    def rename_domain(self, domain: str, name: str) -> str:
        """Give a domain another name, and the id that is made from it; returns its new id."""
        return rename_domain(self, domain, name)

    def wire_event(
        self,
        event: str,
        source: str,
        target: str,
        *,
        description: str = "",
        add_nodes: bool = False,
    ) -> None:
        """Let ``source`` publish an event and ``target`` consume it; a domain or a flow each.

        With ``add_nodes`` the flows emit it and wait for it too.
        """
        from ddd_lab.files.edit.event_links import wire_event

        wire_event(self, event, source, target, description=description, add_nodes=add_nodes)

    def unwire_event(self, event: str, source: str, target: str) -> None:
        """Take an event's way from ``source`` to ``target`` out of both domains' files."""
        from ddd_lab.files.edit.event_links import unwire_event

        unwire_event(self, event, source, target)

    def delete_domain(self, domain: str, *, with_flows: bool = False) -> None:
        """Delete a domain; one that still has flows only ``with_flows=True``."""
        delete_domain(self, domain, with_flows=with_flows)

    def describe_flow(self, key: str, description: str) -> None:
        """Say what a flow is for, also where its domain repeats it."""
        describe_flow(self, key, description)

    def describe_domain(self, domain: str, description: str) -> None:
        """Say what a domain is for, also where a list of domains repeats it."""
        describe_domain(self, domain, description)

    def mentions_in_flows(
        self, flows: Collection[str] = (), domains: Collection[str] = ()
    ) -> list[Mention]:
        """Where flows name some flows, or domains and their flows: calls that deleting leaves."""
        from ddd_lab.files.edit.refactor.naming import mentions_in_flows

        return mentions_in_flows(self, flows, domains)

    def dry_run(self, act: Callable[[], object], *, diffs: int | None = None) -> list[FileChange]:
        """What an operation would do to the files, with lines of the first few; nothing changes."""
        from ddd_lab.files.edit.dry_run import dry_run

        return dry_run(self, act, diffs=diffs)


class DesignFlow(Flow):
    """One flow of an open project, always in its present version; every change is one step to undo.

    Args:
        design: the project.
        key: ``domain/flow``.

    Example:
        >>> project.flows["lending/return-item"]
        Flow('lending/return-item', 10 nodes)
    """

    def __init__(self, design: DesignWorkspace, key: str) -> None:
        super().__init__(design, key)
        self._design = design

    def rename(self, name: str) -> None:
        """Give the flow another name, and the id that is made from it, wherever it is named.

        Args:
            name: the new name.

        Raises:
            EditError: the name is taken or unusable, or a file that names the flow is broken.

        Example:
            >>> flow.rename("Take a copy back")
            >>> flow.key
            'lending/take-a-copy-back'
        """
        self.key = self._design.rename_flow(self.key, name)

    def move_to(self, domain: str) -> None:
        """Move the flow to another domain, with its events and everything that names it.

        Args:
            domain: id of the domain.

        Raises:
            EditError: no such domain, its id is taken there, or a file that names it is broken.

        Example:
            >>> flow.move_to("catalogue")
            >>> flow.key
            'catalogue/return-item'
        """
        self.key = self._design.move_flow(self.key, domain)

    def duplicate_as(self, name: str = "") -> DesignFlow:
        """Add a copy of the flow to its domain.

        Args:
            name: what the copy is called; made from the flow's own name if left out.

        Returns:
            The copy.

        Raises:
            EditError: the name is taken or unusable.

        Example:
            >>> flow.duplicate_as("Return by post")
            Flow('lending/return-by-post', 10 nodes)
        """
        return DesignFlow(self._design, self._design.duplicate_flow(self.key, name))

    def delete(self) -> None:
        """Delete the flow; what calls it keeps the call, for a person to decide.

        Raises:
            EditError: a file that names the flow is broken.

        Example:
            >>> flow.delete()
            >>> "lending/return-item" in project.flows
            False
        """
        self._design.delete_flow(self.key)
