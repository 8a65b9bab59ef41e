"""The part of a project that changes the design as a whole, and its files."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ddd_lab.project.parts import DesignFlow
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.files.documents.document import Document
    from ddd_lab.files.edit.replace import Replacement, Scope
    from ddd_lab.project.lists import Matches, SearchMatches


class Edits:
    """What a project changes: flows, domains, events and texts; steps to undo, and saving."""

    workbench: Workbench

    def new_flow(
        self,
        name: str,
        domain: str,
        type: str = "traditional",
        *,
        template: str = "",
        **parameters: str,
    ) -> DesignFlow:
        """Add a flow, listed in its domain, as one step.

        Args:
            name: what people call it; the id is made from it. With a template it may be empty.
            domain: id of the domain it belongs to.
            type: ``traditional`` or ``agent``; a template decides for itself.
            template: what to start with, one of ``ddd_lab.spec.templates.templates()``; a trigger
                and a terminal when left out. A template of several flows gives the first of them.
            parameters: of the template: ``entity="Order"``, ``event="order.placed"``, ...

        Returns:
            The flow.

        Raises:
            EditError: the name is taken or unusable, there is no such domain, type or template.

        Example:
            >>> project.new_flow("Reserve a seat", "lending")
            Flow('lending/reserve-a-seat', 1 nodes)
        """
        key = self.workbench.new_flow(name, domain, type, template=template, **parameters)
        return DesignFlow(self.workbench, key)

    def new_flows(
        self, template: str, domain: str, name: str = "", **parameters: str
    ) -> list[DesignFlow]:
        """Add all flows of a template, with the schema and events they need, as one step.

        Args:
            template: its id, with the first parameter in brackets or not: ``CRUD_API<Order>``.
            domain: id of the domain they belong to.
            name: what the (first) flow is called, instead of the template's own name.
            parameters: of the template: ``entity="Order"``, ``event="order.placed"``, ...

        Returns:
            The flows.

        Raises:
            EditError: a name is taken or unusable, there is no such domain or template.

        Example:
            >>> [flow.id for flow in project.new_flows("CRUD_API<Seat>", "lending")]
            ['create-seat', 'get-seat', 'update-seat', 'delete-seat', 'list-seats']
        """
        keys = self.workbench.new_flows(template, domain, name, **parameters)
        return [DesignFlow(self.workbench, key) for key in keys]

    def add_domain(self, name: str, description: str = "") -> str:
        """Add a domain.

        Args:
            name: what people call it; the id is made from it.
            description: what it is for.

        Returns:
            The id.

        Raises:
            EditError: the name is taken or unusable.

        Example:
            >>> project.add_domain("Rooms", "Rooms that readers can book")
            'rooms'
        """
        return self.workbench.add_domain(name, description)

    def wire_event(
        self,
        event: str,
        source: str,
        target: str,
        *,
        description: str = "",
        add_nodes: bool = False,
    ) -> None:
        """Let a domain or flow publish an event, and another one consume it.

        Args:
            event: name of the event.
            source: the domain or flow that publishes it.
            target: the domain or flow that consumes it.
            description: what the event means, in a sentence.
            add_nodes: whether the named flows get nodes that emit the event and wait for it.

        Raises:
            EditError: there is no such domain or flow, both are the same, or the name is not valid.

        Example:
            >>> project.wire_event("copy.lost", "lending", "catalogue")
            >>> project.domains["catalogue"].consumes[-1].event
            'copy.lost'
        """
        self.workbench.wire_event(
            event, source, target, description=description, add_nodes=add_nodes
        )

    def unwire_event(self, event: str, source: str, target: str) -> None:
        """Remove an event's link from ``source`` to ``target`` in both domains' files.

        Args:
            event: name of the event.
            source: the domain or flow that publishes it.
            target: the domain or flow that consumes it.

        Raises:
            EditError: there is no such link.

        Example:
            >>> project.wire_event("copy.lost", "lending", "catalogue")
            >>> project.unwire_event("copy.lost", "lending", "catalogue")
        """
        self.workbench.unwire_event(event, source, target)

    def search(self, text: str, limit: int = 50) -> SearchMatches:
        """The best matches for some words in all of the design: names first, then settings.

        Args:
            text: words that must all occur in one text, in any case.
            limit: how many matches at most.

        Returns:
            The matches, the best first: a list, which a cell shows as a table.

        Example:
            >>> [match.where for match in project.search("remind overdue")][0]
            'lending/remind-overdue'
        """
        from ddd_lab.project.lists import SearchMatches

        return SearchMatches(self.workbench.search(text, limit))

    def find(
        self, pattern: str, *, regex: bool = False, case: bool = False, in_: Scope = None
    ) -> Matches:
        """Every text of the design that a pattern is found in.

        Args:
            pattern: the text, or with ``regex`` a regular expression.
            regex: whether it is one.
            case: whether capitals and small letters differ.
            in_: where to look: a domain, ``domain/flow``, ``domain/flow#node``, a file's path, or
                several; everywhere if left out.

        Returns:
            The matches, by file and line: a list, which a cell shows as a table.

        Raises:
            EditError: the pattern is empty or not valid, or there is no such place.

        Example:
            >>> len(project.find("please try again"))
            17
        """
        from ddd_lab.project.lists import Matches

        return Matches(self.workbench.find(pattern, regex=regex, case=case, in_=in_))

    def replace(
        self,
        pattern: str,
        replacement: str,
        *,
        regex: bool = False,
        case: bool = False,
        in_: Scope = None,
        ids: bool = False,
    ) -> Replacement:
        r"""What replacing a pattern would change; ``.apply()`` makes the changes as one step.

        Args:
            pattern: as for :meth:`find`.
            replacement: the new text; with ``regex``, ``\1`` is the first group.
            regex: whether the pattern is a regular expression.
            case: whether capitals and small letters differ.
            in_: where to look; everywhere if left out.
            ids: whether ids of nodes are renamed too; references to flows never change here.

        Returns:
            The changes; nothing is changed yet.

        Raises:
            EditError: the pattern or replacement is not valid, or there is no such place.

        Example:
            >>> replacement = project.replace("please try again", "please wait")
            >>> replacement.apply()
            17
        """
        return self.workbench.replace(
            pattern, replacement, regex=regex, case=case, in_=in_, ids=ids
        )

    def step(self, label: str) -> AbstractContextManager[None]:
        """Make everything that is changed inside one undo step; an exception undoes it all.

        Args:
            label: what is done, for the undo button.

        Example:
            >>> with project.step("tidy up"):
            ...     flow.remove_node("was_not_on_loan")
            ...     node.label = "Find the loan"
            >>> project.undo()
            'tidy up'
        """
        return self.workbench.step(label)

    def undo(self) -> str:
        """Undo the last step.

        Returns:
            The label of the step; empty if there was none.

        Example:
            >>> node.label = "Find the loan"
            >>> project.undo()
            'set label of find_loan'
        """
        return self.workbench.undo()

    def redo(self) -> str:
        """Redo the step that was undone last.

        Returns:
            The label of the step; empty if there was none.

        Example:
            >>> node.label = "Find the loan"
            >>> project.undo() == project.redo()
            True
        """
        return self.workbench.redo()

    def save(self, paths: Iterable[str] | None = None) -> list[str]:
        """Write every file with unsaved changes (or only some), each atomically.

        A new design in an empty folder is trusted from the start.

        Args:
            paths: which files; all with unsaved changes if left out.

        Returns:
            The paths written, in order.

        Raises:
            SaveError: some could not be written (full disk, read-only folder, conflict with a
                change on disk, ...); all others were, and nothing of what failed is lost.

        Example:
            >>> node.label = "Find the loan"
            >>> project.save()
            ['specs/domains/lending/flows/return-item.yaml']
        """
        return self.workbench.save(paths)

    @property
    def dirty(self) -> set[str]:
        """Paths of the files with unsaved changes.

        Example:
            >>> node.label = "Find the loan"
            >>> project.dirty
            {'specs/domains/lending/flows/return-item.yaml'}
        """
        return self.workbench.dirty

    @property
    def conflicts(self) -> dict[str, Document]:
        """Documents in which the same place was changed here and on disk.

        Example:
            >>> project.conflicts
            {}
        """
        return self.workbench.conflicts

    def resolve(self, path: str, keep: str) -> None:
        """Resolve a conflict, as one undoable step.

        Args:
            path: the file.
            keep: ``mine`` (what is here) or ``theirs`` (what is on disk) where both sides changed
                the same; all other changes of both are kept.

        Raises:
            EditError: there is no conflict, or ``keep`` is neither.

        Example:
            >>> for path in project.conflicts:
            ...     project.resolve(path, "mine")
        """
        self.workbench.resolve(path, keep)

    def finish_saves(self) -> list[str]:
        """Finish saves of several files that were cut off, yours and those of others.

        Files that have changed since then are left as they are.

        Returns:
            The paths that were written or removed.

        Raises:
            JournalError: what would be written cannot be read.
            OSError: something cannot be read or written.

        Example:
            >>> project.finish_saves()
            []
        """
        return self.workbench.finish_saves()

    def drop_saves(self) -> None:
        """Forget saves of several files that were cut off; the files stay as they are.

        Raises:
            OSError: their journals cannot be removed.

        Example:
            >>> project.drop_saves()
        """
        self.workbench.drop_saves()

    def refresh(self) -> set[str]:
        """Look at every file on disk now.

        Returns:
            The paths that had changed.

        Example:
            >>> project.refresh()
            set()
        """
        return self.workbench.reload()
