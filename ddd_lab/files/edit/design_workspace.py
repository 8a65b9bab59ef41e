"""An open design with every edit of the whole: refactoring, the clipboard, search and replace."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
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
from ddd_lab.plurals import name_or_count
from ddd_lab.spec.edit.clipboard import copy_nodes, paste_nodes
from ddd_lab.spec.edit.nodes import remove_nodes

if TYPE_CHECKING:
    from ddd_lab.files.edit.dry_run import FileChange
    from ddd_lab.files.edit.model_names import ModelName, ModelNames
    from ddd_lab.files.edit.refactor.naming import Mention
    from ddd_lab.files.edit.replace import Match, Replacement, Scope
    from ddd_lab.files.edit.search import SearchIndex, SearchMatch


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

    # --- the clipboard, and nodes as lines of YAML ---

    def copy_nodes(self, key: str, ids: Collection[str]) -> str:
        """Nodes of a flow as YAML text, with the connections among them.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or there is nothing but the trigger to copy.
        """
        from ddd_lab.files.edit.clipboard import clip_text

        return clip_text(copy_nodes(self.flow_data(key), ids), key)

    def cut_nodes(self, key: str, ids: Collection[str]) -> str:
        """Copy nodes as text, then remove them as one undoable step; the trigger stays.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or there is nothing but the trigger to cut.
        """
        from ddd_lab.files.edit.clipboard import clip_text

        clip = copy_nodes(self.flow_data(key), ids)
        text = clip_text(clip, key)
        gone = [node.id for node in clip.nodes]
        self.edit_flow(
            key, lambda flow: remove_nodes(flow, gone), f"cut {name_or_count(gone, 'node')}"
        )
        return text

    def paste_nodes(
        self, key: str, text: str, at: tuple[float, float] | None = None
    ) -> tuple[str, ...]:
        """Add nodes from a text to a flow, as one undoable step.

        Args:
            key: ``domain/flow``.
            text: what :meth:`copy_nodes` gave, here or in another project, or nodes out of a file.
            at: pixels of the top left corner of the whole; beside what lies there if left out.

        Returns:
            The ids of the new nodes: their own, or the next free ones.

        Raises:
            KeyError: there is no such flow.
            EditError: the text cannot be read or holds no nodes that can be pasted.
        """
        from ddd_lab.files.edit.clipboard import read_clip

        clip = read_clip(text)
        flow, ids = paste_nodes(self.flow_data(key), clip, at)
        self.edit_flow(key, lambda _: flow, f"paste {name_or_count(ids, 'node')}")
        return ids

    def node_yaml(self, key: str, id: str) -> str:
        """The lines of a node as saving would write them, without the file's indentation.

        Raises:
            KeyError: there is no such flow.
            EditError: there is no such node, or its file cannot be written as it stands.
        """
        from ddd_lab.files.edit.node_yaml import node_yaml

        return node_yaml(self, key, id)

    def set_node_yaml(self, key: str, id: str, text: str) -> str:
        """Make a node say what edited lines say, as one undoable step; returns its id then.

        Raises:
            KeyError: there is no such flow.
            SnippetError: the lines cannot be read or say what no node can be, with the line.
            EditError: there is no such node.
        """
        from ddd_lab.files.edit.node_yaml import flow_with_yaml

        edited = flow_with_yaml(self, key, id, text)
        path = self.flow_path(key)
        texts = {} if edited.base is None else {path: edited.base}
        self.change({path: edited.flow}, f"edit the lines of {id}", texts=texts)
        return edited.id

    def preview_node_yaml(self, key: str, id: str, text: str) -> str:
        """The lines of the file that :meth:`set_node_yaml` would change, as a unified diff.

        Raises:
            KeyError: there is no such flow.
            SnippetError: as for :meth:`set_node_yaml`.
            EditError: there is no such node, or the change cannot be written.
        """
        from ddd_lab.files.edit.node_yaml import preview_yaml

        return preview_yaml(self, key, id, text)

    # --- search and replace ---

    @cached_property
    def _search_index(self) -> SearchIndex:
        from ddd_lab.files.edit.search import SearchIndex

        return SearchIndex(self)

    @cached_property
    def _model_names(self) -> ModelNames:
        from ddd_lab.files.edit.model_names import ModelNames

        return ModelNames(self)

    def search(self, text: str, limit: int = 50) -> list[SearchMatch]:
        """The best matches for some words in all of the design: names first, then settings.

        Args:
            text: words that must all occur in one text, in any case.
            limit: how many hits at most.
        """
        self.take_outside_changes()
        return self._search_index.search(text, limit)

    def find(
        self,
        pattern: str,
        *,
        regex: bool = False,
        case: bool = False,
        in_: Scope = None,
    ) -> list[Match]:
        """Every text of the design that a pattern is found in.

        Args:
            pattern: the text, or with ``regex`` a regular expression.
            regex: whether it is one.
            case: whether capitals and small letters differ.
            in_: where to look: a domain, ``domain/flow``, ``domain/flow#node``, a file's path, or
                several; everywhere if left out.

        Raises:
            EditError: the pattern is empty or malformed, or there is no such place.
        """
        from ddd_lab.files.edit.replace import find_texts

        self.take_outside_changes()
        return find_texts(self, pattern, regex=regex, case=case, within=in_)

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
        r"""What replacing a pattern would change, to look at; ``.apply()`` does it as one step.

        Args:
            pattern: as for :meth:`find`.
            replacement: what to put there; with ``regex``, ``\1`` stands for the first group.
            regex: whether the pattern is a regular expression.
            case: whether capitals and small letters differ.
            in_: where to look; everywhere if left out.
            ids: whether ids of nodes are renamed too; references to flows never change here.

        Raises:
            EditError: the pattern or replacement is malformed, or there is no such place.
        """
        from ddd_lab.files.edit.replace import replace_texts

        self.take_outside_changes()
        return replace_texts(
            self, pattern, replacement, regex=regex, case=case, within=in_, ids=ids
        )

    @property
    def models(self) -> tuple[ModelName, ...]:
        """The language models to offer: those of ``.ddd/config.yaml``, then those in use."""
        self.take_outside_changes()
        return self._model_names.all()
