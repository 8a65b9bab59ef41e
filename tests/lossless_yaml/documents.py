"""Random YAML documents of every look that people give them, and random changes of data."""

from __future__ import annotations

import copy
from random import Random

from ddd_lab.lossless_yaml import Data

PLAIN = (
    "word", "two words", "Größe", "a:b", "http://x.org/a?b=1", "x#y", "-dash", "it's", 'say "hi"',
    "on", "yes", "no", "12:30", "010", "1_000", "2025-02-13", "1.2.3", "5", "-7", "3.14", "1e3",
    "true", "False", "null", "~", "0x1F", "0o17", ".inf", ".nan", "日本語 text", "emoji 🎉", "a\tb",
    "$.body.id", "C:\\path", "100%", "a, b", "key [x] {y}", "word " * 30 + "end",
)  # fmt: skip
IN_FLOW = (
    "word", "two words", "5", "1.50", "true", "null", "on", "a:b", '"q, r"', "'it''s'", '"\\n"',
    "日本", "-1", '""',
)  # fmt: skip
QUOTED = (
    '"x"', "'x'", '""', "''", "'it''s'", '"tab\\there"', '"line\\nbreak"', '"\\u263a ☺"', "'# no'",
    '": "', '"true"', "'12:30'", '"a\tb"', "'say \"hi\"'",
)  # fmt: skip
KEYS = (
    "id", "name", "type", "spec", "nodes", "position", "label", "true", "404", "on", "a-b", "x.y",
    "two words", "Größe", '"quoted key"', "'single'", "<x>", "$ref", "description",
)  # fmt: skip
ODD_IN_FLOW = (
    "[x: 1, y]", "[? x : 1, y]", "{? a : 1, b: 2}", "{? a, b}", "{a, b: 1}", "[{x: 1}, [a: b]]",
    "{a: [b: c], d: }", '{"x":1}',
)  # fmt: skip
COMMENTS = ("# note", "#", "# key: value", "# - item", '# "quote', "## ── Nodes ──", "#tight")
VALUES: tuple[Data, ...] = (
    "word", "on", "12:30", "a: b", "- x", "# no", "x # y", "it's", 'a "b"', "", " lead", "trail ",
    "{x}", "[y]", "a, b", "null", "~", "0x1f", "1e3", "2025-02-13", "é ü 🎉", "tab\there", "*a",
    "&a", "!t", "%d", "@at", "`b", "|", ">", "?", "? q", "-", "---", "a:", "a\nb", "a\nb\n",
    "a\n\nb\n\n",
    "\n lead", "  two\nx\n", "\ttab\nx", "x\n\n\n", "\n", "\u2028", "\x07", "\ufeff", "\x85",
    "word " * 40 + "end", "p one\n\np two  \n", None, True, False, 0, 5, -12345678901234567890, 1.5,
    1e20, float("inf"), float("nan"), [], {}, [1, 2], ["a", "b: c"], {"x": 1, "y": 2},
    {"a": {"b": []}}, [{"id": "n1", "position": {"x": 1, "y": 2}}], [[1], [[2]]],
    {"on": "yes", "": None, "k: v": "x\ny"},
)  # fmt: skip


class Writer:
    """Writes one random document; each kind of habit is chosen once per document."""

    def __init__(self, random: Random, *, odd: bool = False) -> None:
        self.random = random
        self.odd = odd
        self.step = random.choice((2, 2, 2, 4, 3))
        self.dash = random.choice((0, 2, 2, 4))
        self.pad = random.choice(("", " "))
        self.commented = random.choice((0.0, 0.1, 0.4))
        self.blank = random.choice((0.0, 0.1, 0.5))
        self.anchored = random.random() < 0.3
        self.tagged = random.random() < 0.15
        self.anchors: list[str] = []
        self.lines: list[str] = []

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def document(self) -> str:
        if self.chance(0.1):
            self.lines += [self.random.choice(("# head", "", "# a file")), "---"]
        elif self.chance(0.2):
            self.lines += ["# head comment", ""][: self.random.randint(1, 2)]
        if self.chance(0.8):
            self.mapping(0, 3)
        elif self.chance(0.7):
            self.sequence(0, 3)
        else:
            self.lines.append(self.flow(2))
        if self.chance(0.2):
            self.lines += ["", "# the end"]
        text = "\n".join(self.lines) + "\n" * self.random.choice((0, 1, 1, 1, 3))
        if self.chance(0.2):
            text = text.replace("\n", "\r\n")
        return "\ufeff" * self.chance(0.1) + text

    def around(self, column: int) -> None:
        while self.chance(self.blank):
            self.lines.append(self.random.choice(("", "", " " * 12 if self.odd else "  ")))
        while self.chance(self.commented):
            indent = self.random.choice((column, column, column, column + 2, 0))
            self.lines.append(" " * indent + self.random.choice(COMMENTS))

    def mapping(self, column: int, depth: int, first: str | None = None) -> None:
        keys = list(KEYS)
        self.random.shuffle(keys)
        for index in range(self.random.randint(1, 4)):
            lead = " " * column
            if index == 0 and first is not None:
                lead = first
            else:
                self.around(column)
            key = keys[0] if self.chance(0.02) else keys[index]
            if self.odd and self.chance(0.2):
                self.explicit(lead, key, column, depth)
            else:
                self.value(f"{lead}{key}:", column, depth, dash=False)

    def explicit(self, lead: str, key: str, column: int, depth: int) -> None:
        """An entry with a question mark, its value on a line of its own or missing."""
        block = "|\n" + " " * (column + 4) + "some text"
        written = self.random.choice(
            (key, f"{key}  # why", block, "[p, q]", f"&k{len(self.lines)} {key}")
        )
        self.lines.append(f"{lead}? {written}")
        if self.chance(0.3):
            self.lines.append(" " * column + self.random.choice(COMMENTS))
        if self.chance(0.8):
            self.value(" " * column + ":", column, depth, dash=True)

    def sequence(self, column: int, depth: int, first: str | None = None) -> None:
        for index in range(self.random.randint(1, 4)):
            lead = " " * column
            if index == 0 and first is not None:
                lead = first
            else:
                self.around(column)
            self.value(f"{lead}-", column, depth, dash=True)

    def value(self, lead: str, column: int, depth: int, *, dash: bool) -> None:
        props = self.properties()
        end = "  " + self.random.choice(COMMENTS) if self.chance(self.commented) else ""
        kind = self.random.random()
        if depth and kind < 0.35:
            if dash and not props and self.chance(0.85):
                self.mapping(column + 2, depth - 1, first=lead + " ")
            else:
                self.lines.append(lead + props + end)
                self.around(column + self.step)
                self.mapping(column + self.step, depth - 1)
        elif depth and kind < 0.55:
            if dash and not props and self.chance(0.85):
                self.sequence(column + 2, depth - 1, first=lead + " ")
            else:
                inner = column + (max(self.dash, 2) if dash else self.dash)
                self.lines.append(lead + props + end)
                self.sequence(inner, depth - 1)
        elif kind < 0.6:
            self.lines.append(lead + props + end)
        elif kind < 0.7:
            self.lines.append(f"{lead}{props} {self.flow(2)}{end}")
        elif kind < 0.8:
            self.block(f"{lead}{props} ", column, end)
        elif self.anchors and kind < 0.9:
            self.lines.append(f"{lead} *{self.random.choice(self.anchors)}{end}")
        else:
            self.scalar(lead + props, column, end)
        if props and "&" in props:
            self.anchors.append(props.split("&")[1].split()[0])

    def properties(self) -> str:
        result = ""
        if self.anchored and self.chance(0.2):
            result += f" &a{len(self.lines)}"
        if self.tagged and self.chance(0.2):
            result += self.random.choice((" !thing", " !!str"))
        return result

    def scalar(self, lead: str, column: int, end: str) -> None:
        style = self.random.random()
        space = self.random.choice((" ", " ", " ", "   "))
        if self.odd and self.chance(0.2):
            self.lines.append(lead + end)
            lead = " " * (column + self.random.choice((2, 9)))
        if style < 0.5:
            self.lines.append(lead + space + self.random.choice(PLAIN).strip() + end)
        elif style < 0.85:
            self.lines.append(lead + space + self.random.choice(QUOTED) + end)
        else:
            quote = self.random.choice(("", "'", '"'))
            inner = " " * (column + 3)
            lines = [f"{lead} {quote}several words", f"{inner}on more", f"{inner}lines{quote}{end}"]
            self.lines += lines

    def block(self, lead: str, column: int, end: str) -> None:
        style = self.random.choice("||>")
        indent = column + self.random.choice((2, 2, self.step, 4))
        indicator = ""
        lines = ["first line", "second: line", "# not a comment", "- nor an item"]
        lines = lines[: self.random.randint(1, 4)]
        if self.chance(0.3):
            lines.insert(1, "")
        if self.chance(0.2):
            lines.append("  deeper")
        if self.chance(0.15) and column >= 0:
            indicator = str(indent - column)
            lines[0] = "  " + lines[0]
        chomp = self.random.choice(("", "", "-", "+"))
        self.lines.append(lead + style + indicator + chomp + end)
        self.lines += [" " * indent + line if line else "" for line in lines]
        if self.chance(0.2):
            self.lines.append("")

    def flow(self, depth: int) -> str:
        kind = self.random.random()
        if self.odd and depth and kind < 0.15:
            return self.random.choice(ODD_IN_FLOW)
        if not depth or kind < 0.4:
            inner = [self.random.choice(IN_FLOW) for _ in range(self.random.randint(0, 3))]
            return "[" + self.random.choice((", ", ", ", ",")).join(inner) + "]"
        keys = ["x", "y", '"z"', "true"][: self.random.randint(0, 4)]
        inner = [
            f"{key}: {self.flow(depth - 1) if self.chance(0.2) else self.random.choice(IN_FLOW)}"
            for key in keys
        ]
        return "{" + self.pad + ", ".join(inner) + self.pad + "}" if inner else "{}"


def paths(data: Data, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """All paths of the data."""
    found = [path]
    if isinstance(data, dict):
        for key, value in data.items():
            found += paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += paths(value, (*path, index))
    return found


def at(data: Data, path: tuple[str | int, ...]) -> Data:
    """The value at a path."""
    for step in path:
        data = data[step]  # type: ignore[index]  # the path fits
    return data


def changed(random: Random, data: Data, times: int = 1) -> Data:
    """A copy of the data with random changes."""
    data = copy.deepcopy(data)
    for _ in range(times):
        path = random.choice(paths(data))
        if not _change_entries(random, at(data, path)):
            data = put(data, path, copy.deepcopy(random.choice(VALUES)))
    return data


def put(data: Data, path: tuple[str | int, ...], value: Data) -> Data:
    """Set the value at a path, in place where there is a parent."""
    if not path:
        return value
    parent = at(data, path[:-1])
    parent[path[-1]] = value  # type: ignore[index]  # the path fits
    return data


def _change_entries(random: Random, value: Data) -> bool:
    """Add, remove, rename or move an entry; False when the value should be replaced instead."""
    if not isinstance(value, dict | list) or random.random() < 0.2:
        return False
    action = random.random()
    new = copy.deepcopy(random.choice(VALUES))
    place = random.randint(0, len(value))
    if isinstance(value, list):
        if action < 0.4 or not value:
            value.insert(place, new)
        elif action < 0.7:
            del value[place - 1]
        else:
            value.insert(place - 1, value.pop(random.randrange(len(value))))
        return True
    items = list(value.items())
    if action < 0.4 or not items:
        key = random.choice(("new", "on", "x y", "404", "true", "a: b", "#k", "", "é", "y"))
        items = [item for item in items if item[0] != key]
        items.insert(place, (key, new))
    elif action < 0.7:
        del items[place - 1]
    else:
        key, old = items[place - 1]
        items[place - 1] = (key + "_2", old)
    value.clear()
    value.update(items)
    return True
