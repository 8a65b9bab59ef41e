"""Noticing within a second what other programs do to a project's files."""

from __future__ import annotations

import errno
import logging
import os
import posixpath
import stat
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ddd_lab.files.disk.listing import SPECS, listed, wrong_ending
from ddd_lab.files.disk.paths import EVERYTHING, is_kept_file
from ddd_lab.files.disk.storage import OWN, locate

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace

logger = logging.getLogger("ddd_lab.files")

_STEP = 50  # milliseconds between looks; changes that come in one burst arrive as one
_DEBOUNCE = 200
_TURN = 1000  # milliseconds after which folders are compared though nothing was noticed
_PAUSE = 0.5  # seconds between two looks where the system notices nothing for us
_SHARE = 20  # of the time that a look takes, at least, nobody looks
_TICK = 50_000_000  # nanoseconds: file systems count time coarsely
_MANY = 2000  # changes at once: the system may have left some out
_NO_MORE = "limit reached"
_SPENT = (errno.ENOSPC, errno.EMFILE)

Times: TypeAlias = tuple[int, ...]


class WatchWarning(UserWarning):
    """Files are not watched as usual; the words say what happens instead."""


class Watcher:
    """A thread that tells a workspace which of its files changed on disk.

    It only queues paths; the workspace takes them over in its own thread, when it is next used or
    when ``wake`` is called. Where the system gives no more watches it looks at the files itself.

    Attributes:
        moved: called from the watching thread with the paths of files that changed and are none of
            the design's, but are followed.
        trouble: why files are not watched as usual, and what happens instead; empty while they are.
    """

    def __init__(self, workspace: Workspace, wake: Callable[[], None] = lambda: None) -> None:
        self._stop = threading.Event()
        self._turn = threading.Event()
        self._followed: frozenset[str] = frozenset()
        self._told = ""
        self.trouble = ""
        self.wake = wake
        self.moved: Callable[[list[str]], None] = lambda _: None
        reference = weakref.ref(workspace, lambda _: self.stop())
        self._since = workspace.opened_at
        self._thread = threading.Thread(
            target=self._run, args=(reference, workspace.root), name="ddd-lab-watch", daemon=True
        )
        self._thread.start()

    def follow(self, paths: Iterable[str]) -> None:
        """Notice changes of some other files of the project, too: of these, and no others."""
        followed: set[str] = set()
        for path in paths:
            part = posixpath.normpath(path)
            # A folder that is moved away takes its files along without a word about them.
            while part and part not in followed:
                followed.add(part)
                part = part.rpartition("/")[0]
        if followed != self._followed:
            self._followed = frozenset(followed)
            self._turn.set()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()
        self._turn.set()

    @property
    def watching(self) -> bool:
        """Whether changes are noticed, in whatever way."""
        return self._thread.is_alive()

    def news(self) -> str:
        """What is wrong with the watching, given only once; then empty."""
        former, self._told = self._told, self.trouble
        return self.trouble if self.trouble != former else ""

    # --- the thread ------------------------------------------------------------------------

    def _run(self, reference: weakref.ref[Workspace], root: Path) -> None:
        try:
            self._watch(reference, root)
        except Exception as error:  # whatever it is, looking goes on by other means
            if not _is_spent(error):
                logger.warning("The files of %s cannot be watched", root, exc_info=True)
            self._say(_words(error))
            try:
                self._look(reference, root)
            except Exception:
                logger.exception("Changes in %s are not noticed any more", root)
                self._say(
                    "Changes by other programs are no longer noticed. Use "
                    "project.refresh(), or open the project again."
                )

    def _say(self, words: str) -> None:
        if not self._stop.is_set():
            self.trouble = words
            self.wake()

    def _watch(self, reference: weakref.ref[Workspace], root: Path) -> None:
        """Watch by means of the system, and start again whenever other folders matter."""
        from watchfiles import watch

        since = self._since
        everything = False
        while True:
            self._turn.clear()
            if self._stop.is_set():  # only now, so that no end of the watching is missed
                return
            places = _Places(root, self._followed)
            unseen, others = True, False
            if not places.folders:
                everything = True
                if self._stop.wait(_PAUSE) or not self._wait_for_root(reference, root):
                    return
                continue
            try:
                for changes in watch(
                    *places.folders,
                    watch_filter=None,
                    stop_event=self._turn,
                    step=_STEP,
                    debounce=_DEBOUNCE,
                    rust_timeout=_TURN,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                    recursive=False,
                ):
                    files = [file for _, file in changes]
                    paths = set(places.named(files))
                    others = places.are_others(files)
                    if unseen:  # what changed, and which folders came, before these watches stood
                        paths |= places.changed_since(since)
                        folders = _Places(root, self._followed).folders
                        others = others or set(folders) != set(places.folders)
                    if others or everything or len(files) > _MANY:
                        paths.add(EVERYTHING)
                    unseen = everything = False
                    since = time.time_ns()
                    if not self._tell(reference, paths):
                        return
                    if others:
                        break
            except FileNotFoundError:  # a folder went before it was watched
                others = True
            everything = others
            if others and not self._wait_for_root(reference, root):
                return

    def _wait_for_root(self, reference: weakref.ref[Workspace], root: Path) -> bool:
        """Wait while the project's folder is not there; whether watching goes on."""
        if self._stop.wait(_STEP / 1000):
            return False
        if not root.is_dir() and not self._tell(reference, {EVERYTHING}):
            return False
        while not root.is_dir():
            if self._stop.wait(_PAUSE) or reference() is None:
                return False
        return True

    def _look(self, reference: weakref.ref[Workspace], root: Path) -> None:
        """Compare the times of all files, again and again."""
        seen: dict[str, Times] | None = None
        while True:
            started = time.monotonic()
            times = _Places(root, self._followed).times()
            paths = {EVERYTHING}
            if seen is not None:
                before = seen
                paths = {p for p in before.keys() | times.keys() if before.get(p) != times.get(p)}
                if not all(map(self._matters, paths)):
                    paths.add(EVERYTHING)
            seen = times
            if not self._tell(reference, paths):
                return
            if self._stop.wait(max(_PAUSE, _SHARE * (time.monotonic() - started))):
                return

    def _matters(self, path: str) -> bool:
        return is_kept_file(path) or path in self._followed

    def _tell(self, reference: weakref.ref[Workspace], paths: set[str]) -> bool:
        """Queue what matters of some paths; whether the project is still there."""
        workspace = reference()
        if workspace is None:
            return False
        design_paths = sorted(path for path in paths if path == EVERYTHING or is_kept_file(path))
        if design_paths:
            workspace.noticed(design_paths)
            self.wake()
        others = {path for path in paths if path in self._followed and not is_kept_file(path)}
        if EVERYTHING in paths:
            others |= self._followed
        if others:
            self.moved(sorted(others))
        return True


class _Places:
    """The folders that matter: those of specs, of the mapping, and of the files that are followed.

    Nothing else is watched: a project may hold more folders than the system has watches.

    Attributes:
        folders: where they are on the disk.
    """

    def __init__(self, root: Path, followed: frozenset[str]) -> None:
        listing = listed(root)
        self._refused = listing.refused
        self._files = {*listing.files, *followed}
        self._links = {real: path for path, real in listing.links.items()}
        self._where = dict(listing.folders)
        for path in {"", OWN, *(file.rpartition("/")[0] for file in followed)}:
            if path not in self._where and (real := _folder(root, path)):
                self._where[path] = real
        self._seen: dict[str, list[str]] = {}
        for path, real in self._where.items():
            self._seen.setdefault(real, []).append(path)
        for real in self._links:
            self._seen.setdefault(real.rpartition(os.sep)[0], [])
        # One that cannot be read is a problem of its own, and would end the watching of all.
        self.folders = [folder for folder in self._seen if os.access(folder, os.R_OK)]
        self._ids = self._identities()

    def named(self, files: Iterable[str]) -> Iterator[str]:
        """The paths in the project of files on the disk."""
        for file in files:
            folder, name = os.path.split(file)
            for path in self._seen.get(folder, ()):
                yield f"{path}/{name}" if path else name
            if file in self._links:
                yield self._links[file]

    def are_others(self, files: Iterable[str]) -> bool:
        """Whether the folders that matter may be others by now, after some files changed."""
        return any(map(self._may_be_folder, files)) or self._identities() != self._ids

    def times(self) -> dict[str, Times]:
        """The times of all files by path; with them the folders, and what is refused."""
        times: dict[str, Times] = dict.fromkeys(self._refused, ())
        for path, real in self._where.items():
            times[f"{path}/"] = _times(real)[:2]
        for path in self._files:
            above, _, name = path.rpartition("/")
            if above in self._where:
                times[path] = _times(f"{self._where[above]}/{name}")
        return times

    def changed_since(self, moment: int) -> set[str]:
        """The paths of files that changed since a moment, in nanoseconds; all, where some came."""
        ticks = moment - _TICK
        if any(max(_times(folder)[3:], default=0) > ticks for folder in self.folders):
            return {EVERYTHING}
        return {path for path, times in self.times().items() if max(times[3:], default=0) > ticks}

    def _identities(self) -> list[Times]:
        return [_times(folder)[:2] for folder in self.folders]

    def _may_be_folder(self, file: str) -> bool:
        """Whether a folder, a link or a file that is not read came, went or changed below specs."""
        folder, name = os.path.split(file)
        paths = self._seen.get(folder, [])
        if name in (SPECS, OWN) and "" in paths:
            return True
        if name.startswith(".") or not any(f"{path}/".startswith(f"{SPECS}/") for path in paths):
            return False
        if file in self._seen or not self._where.keys().isdisjoint(self.named([file])):
            return True
        if any(map(wrong_ending, self.named([file]))):
            return True
        try:
            kind = os.lstat(file).st_mode
        except OSError:
            return False
        return stat.S_ISDIR(kind) or stat.S_ISLNK(kind)


def _folder(root: Path, path: str) -> str:
    """Where a folder of the project is; empty where there is none that may be looked into."""
    try:
        real = os.fspath(locate(root, path or "."))
    except OSError:
        return ""
    return real if os.path.isdir(real) else ""  # noqa: PTH112 - a text still


def _times(path: str) -> Times:
    """What changes with a file: a program can set its time back, but not when that was done."""
    try:
        stats = os.stat(path)  # noqa: PTH116 - thousands of files
    except OSError:
        return ()
    return (stats.st_dev, stats.st_ino, stats.st_size, stats.st_mtime_ns, stats.st_ctime_ns)


def _is_spent(error: Exception) -> bool:
    """Whether the system has no more watches to give."""
    message = str(error)
    return (
        _NO_MORE in message
        or "Too many open files" in message
        or (isinstance(error, OSError) and error.errno in _SPENT)
    )


def _words(error: Exception) -> str:
    how = "DDD Lab looks at the files of this project itself, about once a second."
    if _is_spent(error):
        return (
            f"The system's limit for watching files is reached. {how} On Linux, raise the "
            "limit: sudo sysctl fs.inotify.max_user_watches=1048576 "
            "fs.inotify.max_user_instances=1024"
        )
    return f"The system cannot watch the files of this project ({error}). {how}"
