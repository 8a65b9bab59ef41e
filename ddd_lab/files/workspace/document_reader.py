"""The documents of a design by path, each read when it is first asked for."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod

from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.documents.document import Document, Model
from ddd_lab.files.documents.document_set import Documents
from ddd_lab.spec.paths import flow_file


class DocumentReader(ABC):
    """Documents, wherever their bytes come from.

    Attributes:
        documents: by path. unread: those that nobody has asked for.
        structure: counts documents that came or went.
    """

    def __init__(self) -> None:
        self.documents = Documents()
        self.unread: set[str] = set()
        self.structure = 0
        self.lock = threading.RLock()

    @abstractmethod
    def _bytes(self, path: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""

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

    def content(self, path: str) -> bytes | None:
        """The bytes that a file has or, with unsaved changes, should have; None without a file."""
        with self.lock:
            document = self.documents.get(path)
            if document is None or not self.exists_at(path):
                return None
            if path in self.unread:
                return self._bytes(path)
            return document.encoded() if document.dirty else document.raw

    def flow_path(self, key: str) -> str:
        """The path of a flow's file; ``.yml`` where that is what exists."""
        return self.file_of(flow_file(key))

    def file_of(self, path: str) -> str:
        """The path of the file that is there for one of ``ddd_lab.spec.paths``.

        Its ending may be ``.yml``, and its letters may have their accents apart; a file that is not
        there yet keeps its path.
        """
        return self.documents.actual(path, self.exists_at)

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
