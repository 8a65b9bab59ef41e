"""A browser without a browser: it keeps the board that a canvas sends, as the real one does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ddd_lab import __version__
from ddd_lab.canvas.widget import Canvas
from ddd_lab.project import Project


class Screen:
    """One view of a canvas.

    Attributes:
        canvas: the widget.
        board: what is on the screen: the last board with all patches since.
        patches, notices, replies: what came, in order.
        sizes: bytes of every message.
    """

    def __init__(self, project: Project, at: str = "", *, greet: bool = True) -> None:
        self.project = project
        self.canvas = Canvas(project.workbench, at)
        self.board: dict[str, Any] = {}
        self.patches: list[dict[str, Any]] = []
        self.notices: list[str] = []
        self.problems: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.sizes: list[int] = []
        self.canvas.send = self._receive  # what a comm would carry
        if greet:
            self.hello()

    def ask(self, op: str, **arguments: Any) -> dict[str, Any]:
        """Send a command and return its result.

        Raises:
            AssertionError: it was refused.
        """
        reply = self.try_(op, **arguments)
        assert reply["ok"], reply["error"]
        result: dict[str, Any] = reply["result"]
        if op == "problems":
            self.problems = result["problems"]
        return result

    def hello(self, version: str = __version__) -> str:
        """Greet Python, which sends the board; returns the version that it says."""
        return str(self.ask("hello", version=version)["version"])

    def refused(self, op: str, **arguments: Any) -> str:
        """Send a command that is refused, and return what the person is told."""
        reply = self.try_(op, **arguments)
        assert not reply["ok"], f"{op} was carried out: {reply['result']}"
        message: str = reply["error"]["message"]
        return message

    def try_(self, op: str, **arguments: Any) -> dict[str, Any]:
        """Send a command and return the reply, whatever it is."""
        before = len(self.replies)
        at = self.board.get("at")
        self.post({"id": before + 1, "op": op, "args": arguments, "at": at})
        assert len(self.replies) == before + 1, f"{op} was not answered"
        return self.replies[-1]

    def post(self, content: Any) -> None:
        """Deliver anything at all."""
        self.canvas._handle_custom_msg(content, [])

    @property
    def cards(self) -> dict[str, dict[str, Any]]:
        """Cards on the screen, by id."""
        return {card["id"]: card for card in self.board["cards"]}

    @property
    def links(self) -> dict[str, dict[str, Any]]:
        """Links on the screen, by id."""
        return {link["id"]: link for link in self.board["links"]}

    def lines(self) -> set[tuple[str, str, str]]:
        """Source, output and target of every link."""
        found = self.board["links"]
        return {(link["source"], link["output"], link["target"]) for link in found}

    def link(self, source: str, output: str = "") -> str:
        """Id of the link from an output."""
        return next(
            str(link["id"])
            for link in self.board["links"]
            if link["source"] == source and (not output or link["output"] == output)
        )

    def state(self) -> str:
        """Saved, unsaved, ..., as the toolbar says it."""
        return str(self.board["status"]["state"])

    def _receive(self, content: Any, buffers: Any = None) -> None:
        # As strict as the kernel's own packer.
        text = json.dumps(content, allow_nan=False, ensure_ascii=False).encode()
        self.sizes.append(len(text))
        message = json.loads(text)
        if "board" in message:
            self.board = message["board"]
        if "patch" in message:
            self._patch(message["patch"])
        if "notice" in message:
            self.notices.append(message["notice"]["text"])
        if "reply" in message:
            self.replies.append(message["reply"])

    def _patch(self, patch: dict[str, Any]) -> None:
        assert patch["since"] == self.board["rev"], "a patch for another revision"
        self.patches.append(patch)
        for kind in ("cards", "links"):
            things = {thing["id"]: thing for thing in self.board[kind]}
            for id, fields in patch[kind].items():
                things[id] = {**things.get(id, {}), **fields, "id": id}
            for id in patch[f"gone_{kind}"]:
                del things[id]
            self.board[kind] = list(things.values())
        self.board |= patch["board"]
        self.board["rev"] = patch["rev"]


def fresh(screen: Screen) -> dict[str, Any]:
    """The board as a view that opens now would get it."""
    screen.hello()
    return screen.board


def text_of(project: Project, path: str) -> str:
    """What stands in a file on disk."""
    return Path(project.root, path).read_text("utf-8")
