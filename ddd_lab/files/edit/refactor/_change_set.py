"""One change of many files: gathered while it is worked out, made as one step or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.documents.document import Document, Model
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.paths import usual
from ddd_lab.spec.references import (
    Known,
    Name,
    Renaming,
    file_names,
    flow_names,
    rename_in_data,
    rename_in_flow,
)

_ALONE = r"""(?:[:\[,]|^\s*-)\s*["']?{0}["']?\s*(?=[\],}}#:]|$)"""
_FLOW = _ALONE + r"|/{0}(?![\w-])"
_DOMAIN = _ALONE + r"|(?<![\w./-]){0}/\w"
"""How names look in a text that cannot be read: a whole value, a key, a part of domain/flow."""


class ChangeSet:
    """What every file is to say after an operation; ``label`` is what the undo button shows."""

    def __init__(self, workspace: Workspace, label: str) -> None:
        workspace.take_outside_changes()
        self.workspace = workspace
        self.label = label
        self._models: dict[str, Model | None] = {}
        self._files: dict[str, str] = {}
        self._moved: dict[str, str] = {}
        design = workspace.design
        listed = (f"{id}/{flow.id}" for id, model in design.domains.items() for flow in model.flows)
        self.known = Known({*design.flow_keys, *listed}, design.domains)

    @property
    def paths(self) -> list[str]:
        """Every file that is there now, before the operation."""
        return [path for path in sorted(self.workspace.documents) if self.workspace.exists(path)]

    def data(self, path: str) -> Data:
        """What a file shall say so far; None where it is not there or cannot be read."""
        path = self._file(path)
        return self._models[path] if path in self._models else self.workspace.model(path)

    def put(self, path: str, model: Model) -> None:
        """Let a file say something."""
        self._set(self._file(path), model)

    def _set(self, path: str, model: Model) -> None:
        self._models[path] = model
        self._files[usual(path)] = path

    def _file(self, path: str) -> str:
        """The path of a file as it is here or shall be, under another ending perhaps."""
        if path in self._models:
            return path
        return self._files.get(usual(path)) or self.workspace.file_of(path)

    def move(self, old: str, new: str, model: Model) -> None:
        """Let a file go to another path and say something there."""
        self.refuse_broken(old)
        self._models[old] = None
        self._set(new, model)
        self._moved[new] = old

    def copy(self, old: str, new: str, model: Model) -> None:
        """Let a file's text be the beginning of another file."""
        self.refuse_broken(old)
        self._set(new, model)
        self._moved[new] = old

    def remove(self, path: str) -> None:
        """Let a file go."""
        self._models[self._file(path)] = None

    def make(self) -> None:
        """Make the change, as one undo step."""
        for path in self._models:
            self.refuse_broken(path)
        self.workspace.change(self._models, self.label, moved=self._moved)

    def refuse_broken(self, path: str) -> None:
        """Refuse to touch what cannot be read."""
        document = self.workspace.document(path)
        if document is not None and document.broken is not None:
            raise EditError(
                f"{path} must be changed, too, but cannot be read ({_reason(document)}). Fix "
                f"it first, then {self.label}"
            )

    def names(self, path: str) -> list[Name]:
        """Where a file names flows and domains, as it shall be so far."""
        model = self.data(path)
        if isinstance(model, FlowData):
            return list(flow_names(model, flow_key(path).partition("/")[0], self.known))
        return list(file_names(path, model, self.known, domain_of(path)))

    def rename(self, renaming: Renaming, moves: dict[str, str], skip: Iterable[str] = ()) -> None:
        """Carry every name along, and files to their new paths."""
        self.refuse_broken_references(renaming.flows, renaming.domains)
        for path in self.paths:
            model = self.data(path)
            if path in skip or model is None:
                continue
            target = moves.get(path, path)
            after = self._renamed(path, target, model, renaming)
            if target != path:
                self.move(path, target, after)
            elif after is not model:
                self.put(path, after)

    def _renamed(self, path: str, target: str, model: Model, renaming: Renaming) -> Model:
        if isinstance(model, FlowData):
            own = flow_key(target).partition("/")[0]
            names = flow_names(model, flow_key(path).partition("/")[0], self.known)
            return rename_in_flow(model, names, renaming, own)
        names = file_names(path, model, self.known, domain_of(path))
        return rename_in_data(model, names, renaming, domain_of(target))

    def refuse_broken_references(
        self, flows: Iterable[str], domains: Iterable[str], but: Iterable[str] = ()
    ) -> None:
        """Refuse the operation where a file that cannot be read names what it is about."""
        words = {key.partition("/")[2]: _FLOW for key in flows} | dict.fromkeys(domains, _DOMAIN)
        for path in self.paths:
            document = self.workspace.document(path)
            if document is None or document.broken is None or path in but:
                continue
            text = (document.raw or b"").decode("utf-8", "replace")
            for word, pattern in words.items():
                if re.search(pattern.format(re.escape(word)), text, re.MULTILINE):
                    raise EditError(
                        f"{path} seems to name {word!r}, but cannot be read "
                        f"({_reason(document)}). Fix it first, then {self.label}"
                    )


def _reason(document: Document) -> str:
    broken = document.broken
    if broken is None:
        return ""
    place = f"line {broken.line}: " if broken.line else ""
    return place + broken.message.partition(". Until it is fixed")[0]
