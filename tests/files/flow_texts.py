"""Flow files as people write them: every dialect, style, comment, line end and trap, at random."""

from __future__ import annotations

from collections.abc import Callable
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

Draw = Callable[[st.SearchStrategy[Any]], Any]


def _quoted(draw: Draw, word: str) -> str:
    style = draw(st.sampled_from(["single", "double"]))
    if style == "single":
        return "'" + word.replace("'", "''") + "'"
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scalar(draw: Draw, indent: int) -> str:
    """A scalar in one of the styles, as it stands after ``key:`` (with the space)."""
    style = draw(st.sampled_from(["plain", "quoted", "literal", "folded", "number", "tab", "long"]))
    pad = " " * (indent + 2)
    if style == "plain":
        return " " + draw(st.sampled_from(PLAIN))
    if style == "quoted":
        return " " + _quoted(draw, draw(st.sampled_from(WORDS)))
    if style == "number":
        return " " + draw(st.sampled_from(["0", "30", "-1", "0.3", "1.0", "true", "false", "null"]))
    if style == "tab":
        return ' "a\tb\\tc"'
    if style == "long":
        return f" one two three\n{pad}four five\n{pad}six"
    mark = draw(st.sampled_from(["|", "|-", "|+", ">", ">-"]))
    return f" {mark}\n{pad}first line\n{pad}  second, deeper\n\n{pad}last line"


@st.composite
def flow_texts(draw: Draw) -> str:
    """The text of a flow file that can be read, with 1 to 5 nodes."""
    dialect = draw(st.sampled_from(["guide", "handles", "top"]))
    count = draw(st.integers(1, 5))
    ids = [f"node_{index}" for index in range(count)]
    dash = draw(st.sampled_from(["  ", ""]))
    lines: list[str] = []

    def comment(indent: str = "") -> None:
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            blank = draw(st.booleans())
            lines.append("" if blank else indent + draw(st.sampled_from(COMMENTS)))

    def after() -> str:
        return draw(st.sampled_from(["", "", "", "  # why", " #"]))

    comment()
    lines.append(f"flow:{after()}")
    lines.append(f"  id: sample{after()}")
    comment("  ")
    lines.append("  name:" + scalar(draw, 2))
    lines.append(f"  domain: shop{after()}")
    comment()
    if dialect == "guide":
        lines += ["trigger:", "  type: http", f"  method: POST{after()}", "  path: /x/{id}"]
    else:
        lines += [
            "trigger:",
            "  id: start",
            "  type: trigger",
            "  spec:",
            '    event: "HTTP POST /x"',
        ]
        if dialect == "handles":
            lines += ["  connections:", f"    - targetNodeId: {ids[0]}{after()}"]
    comment()
    anchor = draw(st.booleans())
    if anchor:
        lines += ["shared: &shared", "  retry: {max_attempts: 3, delay: 010}", "  note: &note keep"]
    lines.append(f"nodes:{after()}")
    inner = dash + "  "
    for index, id in enumerate(ids):
        comment(dash)
        lines.append(f"{dash}- id: {id}{after()}")
        lines.append(f"{inner}type: {draw(st.sampled_from(['process', 'my_own_type', 'process']))}")
        if draw(st.booleans()):
            lines.append(f"{inner}label:" + scalar(draw, len(inner)))
        place = draw(st.sampled_from(["none", "flow", "tight", "block"]))
        x = draw(st.sampled_from(["100", "-5", "12.5"]))
        if place == "flow":
            lines.append(f"{inner}position: {{ x: {x}, y: 50 }}{after()}")
        elif place == "tight":
            lines.append(f"{inner}position: {{x: {x}, y: 50}}")
        elif place == "block":
            lines += [f"{inner}position:{after()}", f"{inner}  x: {x}", f"{inner}  y: 50{after()}"]
        comment(inner)
        lines.append(f"{inner}spec:{after()}")
        for key in draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True)):
            lines.append(f"{inner}  {key}:" + scalar(draw, len(inner) + 2))
        if draw(st.booleans()):
            lines.append(f"{inner}  tags: [on, 'two', {{ k: v }}, 010]{after()}")
        if draw(st.booleans()):
            lines += [f"{inner}  steps:", f"{inner}    - first{after()}", f"{inner}    - second"]
        if anchor and draw(st.booleans()):
            lines += [f"{inner}  policy: *shared{after()}", f"{inner}  remark: *note"]
        if dialect == "guide" and index + 1 < count:
            lines += [f"{inner}connections:", f"{inner}  next: {ids[index + 1]}{after()}"]
        elif dialect == "handles":
            following = ids[index + 1 : index + 2]
            lines.append(f"{inner}connections:" + ("" if following else " []"))
            lines += [f"{inner}  - targetNodeId: {target}" for target in following]
    if dialect == "top" and count > 1:
        comment()
        lines.append("connections:")
        lines += [
            f"{dash}- {{from: {one}, to: {other}}}{after()}"
            for one, other in zip(ids, ids[1:], strict=False)
        ]
    comment()
    if draw(st.booleans()):
        lines += ["metadata:", "  created_at: 2025-02-04", f"  completeness: 100{after()}"]
    comment()
    text = "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n"]))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return ("\ufeff" if draw(st.booleans()) else "") + text
