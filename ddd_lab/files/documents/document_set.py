"""The documents of a project by path, found under whichever ending and letters are on the disk."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.files.documents.document import Document
from ddd_lab.spec.paths import usual


class Documents(dict[str, Document]):
    """Documents by the path that they have on the disk.

    Attributes:
        others: by a usual path (:func:`ddd_lab.spec.paths.usual`), the paths of its file that are
            not that: with the ending ``.yml``, or with accents apart.
    """

    def __init__(self) -> None:
        super().__init__()
        self.others: dict[str, list[str]] = {}
        self._folders: dict[str, str] = {}

    def __setitem__(self, path: str, document: Document) -> None:
        super().__setitem__(path, document)
        name = usual(path)
        if name == path or path in self.others.get(name, ()):
            return
        self.others.setdefault(name, []).append(path)
        while "/" in path:
            path, name = path.rpartition("/")[0], name.rpartition("/")[0]
            if path != name:
                self._folders.setdefault(name, path)

    def __delitem__(self, path: str) -> None:
        super().__delitem__(path)
        name = usual(path)
        left = [other for other in self.others.get(name, ()) if other != path]
        if left:
            self.others[name] = left
        else:
            self.others.pop(name, None)

    def actual(self, path: str, exists: Callable[[str], bool]) -> str:
        """The path on the disk of a file that is named by another; itself if there is none."""
        name = usual(path)
        if name == path and name not in self.others and not self._folders:
            return path
        candidates: list[str] = [path, name, *self.others.get(name, [])]
        for candidate in candidates:
            if exists(candidate):
                return candidate
        parent = name.rpartition("/")[0]
        while parent:
            if parent in self._folders:
                return self._folders[parent] + name[len(parent) :]
            parent = parent.rpartition("/")[0]
        return path
