"""An open design with every edit of the whole: refactoring, the clipboard, search and replace."""

from __future__ import annotations

from functools import cached_property

from ddd_lab.files.edit import clipboard, dry_run, event_links, node_yaml, refactor
from ddd_lab.files.edit.model_names import ModelName, ModelNames
from ddd_lab.files.edit.replace import find_texts, replace_texts
from ddd_lab.files.edit.search import SearchIndex, SearchMatch
from ddd_lab.files.workspace.workspace import Workspace


class DesignWorkspace(Workspace):
    """A workspace with the edits of a whole design, each documented where it is defined.

    Each edit is one undo step that carries every reference along, and raises
    :class:`~ddd_lab.spec.edit.nodes.EditError` where a name is taken or unusable, something does
    not exist, or a file would have to be changed that cannot be read.
    """

    rename_flow = refactor.rename_flow
    move_flow = refactor.move_flow
    duplicate_flow = refactor.duplicate_flow
    delete_flow = refactor.delete_flow
    describe_flow = refactor.describe_flow
    add_domain = refactor.add_domain
    rename_domain = refactor.rename_domain
    delete_domain = refactor.delete_domain
    describe_domain = refactor.describe_domain
    references_in_flows = refactor.references_in_flows
    wire_event = event_links.wire_event
    unwire_event = event_links.unwire_event
    dry_run = dry_run.dry_run

    copy_nodes = clipboard.copy_nodes_as_text
    cut_nodes = clipboard.cut_nodes
    paste_nodes = clipboard.paste_text
    set_node_yaml = node_yaml.set_node_yaml
    preview_node_yaml = node_yaml.preview_node_yaml
    node_yaml = node_yaml.node_yaml

    find = find_texts
    replace = replace_texts

    @cached_property
    def _search_index(self) -> SearchIndex:
        return SearchIndex(self)

    @cached_property
    def _model_names(self) -> ModelNames:
        return ModelNames(self)

    def search(self, text: str, limit: int = 50) -> list[SearchMatch]:
        """The best matches for some words in all of the design: names first, then settings."""
        self.take_outside_changes()
        return self._search_index.search(text, limit)

    @property
    def models(self) -> tuple[ModelName, ...]:
        """The language models to offer: those of ``.ddd/config.yaml``, then those in use."""
        self.take_outside_changes()
        return self._model_names.all()
