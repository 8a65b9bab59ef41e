"""Unsaved edits outlive their kernel: what tabs show is kept for this person, file by file.

They lie in the person's own Jupyter folder, so that no project can bring some along. A lock says
whose they are: those of a kernel that is gone are put back by the next one that opens the design,
as if it had been there all the time. What others wrote to the files meanwhile is merged.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import secrets
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from ddd_lab.files.disk.paths import is_kept_file
from ddd_lab.files.documents.document import Document, Version
from ddd_lab.files.workspace.workspace import Changed
from ddd_lab.implementation.personal_data import (
    misplaced,
    person_file,
    person_file_locked,
    person_files,
    read_person_file,
    remove_person_file,
    write_person_file,
)
from ddd_lab.plurals import plural
from ddd_lab.visible import error_at_hand
from ddd_lab.workbench import Workbench

logger = logging.getLogger("ddd_lab.lab")

_SLICE: Final = 0.05
"""Seconds that keeping may take before others get their turn."""
_SHARE: Final = 4
"""While edits come in quick succession, keeping takes at most one part in so many of the time."""
_COMPANION: Final = "unsaved edits"
"""By which a workbench knows what keeps its edits."""


def keep_unsaved_edits(workbench: Workbench) -> None:
    """Put back what a kernel that is gone has left of a design, and keep its edits from now on."""
    edits = workbench.companions[_COMPANION] = UnsavedEdits(workbench)
    edits.begin()


def news_of(workbench: Workbench) -> str:
    """What was put back, in words; said once."""
    edits = workbench.companions.get(_COMPANION)
    if edits is None:
        return ""
    news, edits.news = edits.news, ""
    return str(news)


class _Kept(NamedTuple):
    """What of a file is kept."""

    version: Version | None
    raw: bytes | None


class UnsavedEdits:
    """Keeps the unsaved edits of one design until they are saved.

    Attributes:
        news: what was put back, or why nothing is kept, in words; empty where there is no news.
    """

    def __init__(self, workbench: Workbench) -> None:
        self.news = ""
        self._workbench = workbench
        design = hashlib.sha256(str(workbench.root).encode("utf-8", "surrogateescape"))
        self._design = f"unsaved/{design.hexdigest()[:32]}"
        self._own = f"{self._design}/{secrets.token_hex(8)}"
        self._kept: dict[str, _Kept] = {}
        self._lock = contextlib.ExitStack()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.get_ident()
        self._waiting = False
        self._next = 0.0

    def begin(self) -> None:
        """Put back what kernels that are gone have left, and keep what is edited from now on."""
        if words := misplaced(self._workbench.root):
            self._give_up(words)
            return
        try:
            self._put_back()
            self._lock.enter_context(person_file_locked(self._own))
        except OSError as error:
            self._give_up(str(error))
            return
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        self._workbench.observe(self._changed)
        self._keep()

    def _give_up(self, why: str) -> None:
        logger.warning("Unsaved edits are not kept: %s", why)
        self.news = f"Unsaved edits are lost where the kernel ends: {why}"

    # --- keeping ---------------------------------------------------------------------------

    def _changed(self, _: Changed) -> None:
        loop = self._loop
        if loop is None:
            self._keep()
        elif not self._waiting:
            self._waiting = True
            if threading.get_ident() == self._thread:
                # Whoever made the edit gets the reply first.
                loop.call_later(max(0.0, self._next - time.monotonic()), self._keep)
            else:
                with contextlib.suppress(RuntimeError):  # the loop has ended
                    loop.call_soon_threadsafe(self._keep)

    def _keep(self) -> None:
        """Write what is new; what takes long is gone on with after others had their turn."""
        self._waiting = False
        started = time.monotonic()
        try:
            for path in self._due():
                self._write(path)
                if self._loop is not None and time.monotonic() - started > _SLICE:
                    self._waiting = True
                    self._loop.call_later(0, self._keep)
                    break
        except Exception:  # noqa: BLE001 - it is logged, and edits go on
            logger.error("Unsaved edits could not be kept\n%s", error_at_hand())
        now = time.monotonic()
        self._next = now + _SHARE * (now - started)

    def _due(self) -> Iterator[str]:
        documents = self._workbench.documents
        dirty = self._workbench.dirty
        for path in dirty | self._kept.keys():
            document = documents.get(path)
            now = _Kept(document.version, document.raw) if document and path in dirty else None
            if self._kept.get(path) != now:
                yield path

    def _write(self, path: str) -> None:
        document = self._workbench.documents.get(path)
        name = f"{self._own}.{hashlib.sha256(path.encode()).hexdigest()[:32]}.json"
        if document is None or not document.dirty:
            remove_person_file(name)
            self._kept.pop(path, None)
            return
        base = None if document.raw is None else b64encode(document.raw).decode()
        text = None if document.version is None else document.text()
        write_person_file(name, {"path": path, "base": base, "text": text}, durable=False)
        self._kept[path] = _Kept(document.version, document.raw)

    # --- putting back ----------------------------------------------------------------------

    def _put_back(self) -> None:
        for lock in person_files(self._design, ".lock"):
            place = f"{self._design}/{lock.removesuffix('.lock')}"
            with (
                contextlib.suppress(TimeoutError),  # its kernel is there
                person_file_locked(place, patience=0),
            ):
                if self._put_back_from(place):
                    remove_person_file(f"{place}.lock")

    def _put_back_from(self, place: str) -> bool:
        """Put back what one kernel has left; says whether nothing of it is left now."""
        known = person_files(self._design, ".json")
        names = [name for one in known if (name := f"{self._design}/{one}").startswith(f"{place}.")]
        try:
            files = [_read(name) for name in names]
            if any(file.path in self._workbench.dirty for file in files):
                return False  # another one has left edits of the same file: they come first
            paths = _edit(self._workbench, files)
            for path in list(self._due()):
                self._write(path)
        except Exception as error:  # noqa: BLE001 - it is logged, and nothing is lost
            logger.error("Unsaved edits could not be put back\n%s", error_at_hand())
            self.news = (
                f"Unsaved edits from before could not be put back: {error}. They are kept in "
                f"{person_file(place)}.*.json."
            )
            return False
        if paths:
            self.news = (
                f"Unsaved edits of {plural(len(paths), 'file')} from before the kernel ended are "
                "here again, not saved. Undo takes them back."
            )
        for name in names:
            remove_person_file(name)
        return True


class _File(NamedTuple):
    """Unsaved edits of one file: what it said on disk, and what it was to say."""

    path: str
    base: bytes | None
    text: str | None


def _read(name: str) -> _File:
    content: dict[str, Any] = read_person_file(name)
    path, base, text = content["path"], content["base"], content["text"]
    if not is_kept_file(path):
        raise ValueError(f"{path!r} is no file of a design")
    return _File(path, None if base is None else b64decode(base), text)


def _edit(workbench: Workbench, files: list[_File]) -> set[str]:
    """Edit files as they were then, and look at the disk after that; returns what is unsaved."""
    models: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for path, _, text in files:
        models[path] = None
        if text is not None:
            edited = Document(path)
            edited.load(text.encode())
            if edited.version is None:
                raise ValueError(f"{path} cannot be read")
            models[path], texts[path] = edited.version.model, text
    if not models:
        return set()
    try:
        for path, base, _ in files:
            document = workbench.document(path)
            if document is None:
                document = workbench.documents[path] = Document(path)
                workbench.structure += 1
            if base is None:
                document.raw = document.saved = document.version = None
            else:
                document.load(base)
        workbench.change(models, "put unsaved edits back", texts=texts)
    finally:
        workbench.noticed(models)
        workbench.take_outside_changes()
    return workbench.dirty & models.keys()
