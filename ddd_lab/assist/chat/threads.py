"""The conversations of a project: begun, continued, found again, renamed and archived."""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from ddd_lab.assist.chat.chat_history import take_over
from ddd_lab.assist.chat.records import (
    TITLE,
    ChatMessage,
    ProposalState,
    Thread,
    ThreadInfo,
)
from ddd_lab.assist.chat.thread_files import (
    FOLDER,
    append_lines,
    read_lines,
    thread_ids,
    thread_path,
)
from ddd_lab.files.disk.storage import status
from ddd_lab.files.workspace.rename_tracker import RenameTracker
from ddd_lab.files.workspace.workspace import Changed, Workspace
from ddd_lab.spec.models.base import EditError
from ddd_lab.visible import one_line

logger = logging.getLogger("ddd_lab.assist")

_AROUND = 60
"""Letters that are shown before and after what was searched for."""


class ThreadMatch(NamedTuple):
    """A conversation in which words were found, and the text around the first of them."""

    thread: ThreadInfo
    excerpt: str


class Threads:
    """The conversations of one project, by place; they follow flows and domains that are renamed.

    What cannot be written is kept while the program runs.

    Args:
        workspace: the project.

    Attributes:
        trouble: why conversations cannot be kept beyond that; empty if they can.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._root = workspace.root
        self._moves = RenameTracker()
        self._read: dict[str, tuple[object, Thread]] = {}
        self._unwritten: dict[str, list[dict[str, Any]]] = {}
        self.trouble = ""
        self._stop = workspace.observe(self._changed)

    def close(self) -> None:
        """Follow the project no longer."""
        self._stop()

    def infos(self, place: str | None = None, *, archived: bool = False) -> list[ThreadInfo]:
        """The conversations, the latest first.

        Args:
            place: nothing for the project, ``domain`` or ``domain/flow``; None for all places.
            archived: whether to list those that are archived, too.
        """
        infos = [thread.info for thread in self._all()]
        shown = [
            info
            for info in infos
            if (place is None or info.place == place) and (archived or not info.archived)
        ]
        return sorted(shown, key=lambda info: (info.updated, info.id), reverse=True)

    def thread(self, id: str) -> Thread:
        """A conversation with its messages.

        Raises:
            EditError: there is no such conversation, or it cannot be read.
        """
        try:
            return self._thread(id)
        except (KeyError, FileNotFoundError):
            raise EditError("this conversation no longer exists; begin a new one") from None
        except OSError as error:
            raise EditError(f"this conversation cannot be read: {error}") from error

    def begin(self, place: str, title: str = "") -> ThreadInfo:
        """Begin a conversation about a place."""
        id = uuid.uuid4().hex
        fields = {"id": id, "place": place, "title": title, "created": _now(), "archived": False}
        self._write(id, {"kind": "thread", **fields})
        return self.thread(id).info

    def add(self, id: str, message: ChatMessage) -> ChatMessage:
        """Add a message to a conversation; returns it as it was written, with its time.

        Raises:
            EditError: there is no such conversation.
        """
        self.thread(id)
        written = message.model_copy(update={"timestamp": message.timestamp or _now()})
        line = written.model_dump(mode="json", exclude_defaults=True)
        self._write(id, {"kind": "message", "id": written.id, **line})
        return written

    def mark_proposal(self, id: str, message: str, state: ProposalState) -> None:
        """Note what became of the changes that a message proposed.

        Raises:
            EditError: there is no such conversation.
        """
        self._append(id, {"kind": "proposal", "message": message, "state": state})

    def retitle(self, id: str, title: str) -> ThreadInfo:
        """Give a conversation another title.

        Raises:
            EditError: there is no such conversation.
        """
        return self._append(id, {"kind": "thread", "title": one_line(title, TITLE)})

    def archive(self, id: str, archived: bool = True) -> ThreadInfo:
        """Leave a conversation out of lists, or show it there again.

        Raises:
            EditError: there is no such conversation.
        """
        return self._append(id, {"kind": "thread", "archived": archived})

    def search(self, words: str) -> list[ThreadMatch]:
        """The conversations that have all words in their title or messages, the latest first."""
        wanted = words.casefold().split()
        found = []
        for info in self.infos(archived=True):
            thread = self._thread(info.id)
            texts = [info.title, *(message.content for message in thread.messages)]
            whole = "\n".join(texts).casefold()
            if wanted and all(word in whole for word in wanted):
                found.append(ThreadMatch(info, _excerpt(texts, wanted[0])))
        return found

    # --- reading ---------------------------------------------------------------------------

    def _all(self) -> Iterator[Thread]:
        take_over(self._workspace)
        for id in dict.fromkeys((*thread_ids(self._root), *self._unwritten)):
            with contextlib.suppress(OSError):  # gone meanwhile, or not to be read
                yield self._thread(id)

    def _thread(self, id: str) -> Thread:
        """A conversation, at the place that its subject has now."""
        thread = self._as_written(id)
        place = self._moves.whereabouts(self._workspace.design, thread.info.place)
        if len(place.split("/")) != len(thread.info.place.split("/")) or not place:
            return thread  # what it is about is gone: it stays where it was
        info = thread.info.model_copy(update={"place": place})
        return thread.model_copy(update={"info": info})

    def _as_written(self, id: str) -> Thread:
        stats = status(self._root, thread_path(id))
        unwritten = self._unwritten.get(id, [])
        mark = (stats.st_mtime_ns, stats.st_size, stats.st_ino) if stats else None, len(unwritten)
        known = self._read.get(id)
        if known is None or known[0] != mark:
            lines = read_lines(self._root, id) if stats or not unwritten else []
            known = self._read[id] = (mark, _thread_of(id, [*lines, *unwritten]))
        return known[1]

    # --- writing ---------------------------------------------------------------------------

    def _append(self, id: str, line: dict[str, Any]) -> ThreadInfo:
        self.thread(id)
        self._write(id, line)
        return self.thread(id).info

    def _write(self, id: str, line: dict[str, Any]) -> None:
        try:
            append_lines(self._root, id, [*self._unwritten.get(id, ()), line])
        except OSError as error:
            self._unwritten.setdefault(id, []).append(line)
            reason = error.strerror or str(error)
            self.trouble = f"Conversations cannot be kept in {FOLDER}: {reason}."
            logger.warning("%s", self.trouble)
        else:
            self._unwritten.pop(id, None)
            self.trouble = ""

    def _changed(self, changed: Changed) -> None:
        if changed.reason != "save":
            self._moves.note(self._workspace, changed.paths)
            return
        for id in thread_ids(self._root):
            with contextlib.suppress(OSError):  # gone meanwhile, or not to be read
                written, place = self._as_written(id).info.place, self._thread(id).info.place
                if written != place:
                    self._write(id, {"kind": "thread", "place": place})


def _thread_of(id: str, lines: Iterable[dict[str, Any]]) -> Thread:
    """A conversation from its lines; a later one about the same wins."""
    fields: dict[str, Any] = {}
    messages: dict[str, ChatMessage] = {}
    for line in lines:
        with contextlib.suppress(ValidationError):
            match line.get("kind"):
                case "thread":
                    ThreadInfo.model_validate({**fields, **line, "id": id})
                    fields |= {key: value for key, value in line.items() if key != "kind"}
                case "message":
                    message = ChatMessage.model_validate(line)
                    messages[message.id] = message
                case "proposal" if (message_id := str(line.get("message"))) in messages:
                    state = {**messages[message_id].model_dump(), "proposal": line.get("state")}
                    messages[message_id] = ChatMessage.model_validate(state)
    return Thread(info=_info(id, fields, messages), messages=tuple(messages.values()))


def _info(id: str, fields: dict[str, Any], messages: dict[str, ChatMessage]) -> ThreadInfo:
    info = ThreadInfo.model_validate({**fields, "id": id})
    first = next((message.content for message in messages.values() if message.role == "user"), "")
    last = max((message.timestamp for message in messages.values()), default="")
    return info.model_copy(
        update={
            "title": one_line(info.title or first, TITLE),
            "updated": max(last, info.created),
            "messages": len(messages),
        }
    )


def _excerpt(texts: Iterable[str], word: str) -> str:
    for text in texts:
        start = text.casefold().find(word)
        if start >= 0:
            first = max(0, start - _AROUND)
            cut = text[first : start + len(word) + _AROUND]
            return one_line(("…" if first else "") + cut, 0)
    return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
