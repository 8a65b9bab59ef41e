"""Flow files as people write them: every dialect, style, comment, line end and trap, at random."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

TRAPS = [
    "on",
    "off",
    "yes",
    "no",
    "010",
    "12:30",
    "12:30:45",
    "2025-02-04",
    "~",
    "1e3",
    "0x1F",
    "NaN",
]
WORDS = [
    "Take the money",
    "café ☕ 漢字 🙂",
    "a: b",
    "# no comment",
    "it's",
    'say "hi"',
    "x" * 130,
    "- dash",
]
PLAIN = ["Charge the card", "café ☕ 漢字 🙂", "x" * 130, "it's fine", *TRAPS]
COMMENTS = ["# a remark", "#", "#: odd", "# ümläut ☕", "#\ttab"]


class _Writer:
    """Writes one flow file, asking ``draw`` at every turn."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.dash = self.one_of("  ", "")
        self.ids = [f"node_{index}" for index in range(draw(st.integers(1, 5)))]
        self.dialect = self.one_of("guide", "handles", "top")
        self.anchors = self.maybe()

    def one_of(self, *choices: str) -> str:
        return str(self.draw(st.sampled_from(choices)))

    def maybe(self) -> bool:
        return bool(self.draw(st.booleans()))

    def add(self, *lines: str) -> None:
        self.lines += lines

    def comments(self, indent: str = "") -> None:
        for _ in range(self.draw(st.sampled_from([0, 0, 0, 1, 2]))):
            self.add("" if self.maybe() else indent + self.one_of(*COMMENTS))

    def after(self) -> str:
        return self.one_of("", "", "", "  # why", " #")

    def quoted(self, word: str) -> str:
        if self.maybe():
            return "'" + word.replace("'", "''") + "'"
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def scalar(self, indent: int) -> str:
        """A scalar in one of the styles, as it stands after ``key:`` (with the space)."""
        pad = " " * (indent + 2)
        mark = self.one_of("|", "|-", "|+", ">", ">-")
        styles = {
            "plain": " " + self.one_of(*PLAIN),
            "quoted": " " + self.quoted(self.one_of(*WORDS)),
            "number": " " + self.one_of("0", "30", "-1", "0.3", "1.0", "true", "false", "null"),
            "tab": ' "a\tb\\tc"',
            "long": f" one two three\n{pad}four five\n{pad}six",
            "block": f" {mark}\n{pad}first line\n{pad}  second, deeper\n\n{pad}last line",
        }
        return styles[self.one_of(*styles)]

    def write(self) -> str:
        self.comments()
        self.header()
        self.trigger()
        self.comments()
        if self.anchors:
            self.add(
                "shared: &shared", "  retry: {max_attempts: 3, delay: 010}", "  note: &note keep"
            )
        self.add(f"nodes:{self.after()}")
        for index in range(len(self.ids)):
            self.node(index)
        if self.dialect == "top" and len(self.ids) > 1:
            self.comments()
            self.add("connections:")
            for one, other in pairwise(self.ids):
                self.add(f"{self.dash}- {{from: {one}, to: {other}}}{self.after()}")
        self.comments()
        if self.maybe():
            self.add("metadata:", "  created_at: 2025-02-04", f"  completeness: 100{self.after()}")
        self.comments()
        text = "\n".join(self.lines) + self.one_of("\n", "", "\n\n")
        if self.maybe():
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if self.maybe() else "") + text

    def header(self) -> None:
        self.add(f"flow:{self.after()}", f"  id: sample{self.after()}")
        self.comments("  ")
        self.add("  name:" + self.scalar(2), f"  domain: shop{self.after()}")
        self.comments()

    def trigger(self) -> None:
        self.add("trigger:")
        if self.dialect == "guide":
            self.add("  type: http", f"  method: POST{self.after()}", "  path: /x/{id}")
            return
        self.add("  id: start", "  type: trigger", "  spec:", '    event: "HTTP POST /x"')
        if self.dialect == "handles":
            self.add("  connections:", f"    - targetNodeId: {self.ids[0]}{self.after()}")

    def node(self, index: int) -> None:
        inner = self.dash + "  "
        self.comments(self.dash)
        self.add(f"{self.dash}- id: {self.ids[index]}{self.after()}")
        self.add(f"{inner}type: {self.one_of('process', 'my_own_type', 'process')}")
        if self.maybe():
            self.add(f"{inner}label:" + self.scalar(len(inner)))
        self.position(inner)
        self.comments(inner)
        self.spec(inner)
        self.connections(index, inner)

    def position(self, inner: str) -> None:
        x = self.one_of("100", "-5", "12.5")
        forms = {
            "none": [],
            "flow": [f"{inner}position: {{ x: {x}, y: 50 }}{self.after()}"],
            "tight": [f"{inner}position: {{x: {x}, y: 50}}"],
            "block": [
                f"{inner}position:{self.after()}",
                f"{inner}  x: {x}",
                f"{inner}  y: 50{self.after()}",
            ],
        }
        self.add(*forms[self.one_of(*forms)])

    def spec(self, inner: str) -> None:
        self.add(f"{inner}spec:{self.after()}")
        keys = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True)
        for key in self.draw(keys):
            self.add(f"{inner}  {key}:" + self.scalar(len(inner) + 2))
        if self.maybe():
            self.add(f"{inner}  tags: [on, 'two', {{ k: v }}, 010]{self.after()}")
        if self.maybe():
            self.add(
                f"{inner}  steps:", f"{inner}    - first{self.after()}", f"{inner}    - second"
            )
        if self.anchors and self.maybe():
            self.add(f"{inner}  policy: *shared{self.after()}", f"{inner}  remark: *note")

    def connections(self, index: int, inner: str) -> None:
        following = self.ids[index + 1 : index + 2]
        if self.dialect == "guide" and following:
            self.add(f"{inner}connections:", f"{inner}  next: {following[0]}{self.after()}")
        elif self.dialect == "handles":
            self.add(f"{inner}connections:" + ("" if following else " []"))
            self.add(*(f"{inner}  - targetNodeId: {target}" for target in following))


@st.composite
def flow_texts(draw: Callable[..., Any]) -> str:
    """The text of a flow file that can be read, with 1 to 5 nodes."""
    return _Writer(draw).write()
