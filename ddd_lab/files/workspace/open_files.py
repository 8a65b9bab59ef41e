"""The files of one open project: what is on disk, and what they should say now."""

from __future__ import annotations

import copy
import operator
import threading
import time
from collections.abc import Collection
from pathlib import Path

from ddd_lab.files.disk import recovery
from ddd_lab.files.disk.folder import project_folder
from ddd_lab.files.disk.listing import listed
from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.disk.storage import read
from ddd_lab.files.documents.document import Document, Model, Version
from ddd_lab.files.documents.document_set import Documents
from ddd_lab.files.workspace.observers import Changed, Observed
from ddd_lab.spec.edit.history import History
from ddd_lab.spec.paths import flow_file


class OpenFiles(Observed):
    """The files of one project, each read when it is first asked for.

    With ``only_look`` this person's saves that were cut off are reported, but not finished.
    """

    def __init__(self, root: str | Path, *, only_look: bool = False) -> None:
        super().__init__()
        self.root = project_folder(root)
        self.history: History[Version] = History()
        self.documents = Documents()
        self.structure = 0
        self.is_clean = False
        self.lock = threading.RLock()
        self._in_dry_run = False
        self.cut_off = (recovery.interrupted_saves if only_look else recovery.at_opening)(self.root)
        self.opened_at = time.time_ns()
        self.listing = listed(self.root)
        for path in self.listing.files:
            self.documents[path] = Document(path)
        self.unread = set(self.documents)

    def document(self, path: str) -> Document | None:
        """The document at a path, read from disk if that has not happened yet."""
        path = self.file_of(path)
        document = self.documents.get(path)
        if document is not None and path in self.unread:
            with self.lock:
                if path in self.unread:  # no other thread has read it meanwhile
                    self._load(path, document)
        return document

    def _load(self, path: str, document: Document) -> None:
        raw = self._bytes(path)
        if raw is not None:
            document.load(raw)
        elif document.broken is None:
            self.structure += 1  # it went before anybody read it
        self.unread.discard(path)

    def is_read(self, path: str) -> bool:
        """Whether a file has been read, so that asking for it costs nothing."""
        path = self.file_of(path)
        return path in self.documents and path not in self.unread

    def model(self, path: str) -> Model | None:
        """What a file says now, or None if it is missing or broken."""
        document = self.document(path)
        return document.version.model if document and document.version else None

    def flow_path(self, key: str) -> str:
        """The path of a flow's file; ``.yml`` where that is what exists."""
        return self.file_of(flow_file(key))

    def file_of(self, path: str) -> str:
        """The path of the file that is there for one of ``ddd_lab.spec.paths``.

        Its ending may be ``.yml``, and its letters may have their accents apart; a file that is not
        there yet keeps its path.
        """
        return self.documents.actual(path, self.exists_at)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return read(self.root, path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self.documents[path].mark_unreadable(error)
            return None

    def flow_keys(self) -> list[str]:
        """Keys of all flow files, broken ones included, in the order of their paths."""
        keys = {flow_key(path): None for path in sorted(self.documents) if self.exists_at(path)}
        keys.pop("", None)
        return list(keys)

    def exists(self, path: str) -> bool:
        """Whether a file is there, on disk or as an unsaved new one."""
        return self.exists_at(self.file_of(path))

    def exists_at(self, path: str) -> bool:
        """Whether a file is there at exactly this path."""
        document = self.documents.get(path)
        if document is None:
            return False
        return path in self.unread or document.version is not None or document.broken is not None

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
