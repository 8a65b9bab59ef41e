"""What hands do on a sheet: copy, paste, contain, wire, annotate. The live flow inherits it."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.spec.edit.clipboard import duplicate_nodes as duplicates
from ddd_lab.spec.edit.connections import Which
from ddd_lab.spec.edit.containers import Container, containers, put_into, take_out
from ddd_lab.spec.edit.notes import Note, add_note, change_note, notes, remove_notes
from ddd_lab.spec.live.connection import LiveConnection
from ddd_lab.spec.live.host import Host
from ddd_lab.spec.live.read_only import Strict
from ddd_lab.spec.models.flow import FlowData


class FlowClipboard(Strict):
    """The edits of a flow that people make on its sheet, each one undoable step.

    Attributes:
        key: ``domain/flow``, which names the flow everywhere.
    """

    _plain = ("key",)

    def __init__(self, host: Host, key: str) -> None:
        self._host = host
        self.key = key

    @property
    def data(self) -> FlowData:
        """The present version, as a frozen value."""
        return self._host.flow_data(self.key)

    def edit(self, change: Callable[[FlowData], FlowData], label: str, token: str = "") -> None:
        """Make any change one undoable step.

        Args:
            change: from one version to the next, such as a function of ``ddd_lab.spec.edit.nodes``.
            label: what it is, for the undo button.
            token: steps with the same one, one after the other, become one.

        Raises:
            EditError: the change is refused.
        """
        self._host.edit_flow(self.key, change, label, token)

    # --- clipboard -------------------------------------------------------------------------

    def copy_nodes(self, *ids: str) -> str:
        """Nodes as YAML text, with the connections among them; any flow can paste it.

        Raises:
            EditError: a node does not exist, or there is nothing but the trigger to copy.
        """
        return self._host.copy_nodes(self.key, ids)

    def cut_nodes(self, *ids: str) -> str:
        """Copy nodes as text, then remove them as one step; the trigger stays.

        Raises:
            EditError: a node does not exist, or there is nothing but the trigger to cut.
        """
        return self._host.cut_nodes(self.key, ids)

    def paste(self, text: str, at: tuple[float, float] | None = None) -> tuple[str, ...]:
        """Add copied nodes, or nodes out of a file; returns their ids.

        Args:
            text: from :meth:`copy_nodes`, or YAML of nodes in any dialect.
            at: pixels of the top left corner; beside what lies there if left out.

        Raises:
            EditError: the text cannot be read or holds no nodes that can be pasted.
        """
        return self._host.paste_nodes(self.key, text, at)

    def duplicate_nodes(self, *ids: str) -> tuple[str, ...]:
        """Add a copy of each node beside it; returns the ids of the copies.

        Raises:
            EditError: a node does not exist, or there is nothing but the trigger to duplicate.
        """
        flow, made = duplicates(self.data, ids)
        what = ids[0] if len(ids) == 1 else f"{len(made)} nodes"
        self.edit(lambda _: flow, f"duplicate {what}")
        return made

    # --- nodes as YAML ---------------------------------------------------------------------

    def yaml_of(self, node: str) -> str:
        """The lines of a node, as saving would write them.

        Raises:
            EditError: there is no such node, or its file cannot be written as it stands.
        """
        return self._host.node_yaml(self.key, node)

    def set_yaml_of(self, node: str, text: str) -> str:
        """Make a node say what edited lines say; returns the id that it has then.

        Raises:
            EditError: with the line, where the text cannot be read or no node can be so.
        """
        return self._host.set_node_yaml(self.key, node, text)

    def preview_yaml_of(self, node: str, text: str) -> str:
        """The lines of the file that :meth:`set_yaml_of` would change, as a unified diff.

        Raises:
            EditError: as for :meth:`set_yaml_of`.
        """
        return self._host.preview_node_yaml(self.key, node, text)

    # --- connections -----------------------------------------------------------------------

    def connection(
        self, source: str, output: str | None = None, target: str | None = None
    ) -> LiveConnection:
        """One connection, live: ``flow.connection("charge", "next").label = "paid"``.

        Args:
            source: id of the node it leaves from.
            output: name of its output; any if left out.
            target: id of the node it leads to; any if left out.

        Raises:
            EditError: none matches.
        """
        return LiveConnection(self, Which(source, output, target))

    # --- containers ------------------------------------------------------------------------

    @property
    def containers(self) -> tuple[Container, ...]:
        """Loops, parallels and groups with what lies in each, outermost first."""
        return containers(self.data)

    def put_into(self, container: str, *ids: str) -> None:
        """Put nodes into a container; where they lie on the sheet stays as it is.

        Raises:
            EditError: a node does not exist, or cannot lie in there.
        """
        what = ids[0] if len(ids) == 1 else f"{len(ids)} nodes"
        self.edit(lambda flow: put_into(flow, ids, container), f"put {what} into {container}")

    def take_out(self, *ids: str) -> None:
        """Take nodes out of their container, into the one around that if there is one.

        Raises:
            EditError: a node does not exist or lies in no container.
        """
        what = ids[0] if len(ids) == 1 else f"{len(ids)} nodes"
        self.edit(lambda flow: take_out(flow, ids), f"take {what} out")

    # --- notes -----------------------------------------------------------------------------

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on the sheet."""
        return notes(self.data)

    def add_note(
        self,
        text: str,
        position: tuple[float, float] | None = None,
        size: tuple[float, float] | None = None,
    ) -> Note:
        """Put a note on the sheet and return it.

        Args:
            text: what it says.
            position: top left corner in pixels; layout decides if left out.
            size: width and height in pixels.

        Raises:
            EditError: too long a text, a place or size that is none.
        """
        flow, note = add_note(self.data, text, position, size)
        self.edit(lambda _: flow, "add a note")
        return note

    def change_note(
        self,
        id: str,
        *,
        text: str | None = None,
        position: tuple[float, float] | None = None,
        size: tuple[float, float] | None = None,
        token: str = "",
    ) -> None:
        """Change what is given of a note.

        Raises:
            EditError: no such note, or a value that cannot be.
        """
        self.edit(
            lambda flow: change_note(flow, id, text=text, position=position, size=size),
            f"change {id}",
            token,
        )

    def remove_note(self, *ids: str) -> None:
        """Take notes off the sheet.

        Raises:
            EditError: there is no such note.
        """
        self.edit(lambda flow: remove_notes(flow, ids), f"remove {ids[0] if ids else 'no note'}")
