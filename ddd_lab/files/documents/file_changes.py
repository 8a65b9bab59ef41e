"""What is to happen to one file of a design, and carrying it out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ddd_lab.files.disk import storage


@dataclass(frozen=True, slots=True)
class Write:
    """What is to happen to one file."""

    path: str
    before: bytes | None  # the bytes that are there now; None where there is no file
    after: bytes | None  # the bytes to be there; None where it is to be removed
    like: str = ""  # the file whose permissions a moved one keeps

    @property
    def changes(self) -> bool:
        """Whether anything happens on disk at all."""
        return self.before != self.after


def carry_out(root: Path, write: Write) -> None:
    """Write or remove a file, if it is still what it was."""
    if not write.changes:
        return
    if write.after is not None:
        storage.write(root, write.path, write.after, like=write.like, expected=write.before)
        return
    storage.remove(root, write.path, expected=write.before)
    _remove_empty_folders(root, write.path)


def _remove_empty_folders(root: Path, path: str) -> None:
    """Remove what a removed file leaves of its domain's folders: Git would not keep them either."""
    for parent in PurePosixPath(path).parents:
        if len(parent.parts) < 3 or parent.parts[:2] != ("specs", "domains"):
            return
        try:
            storage.remove_folder(root, parent.as_posix())
        except OSError:
            return
