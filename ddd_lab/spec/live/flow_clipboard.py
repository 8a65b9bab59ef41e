"""The edits that people make on a sheet: clipboard, containers, connections, notes."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.plurals import name_or_count
from ddd_lab.spec.edit.clipboard import duplicate_nodes as duplicates
from ddd_lab.spec.edit.connections import Which
from ddd_lab.spec.edit.containers import Container, containers, put_into, take_out
from ddd_lab.spec.edit.notes import Note, add_note, change_note, notes, remove_notes
from ddd_lab.spec.live.connection import LiveConnection
from ddd_lab.spec.live.flow_host import FlowHost
from ddd_lab.spec.live.read_only import Strict
from ddd_lab.spec.models.flow import FlowData


class FlowClipboard(Strict):
    """The edits of a flow that people make on its sheet, each one undoable step.

    Attributes:
        key: ``domain/flow``, which names the flow everywhere.
    """

    _plain = ("key",)

    def __init__(self, host: FlowHost, key: str) -> None:
        self._host = host
        self.key = key

    @property
    def data(self) -> FlowData:
        """The present version, as a frozen value.

        Example:
            >>> flow.data.nodes[0].id
            'check_scan'
        """
        return self._host.flow_data(self.key)

    def edit(self, change: Callable[[FlowData], FlowData], label: str, token: str = "") -> None:
        """Make any change one step to undo.

        Args:
            change: from one version to the next, such as a function of ``ddd_lab.spec.edit.nodes``.
            label: what it is, for the undo button.
            token: steps with the same one, one after the other, become one.

        Raises:
            EditError: the change is refused.

        Example:
            >>> from ddd_lab.spec.edit.nodes import remove_nodes
            >>> flow.edit(lambda data: remove_nodes(data, ["returned"]), "drop the answer")
            >>> project.undo()
            'drop the answer'
        """
        self._host.edit_flow(self.key, change, label, token)

    # --- clipboard -------------------------------------------------------------------------

    def copy_nodes(self, *ids: str) -> str:
        """Nodes as YAML text, with the connections among them; any flow can paste it.

        Args:
            ids: ids of the nodes.

        Returns:
            The text.

        Raises:
            EditError: a node does not exist, or there is nothing but the trigger to copy.

        Example:
            >>> text = flow.copy_nodes("find_loan", "on_loan")
            >>> flow.paste(text)
            ('find_loan_2', 'on_loan_2')
        """
        return self._host.copy_nodes(self.key, ids)

    def cut_nodes(self, *ids: str) -> str:
        """Copy nodes as text, then remove them as one step; the trigger stays.

        Args:
            ids: ids of the nodes.

        Returns:
            The text.

        Raises:
            EditError: a node does not exist, or there is nothing but the trigger to cut.

        Example:
            >>> text = flow.cut_nodes("storage_failed")
            >>> "storage_failed" in flow.nodes
            False
        """
        return self._host.cut_nodes(self.key, ids)

    def paste(self, text: str, at: tuple[float, float] | None = None) -> tuple[str, ...]:
        """Add copied nodes, or nodes out of a file.

        Args:
            text: from :meth:`copy_nodes`, or YAML of nodes in any dialect.
            at: pixels of the top left corner; beside what lies there if left out.

        Returns:
            The ids of the new nodes.

        Raises:
            EditError: the text cannot be read or holds no nodes that can be pasted.

        Example:
            >>> flow.paste("- {id: log_return, type: process}", at=(660, 60))
            ('log_return',)
        """
        return self._host.paste_nodes(self.key, text, at)

    def duplicate_nodes(self, *ids: str) -> tuple[str, ...]:
        """Add a copy of each node beside it.

        Args:
            ids: ids of the nodes.

        Returns:
            The ids of the copies.

        Raises:
            EditError: a node does not exist, or there is nothing but the trigger to duplicate.

        Example:
            >>> flow.duplicate_nodes("find_loan")
            ('find_loan_2',)
        """
        flow, copies = duplicates(self.data, ids)
        what = ids[0] if len(ids) == 1 else f"{len(copies)} nodes"
        self.edit(lambda _: flow, f"duplicate {what}")
        return copies

    # --- nodes as YAML ---------------------------------------------------------------------

    def yaml_of(self, node: str) -> str:
        """The lines of a node, as saving would write them.

        Args:
            node: id of the node.

        Returns:
            YAML text.

        Raises:
            EditError: there is no such node, or its file cannot be written as it stands.

        Example:
            >>> flow.yaml_of("find_loan").splitlines()[0]
            'id: find_loan'
        """
        return self._host.node_yaml(self.key, node)

    def set_yaml_of(self, node: str, text: str) -> str:
        """Make a node say what edited lines say.

        Args:
            node: id of the node.
            text: all lines of the node, as :meth:`yaml_of` gives them.

        Returns:
            The id that the node has then.

        Raises:
            EditError: with the line, where the text cannot be read or no node can be so.

        Example:
            >>> flow.set_yaml_of("find_loan", flow.yaml_of("find_loan").replace("find_", "get_"))
            'get_loan'
        """
        return self._host.set_node_yaml(self.key, node, text)

    def preview_yaml_of(self, node: str, text: str) -> str:
        """The lines of the file that :meth:`set_yaml_of` would change.

        Args:
            node: id of the node.
            text: all lines of the node.

        Returns:
            A unified diff; empty where nothing would change.

        Raises:
            EditError: as for :meth:`set_yaml_of`.

        Example:
            >>> flow.preview_yaml_of("find_loan", flow.yaml_of("find_loan"))
            ''
        """
        return self._host.preview_node_yaml(self.key, node, text)

    # --- connections -----------------------------------------------------------------------

    def connection(
        self, source: str, output: str | None = None, target: str | None = None
    ) -> LiveConnection:
        """One connection, live: its label, condition and other settings can be set.

        Args:
            source: id of the node it leaves from.
            output: name of its output; any if left out.
            target: id of the node it leads to; any if left out.

        Returns:
            The connection.

        Raises:
            EditError: none matches.

        Example:
            >>> flow.connection("on_loan", "true").label = "on loan"
            >>> flow.connection("on_loan", "true").label
            'on loan'
        """
        return LiveConnection(self, Which(source, output, target))

    # --- containers ------------------------------------------------------------------------

    @property
    def containers(self) -> tuple[Container, ...]:
        """Loops, parallels and groups with what lies in each, outermost first.

        Example:
            >>> loop = flow.add_node("loop", id="each_copy")
            >>> flow.put_into("each_copy", "find_loan")
            >>> [(container.id, container.children) for container in flow.containers]
            [('each_copy', ('find_loan',))]
        """
        return containers(self.data)

    def put_into(self, container: str, *ids: str) -> None:
        """Put nodes into a container; where they lie on the sheet stays as it is.

        Args:
            container: id of the loop, parallel or group.
            ids: ids of the nodes.

        Raises:
            EditError: a node does not exist, or cannot lie in there.

        Example:
            >>> loop = flow.add_node("loop", id="each_copy")
            >>> flow.put_into("each_copy", "find_loan", "on_loan")
        """
        what = name_or_count(ids, "node")
        self.edit(lambda flow: put_into(flow, ids, container), f"put {what} into {container}")

    def take_out(self, *ids: str) -> None:
        """Take nodes out of their container, into the one around that if there is one.

        Args:
            ids: ids of the nodes.

        Raises:
            EditError: a node does not exist or lies in no container.

        Example:
            >>> loop = flow.add_node("loop", id="each_copy")
            >>> flow.put_into("each_copy", "find_loan")
            >>> flow.take_out("find_loan")
            >>> flow.containers
            ()
        """
        what = name_or_count(ids, "node")
        self.edit(lambda flow: take_out(flow, ids), f"take {what} out")

    # --- notes -----------------------------------------------------------------------------

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on the sheet.

        Example:
            >>> note = flow.add_note("Ask the desk")
            >>> [note.text for note in flow.notes]
            ['Ask the desk']
        """
        return notes(self.data)

    def add_note(
        self,
        text: str,
        position: tuple[float, float] | None = None,
        size: tuple[float, float] | None = None,
    ) -> Note:
        """Put a note on the sheet.

        Args:
            text: what it says.
            position: top left corner in pixels; layout decides if left out.
            size: width and height in pixels.

        Returns:
            The note.

        Raises:
            EditError: too long a text, a place or size that is none.

        Example:
            >>> flow.add_note("Ask the desk", position=(60, 20)).id
            'note_1'
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

        Args:
            id: id of the note.
            text: what it says.
            position: top left corner in pixels.
            size: width and height in pixels.
            token: of a burst of edits (typing) that is one step.

        Raises:
            EditError: no such note, or a value that cannot be.

        Example:
            >>> note = flow.add_note("Ask the desk")
            >>> flow.change_note(note.id, text="Ask the desk on Monday")
            >>> flow.notes[0].text
            'Ask the desk on Monday'
        """
        self.edit(
            lambda flow: change_note(flow, id, text=text, position=position, size=size),
            f"change {id}",
            token,
        )

    def remove_note(self, *ids: str) -> None:
        """Take notes off the sheet.

        Args:
            ids: ids of the notes.

        Raises:
            EditError: there is no such note.

        Example:
            >>> note = flow.add_note("Ask the desk")
            >>> flow.remove_note(note.id)
            >>> flow.notes
            ()
        """
        self.edit(lambda flow: remove_notes(flow, ids), f"remove {ids[0] if ids else 'no note'}")
