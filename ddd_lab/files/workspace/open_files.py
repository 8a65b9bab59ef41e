"""The files of one open project: what is on disk, and what they should say now."""

from __future__ import annotations

import copy
import operator
import time
from collections.abc import Collection
from pathlib import Path

from ddd_lab.files.disk import recovery
from ddd_lab.files.disk.folder import project_folder
from ddd_lab.files.disk.listing import listed
from ddd_lab.files.disk.storage import read
from ddd_lab.files.documents.document import Document, Version
from ddd_lab.files.workspace.document_reader import DocumentReader
from ddd_lab.files.workspace.observers import Changed, Observed
from ddd_lab.spec.edit.history import History


class OpenFiles(DocumentReader, Observed):
    """The files of one project, each read when it is first asked for.

    With ``only_look`` this person's saves that were cut off are reported, but not finished.
    """

    def __init__(self, root: str | Path, *, only_look: bool = False) -> None:
        DocumentReader.__init__(self)
        Observed.__init__(self)
        self.root = project_folder(root)
        self.history: History[Version] = History()
        self.is_clean = False
        self._in_dry_run = False
        self.cut_off = (recovery.interrupted_saves if only_look else recovery.at_opening)(self.root)
        self.opened_at = time.time_ns()
        self.listing = listed(self.root)
        for path in self.listing.files:
            self.documents[path] = Document(path)
        self.unread = set(self.documents)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return read(self.root, path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self.documents[path].mark_unreadable(error)
            return None

    @property
    def dirty(self) -> set[str]:
        """Paths of the files with unsaved changes."""
        return {path for path, document in self.documents.items() if document.dirty}

    @property
    def conflicts(self) -> dict[str, Document]:
        """Documents that were changed here and on disk in the same place."""
        return {path: doc for path, doc in self.documents.items() if doc.conflict is not None}

    def tell_of_disk(self, changed: Collection[str]) -> None:
        """Tell the observers what was taken over; they may take long, so no lock is held."""
        if changed:
            clashes = self.conflicts.keys() & set(changed)
            self._announce(Changed(changed, "conflict" if clashes else "disk"))

    def _announce(self, changed: Changed) -> None:
        if not (self._in_dry_run and changed.reason in ("edit", "undo")):
            self.announce(changed)

    def follow(self, other: OpenFiles) -> None:
        """Hold what another one of the same folder holds now; its versions are shared."""
        with other.lock, self.lock:
            moved = False
            for path in self.documents.keys() - other.documents.keys():
                del self.documents[path]
                self.unread.discard(path)
                moved = True
            for path, document in other.documents.items():
                own = self.documents.get(path)
                if own is not None and self._holds(path, own, document, other):
                    continue
                self.documents[path] = copy.copy(document)
                (self.unread.add if path in other.unread else self.unread.discard)(path)
                moved = True
            self.structure += moved

    def _holds(self, path: str, own: Document, document: Document, other: OpenFiles) -> bool:
        """Whether a document says what that of another one says, which may not be read there."""
        if path in other.unread:
            return path in self.unread or self._bytes(path) == own.raw
        one = (own.version, own.saved, own.broken)
        return all(map(operator.is_, one, (document.version, document.saved, document.broken)))
