"""Spec files and what two people do to them, at random: every change carries a word of its own.

A file is a tree of maps, of lists whose items have an id, and of values. It is written with
comments, in a style of its own, in one of the dialects.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Leaves = dict[tuple[str, ...], str]


@dataclass
class Entry:
    """One entry of a map, or one item of a list (its key is its identity)."""

    key: str
    value: Any
    lead: list[str] = field(default_factory=list)
    trail: str = ""


@dataclass
class Many:
    """A map, or a list of maps."""

    entries: list[Entry]
    is_list: bool = False
    in_braces: bool = False


@dataclass
class Style:
    """How a file is written by habit."""

    dash: str
    quote: str
    line_end: str
    last: str


def copied(one: Any) -> Any:
    """A copy of a tree or an entry."""
    if isinstance(one, Entry):
        return Entry(one.key, copied(one.value), list(one.lead), one.trail)
    if isinstance(one, Many):
        return Many([copied(entry) for entry in one.entries], one.is_list, one.in_braces)
    return one


class Words:
    """Words that occur once."""

    def __init__(self, side: str) -> None:
        self.side = side
        self.count = 0

    def new(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}{self.side}"


def map_of(**values: Any) -> Many:
    return Many([Entry(key, value) for key, value in values.items()])


def braces(**values: Any) -> Many:
    return Many([Entry(key, value) for key, value in values.items()], in_braces=True)


def list_of(*items: tuple[str, Many]) -> Many:
    return Many([Entry(key, value) for key, value in items], is_list=True)


# --- files ---------------------------------------------------------------------------------------


def any_file(rng: random.Random) -> tuple[str, Many, Style]:
    """The path of a new file, what it says, and how it is written."""
    style = Style(
        rng.choice(["", "  "]),
        rng.choice(["", "'", '"']),
        rng.choice(["\n"] * 5 + ["\r\n"]),
        rng.choice(["\n", "\n", "", "\n\n"]),
    )
    words = Words("b")
    kind = rng.choice(["guide", "handles", "top", "guide", "handles", "top", *_OTHERS])
    folder, tree = _OTHERS[kind](words) if kind in _OTHERS else _flow(rng, words, kind)
    for entry in list(_entries(tree)):
        _comment(rng, entry, words, often=0.12)
    return folder, tree, style


def _flow(rng: random.Random, words: Words, dialect: str) -> tuple[str, Many]:
    ids = [f"n{number}" for number in range(rng.randint(2, 6))]
    nodes = [(id, _node(rng, words, dialect, id, rng.choice(ids))) for id in ids]
    head = {"id": "flow", "name": words.new("N"), "domain": "shop"}
    trigger = (
        map_of(type="http", method="POST", path=words.new("p"))
        if dialect == "guide"
        else map_of(id="start", type="trigger", spec=map_of(event=words.new("e")))
    )
    tree = map_of(flow=map_of(**head), trigger=trigger, nodes=list_of(*nodes))
    if dialect == "top":
        links = [_top_link(source, "next", rng.choice(ids)) for source in ids[1:]]
        tree.entries.append(Entry("connections", list_of(*links)))
    tree.entries.append(Entry("metadata", map_of(completeness=words.new("m"))))
    return "specs/domains/shop/flows", tree


def _node(rng: random.Random, words: Words, dialect: str, id: str, target: str) -> Many:
    node = map_of(id=id, type="process", label=words.new("L"))
    if rng.random() < 0.7:
        xy = {"x": str(rng.randint(0, 900)), "y": str(rng.randint(0, 900))}
        node.entries.append(Entry("position", (braces if rng.random() < 0.6 else map_of)(**xy)))
    spec = map_of(operation=words.new("o"), retry=braces(max=words.new("r"), delay=words.new("d")))
    if rng.random() < 0.5:
        spec.entries.append(
            Entry("fields", list_of(*[(name, _item(name, words)) for name in ("alpha", "beta")]))
        )
    node.entries.append(Entry("spec", spec))
    if dialect == "guide":
        node.entries.append(Entry("connections", map_of(next=target)))
    elif dialect == "handles":
        node.entries.append(Entry("connections", list_of(_link("next", target))))
    return node


def _item(name: str, words: Words) -> Many:
    return map_of(name=name, type=words.new("t"))


def _link(output: str, target: str) -> tuple[str, Many]:
    return output, map_of(sourceHandle=output, targetNodeId=target)


def _top_link(source: str, output: str, target: str) -> tuple[str, Many]:
    return f"{source}.{output}", braces(**{"from": source, "output": output, "to": target})


def _domain(words: Words) -> tuple[str, Many]:
    flows = [(id, map_of(id=id, name=words.new("N"))) for id in ("pay", "refund", "send")]
    events = [(e, map_of(event=e, from_flow=words.new("f"))) for e in ("a.done", "b.done")]
    places = {id: braces(x="10", y="20") for id, _ in flows}
    inner = map_of(
        name="shop",
        description=words.new("D"),
        flows=list_of(*flows),
        publishes_events=list_of(*events),
        layout=map_of(flows=map_of(**places)),
    )
    return "specs/domains", map_of(domain=inner)


def _schema(words: Words) -> tuple[str, Many]:
    fields = [(name, _item(name, words)) for name in ("id_field", "amount", "currency")]
    return "specs/schemas", map_of(name="Order", version=words.new("v"), fields=list_of(*fields))


def _system(words: Words) -> tuple[str, Many]:
    domains = [(n, map_of(name=n, description=words.new("D"))) for n in ("shop", "bank", "post")]
    stack = map_of(language=words.new("l"), database=words.new("d"))
    return "specs", map_of(system=map_of(name="s", tech_stack=stack, domains=list_of(*domains)))


_OTHERS: dict[str, Callable[[Words], tuple[str, Many]]] = {
    "domain": _domain,
    "schema": _schema,
    "system": _system,
}

# --- what people do ------------------------------------------------------------------------------


def edited(rng: random.Random, tree: Many, side: str) -> Many:
    """The tree after one to five changes by a side, each with a word of its own."""
    tree, words = copied(tree), Words(side)
    for _ in range(rng.randint(1, 5)):
        rng.choice(_CHANGES)(rng, tree, words)
    return tree


def _entries(many: Many) -> Iterator[Entry]:
    for entry in many.entries:
        yield entry
        if isinstance(entry.value, Many):
            yield from _entries(entry.value)


def _all(many: Many) -> Iterator[Many]:
    yield many
    for entry in many.entries:
        if isinstance(entry.value, Many):
            yield from _all(entry.value)


def _change_value(rng: random.Random, tree: Many, words: Words) -> None:
    fixed = ("id", "name", "event", "x", "y", "type", "from", "output", "sourceHandle", "domain")
    values = [e for e in _entries(tree) if isinstance(e.value, str) and e.key not in fixed]
    if values:
        rng.choice(values).value = words.new("w")


def _move(rng: random.Random, tree: Many, words: Words) -> None:
    places = [many for many in _all(tree) if {"x", "y"} == {e.key for e in many.entries}]
    if places:
        for entry in rng.choice(places).entries:
            entry.value = str(rng.randint(0, 900))


def _add_key(rng: random.Random, tree: Many, words: Words) -> None:
    maps = [m for m in _all(tree) if not m.is_list and m.entries[0].key not in ("x", "from")]
    many = rng.choice(maps)
    key = rng.choice(["note", "hint", words.new("k")])
    if key not in {entry.key for entry in many.entries}:
        many.entries.insert(rng.randint(1, len(many.entries)), Entry(key, words.new("w")))


def _remove_key(rng: random.Random, tree: Many, words: Words) -> None:
    kept = ("id", "name", "event", "type", "x", "y", "from", "output", "to", "sourceHandle")
    maps = [m for m in _all(tree) if not m.is_list and len(m.entries) > 2 and m is not tree]
    many = rng.choice(maps) if maps else tree
    loose = [e for e in many.entries if e.key not in kept and not isinstance(e.value, Many)]
    if loose:
        many.entries.remove(rng.choice(loose))


def _lists(tree: Many) -> list[Many]:
    return [many for many in _all(tree) if many.is_list]


def _add_item(rng: random.Random, tree: Many, words: Words) -> None:
    many = rng.choice(_lists(tree))
    like = rng.choice(many.entries)
    fresh = copied(like)
    fresh.key = rng.choice(["both", words.new("i")])
    if fresh.key in {entry.key for entry in many.entries}:
        return
    for entry in [fresh, *_entries(fresh.value)]:
        entry.lead, entry.trail = [], ""
        if isinstance(entry.value, str) and entry.value[-1:] == "b" and entry.value[1:2].isdigit():
            entry.value = words.new("w")
    identity = next(
        e for e in fresh.value.entries if e.key in ("id", "name", "event", "sourceHandle", "from")
    )
    identity.value = fresh.key
    if identity.key == "from":
        fresh.key = f"{identity.value}.{fresh.value.entries[1].value}"
        if fresh.key in {entry.key for entry in many.entries}:
            return
    many.entries.insert(rng.randint(0, len(many.entries)), fresh)


def _remove_item(rng: random.Random, tree: Many, words: Words) -> None:
    lists = [many for many in _lists(tree) if len(many.entries) > 1]
    if lists:
        many = rng.choice(lists)
        many.entries.remove(rng.choice(many.entries))


def _rename(rng: random.Random, tree: Many, words: Words) -> None:
    """Give a node another id, and everything that leads to it."""
    nodes = next((e.value for e in tree.entries if e.key == "nodes"), None)
    if nodes is None:
        return
    node, new = rng.choice(nodes.entries), words.new("n")
    old = node.key
    node.key = new
    for entry in _entries(tree):
        if entry.value == old and entry.key not in ("sourceHandle", "output"):
            entry.value = new
        if entry.key.startswith(f"{old}."):
            entry.key = f"{new}.{entry.key.partition('.')[2]}"


def _reorder(rng: random.Random, tree: Many, words: Words) -> None:
    many = rng.choice([m for m in _all(tree) if not m.in_braces])
    first = [] if many.is_list else many.entries[:1]
    rest = many.entries[len(first) :]
    rng.shuffle(rest)
    many.entries = [*first, *rest]


def _add_comment(rng: random.Random, tree: Many, words: Words) -> None:
    _comment(rng, rng.choice([e for m in _all(tree) if not m.in_braces for e in m.entries]), words)


def _comment(rng: random.Random, entry: Entry, words: Words, often: float = 1) -> None:
    if rng.random() > often:
        return
    if rng.random() < 0.5:
        entry.lead.append(f"# {words.new('c')}")
    elif not entry.trail:
        entry.trail = f"  # {words.new('c')}"


def _reword_comment(rng: random.Random, tree: Many, words: Words) -> None:
    entries = [entry for entry in _entries(tree) if entry.lead or entry.trail]
    if entries:
        entry = rng.choice(entries)
        if entry.lead:
            entry.lead[0] = f"# {words.new('c')}"
        else:
            entry.trail = f"  # {words.new('c')}"


_CHANGES = [
    *(_change_value, _change_value, _change_value, _move, _move, _add_key, _remove_key),
    *(_add_item, _remove_item, _rename, _reorder, _add_comment, _add_comment, _reword_comment),
]

# --- as text, and as what it says ---------------------------------------------------------------


def text_of(tree: Many, style: Style) -> str:
    """The file."""
    text = "\n".join(_written(tree, "", style)) + style.last
    return text.replace("\n", style.line_end)


def _written(many: Many, indent: str, style: Style) -> Iterator[str]:
    for entry in many.entries:
        for words in entry.lead:
            yield indent + words
        if many.is_list:
            first, *lines = _item_lines(entry, indent, style)
            yield first
            yield from lines
        elif isinstance(entry.value, str):
            yield f"{indent}{entry.key}: {_scalar(entry.value, style)}{entry.trail}"
        elif entry.value.in_braces:
            yield f"{indent}{entry.key}: {_braced(entry.value)}{entry.trail}"
        elif not entry.value.entries:
            yield f"{indent}{entry.key}: {'[]' if entry.value.is_list else '{}'}{entry.trail}"
        else:
            yield f"{indent}{entry.key}:{entry.trail}"
            inner = indent + (style.dash if entry.value.is_list else "  ")
            yield from _written(entry.value, inner, style)


def _item_lines(entry: Entry, indent: str, style: Style) -> list[str]:
    if entry.value.in_braces:
        return [f"{indent}- {_braced(entry.value)}{entry.trail}"]
    lines = list(_written(entry.value, indent + "  ", style))
    number = next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))
    lines[number] = f"{indent}- {lines[number][len(indent) + 2 :]}"
    if entry.trail:
        lines.insert(0, f"{indent}{entry.trail.strip()}")
    return lines


def _braced(many: Many) -> str:
    return "{" + ", ".join(f"{e.key}: {e.value}" for e in many.entries) + "}"


def _scalar(value: str, style: Style) -> str:
    return value if value.isdigit() else f"{style.quote}{value}{style.quote}"
