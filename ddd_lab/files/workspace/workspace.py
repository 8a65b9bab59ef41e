"""A project open in memory: its documents, edits that can be undone, and saving.

Everything that changes a design goes through :meth:`Workspace.change`, whoever asks: a notebook
cell, the canvas or another room. Files change on disk only in :meth:`Workspace.save`.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ddd_lab.files.disk.folder import ProjectError
from ddd_lab.files.disk.paths import EVERYTHING, is_kept_file
from ddd_lab.files.disk.storage import locate
from ddd_lab.files.documents.document import Document, Model, Origin, Version, same_model
from ddd_lab.files.documents.document_set import Documents
from ddd_lab.files.documents.writable import refuse_unwritable
from ddd_lab.files.workspace.conflicts import clash_left
from ddd_lab.files.workspace.design_view import DesignView
from ddd_lab.files.workspace.observers import Changed, Observer
from ddd_lab.files.workspace.open_files import OpenFiles
from ddd_lab.files.workspace.outside_changes import resolve, take_from_disk
from ddd_lab.files.workspace.saving import (
    SaveError,
    rewrite,
    save_documents,
    settle_cut_off_saves,
    with_partners,
)
from ddd_lab.spec.edit.history import History, Step
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import no_such
from ddd_lab.spec.plain_data import plain_data

__all__ = ["Changed", "Observer", "ProjectError", "Workspace"]


class Workspace(OpenFiles):
    """The files of one project, with edits that can be undone and saving."""

    def __init__(self, root: str | Path, *, only_look: bool = False) -> None:
        super().__init__(root, only_look=only_look)
        self._outside: deque[str] = deque()
        self._grouping: dict[str, Version | None] | None = None
        self._step_label = ""
        self.design = DesignView(self)

    def begin_anew(self) -> None:
        """Hold no document, no history and no observer, as a copy of another one has to."""
        self._observers = []
        self.history = History()
        self.documents = Documents()
        self.unread = set()
        self.lock = threading.RLock()
        self._outside = deque()
        self._grouping = None
        self.design = DesignView(self)

    # --- reading ---------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The system's name, or the folder's."""
        return self.design.system.name or self.design.project_file.name or self.root.name

    def release(self, path: str) -> None:
        """Forget what was read of a file; it is read again when it is needed.

        What only memory has is kept: unsaved edits, steps of undo, and why a file is broken.
        Observers are not notified of changes of a released file.
        """
        with self.lock:
            document = self.document(path) if self.is_read(path) else None
            if document is None or self.history or document.saved is None:
                return
            needed = document.unreadable or document.conflict
            if document.version is document.saved and not needed:
                self.documents[path] = Document(path)
                self.unread.add(path)

    def flow_data(self, key: str) -> FlowData:
        """The present version of a flow; KeyError where it does not exist or cannot be read."""
        self.take_outside_changes()
        path = self.flow_path(key)
        model = self.model(path)
        if isinstance(model, FlowData):
            return model
        document = self.documents.get(path)
        if document is not None and document.broken is not None:
            raise KeyError(f"flow {key!r} cannot be read: {document.broken}")
        raise no_such("flow", key, self.design.flow_keys)

    # --- editing ---------------------------------------------------------------------------

    def edit_flow(
        self, key: str, change: Callable[[FlowData], FlowData], label: str, token: str = ""
    ) -> FlowData:
        """Change a flow, as one undoable step."""
        after = change(self.flow_data(key))
        self.change({self.flow_path(key): after}, label, token)
        return after

    def edit_data(
        self, path: str, change: Callable[[Data], Data], label: str, token: str = ""
    ) -> None:
        """Change any other file's data, as one undoable step; a missing file starts as ``{}``.

        ``change`` may change the data in place. Steps with the same ``token`` in a row become one.
        """
        document = self.document(path)
        data = document.version.model if document and document.version else {}
        changed = change(plain_data(data, path))
        self.change({path: plain_data(changed, path, finite=path.endswith(".json"))}, label, token)

    def change(
        self,
        models: Mapping[str, Model | None],
        label: str,
        token: str = "",
        *,
        moved: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Set what files should say (None: they should not exist), as one undoable step.

        Steps with the same ``token`` in a row become one. ``moved`` has the former paths of files
        that move, whose text goes along; ``texts`` has whole texts as a person wrote them.
        """
        with self.lock:
            models = {self.file_of(path): model for path, model in models.items()}
            texts = {self.file_of(path): text for path, text in (texts or {}).items()}
            before: dict[str, Version | None] = {}
            after: dict[str, Version | None] = {}
            moved = moved or {}
            origins = {path: self._origin(old) for path, old in moved.items()}
            for path, model in models.items():
                document = self._editable(path)
                present = document.version
                base = texts.get(path)
                refuse_unwritable(path, model, present.model if present else None)
                same = present is not None and same_model(present.model, model)
                if same and (base is None or base == document.text()):
                    continue
                before[path] = present
                origin = origins.get(path) or (present.origin if present else None)
                if base is None and present is not None and present is not document.saved:
                    base = present.base
                source = self.documents[moved[path]].version if path in origins else present
                clash = clash_left(document, source, model)
                after[path] = (
                    None if model is None else Version(model, origin=origin, base=base, clash=clash)
                )
            if not after:
                return
            self._set(after)
            if self._grouping is not None:
                self._step_label = self._step_label or label
                for path, version in before.items():
                    self._grouping.setdefault(path, version)
            else:
                self.history.record(Step(label, before, after, token))
        self._announce(Changed(after, "edit", label))

    @contextlib.contextmanager
    def step(self, label: str = "") -> Iterator[None]:
        """Everything changed inside is one undo step; an exception takes all of it back.

        Without a label it is called what the first step or change inside is called, and if all of
        these have none, it is taken back: they only go with others.
        """
        if self._grouping is not None:
            self._step_label = self._step_label or label
            yield
            return
        before: dict[str, Version | None] = {}
        self._grouping, self._step_label = before, label
        try:
            yield
        except BaseException:
            self._grouping = None
            self._set(before)
            self._announce(Changed(before, "undo", self._step_label))
            raise
        self._grouping = None
        if before and not self._step_label:
            self._set(before)
            self._announce(Changed(before, "undo"))
        elif before:
            after = {path: self.documents[path].version for path in before}
            self.history.record(Step(self._step_label, before, after))
            self._announce(Changed(after, "edit", self._step_label))

    @contextlib.contextmanager
    def part(self) -> Iterator[dict[str, Version | None]]:
        """Within a step, an exception takes back what was changed inside, and the step goes on.

        Yields what the changed files said before, as far as they are changed by then.
        """
        if self._grouping is None:
            raise RuntimeError("no step is in progress that this could be a part of")
        whole = self._grouping
        before: dict[str, Version | None] = {}
        self._grouping = before
        try:
            yield before
        except BaseException:
            self._grouping = whole
            self._set(before)
            self._announce(Changed(before, "undo", self._step_label))
            raise
        self._grouping = whole
        for path, version in before.items():
            whole.setdefault(path, version)

    def put(self, versions: Mapping[str, Version | None]) -> None:
        """Let files say within a trial what they came to say in an earlier one."""
        if self._grouping is None or not self._in_dry_run:
            raise RuntimeError("no trial is in progress")
        for path in versions:
            self._grouping.setdefault(path, self._editable(path).version)
        self._set(versions)

    @contextlib.contextmanager
    def trial(self) -> Iterator[dict[str, Version | None]]:
        """Take back at the end what is changed inside; yields what those files said before."""
        if self._grouping is not None:
            raise RuntimeError("a step is in progress. What it changes cannot be tried out")
        before: dict[str, Version | None] = {}
        with self.lock:
            paths = set(self.documents)
            self._grouping, self._in_dry_run = before, True
            try:
                yield before
            finally:
                self._grouping, self._in_dry_run = None, False
                self._set(before)
                for path in before.keys() - paths:
                    del self.documents[path]

    def undo(self) -> str:
        """Take the last step back; returns what it was, or nothing if there was none."""
        return self._travel(self.history.undo(), "undo")

    def redo(self) -> str:
        """Do the last undone step again; returns what it was, or nothing."""
        return self._travel(self.history.redo(), "redo")

    def _travel(self, step: Step[Version] | None, reason: str) -> str:
        if step is None:
            return ""
        self._set(step.before if reason == "undo" else step.after)
        self._announce(Changed(step.after, reason, step.label))
        return step.label

    def _editable(self, path: str) -> Document:
        if not is_kept_file(path):
            raise EditError(f"{path!r} is not the path of a design file (specs/….yaml)")
        document = self.document(path)
        if document is None or not self._in_dry_run:
            locate(self.root, path)
        if document is None:
            document = self.documents[path] = Document(path)
            self.structure += 1
        if document.version is not None and document.version.markers:
            raise EditError(
                f"{path} has conflicts of a merge. Choose what stays in each place first: "
                f"Choose… on the canvas, or project.git.resolve({path!r}, …)"
            )
        if document.broken is not None:
            raise EditError(f"{document.broken} Fix the file first; it is not edited here.")
        return document

    def _origin(self, path: str) -> Origin:
        """Where a file that moves away from a path comes from, with its text of now."""
        document = self.documents[path]
        return Origin(path, document.text(), document.raw or b"")

    def _set(self, versions: Mapping[str, Version | None]) -> None:
        for path, version in versions.items():
            document = self.documents[path]
            if (document.version is None) != (version is None):
                self.structure += 1
            document.version = version

    # --- saving ----------------------------------------------------------------------------

    def save(self, paths: Iterable[str] | None = None) -> list[str]:
        """Write every file with unsaved changes (or only some), each atomically."""
        self.take_outside_changes()
        chosen = self.dirty if paths is None else with_partners(self, self.dirty & set(paths))
        self.history.seal()
        try:
            written = save_documents(self, sorted(chosen))
        except SaveError as error:
            self._announce(Changed(chosen, "save", str(error)))
            raise
        if written:
            self._announce(Changed(written, "save"))
        return written

    def rewrite(self, path: str, change: Callable[[Data], Data]) -> None:
        """Change a file on disk at once, as another program would: no step of undo.

        Unsaved edits of the file stay unsaved. ``change`` is called again where another program
        writes the file meanwhile.
        """
        rewrite(self, path, change)

    def finish_saves(self) -> list[str]:
        """Finish saves of several files that were cut off, also those of others.

        Files that were changed since are left as they are.
        """
        return settle_cut_off_saves(self, finish=True)

    def drop_saves(self) -> None:
        """Forget saves of several files that were cut off; the files stay as they are."""
        settle_cut_off_saves(self, finish=False)

    # --- changes from outside --------------------------------------------------------------

    def noticed(self, paths: Iterable[str]) -> None:
        """Queue paths that something says have changed on disk (called from any thread).

        An empty path stands for all of them.
        """
        self._outside.extend(paths)

    def take_outside_changes(self) -> set[str]:
        """Take over whatever was noticed; returns the paths that did change."""
        noticed: dict[str, None] = {}
        while self._outside:
            noticed[self._outside.popleft()] = None
        if EVERYTHING in noticed:
            return self.reload()
        return self.reload(noticed) if noticed else set()

    def reload(self, paths: Iterable[str] | None = None) -> set[str]:
        """Look at files on disk (all by default) and take over what changed there.

        Unsaved edits that touch other places are merged; a clash becomes a conflict with both
        versions kept.
        """
        changed = take_from_disk(self, paths)
        self.tell_of_disk(changed)
        return changed

    def resolve(self, path: str, keep: str) -> None:
        """End a conflict, as one undoable step: keep ``mine`` or ``theirs`` (what is on disk)."""
        resolve(self, path, keep)
        self._announce(Changed([path], "disk"))
