"""Any command of the canvas with arguments that make sense where it is given, mostly.

Arguments follow from the operation's model and from what its fields are called, so that a new
operation is tried like the others without a word here, as long as its fields have usual names.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ddd_lab
from ddd_lab.canvas.commands import OPERATIONS
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.catalogue import catalogue

READ_ONLY = frozenset(op for op, it in OPERATIONS.items() if it.changes in ("nothing", "view"))
"""Operations that look and change no file."""
OF_THE_WHOLE = frozenset(("undo", "redo", "save", "conflict"))
"""Operations that no undo takes back."""
OF_GIT = frozenset(("restore_version", "discard_changes", "resolve_merge"))
"""Operations for which a repository has to have something."""
FOR_AN_EMPTY_DESIGN = frozenset(("open_sample",))
"""Operations that a design refuses as soon as there is anything in it; `test_start` has them."""
OF_THE_ASSISTANT = frozenset(
    (
        *("apply_proposal", "budget_limit", "keep_decision", "remove_decision"),
        *("approve_gate", "drop_step", "previous_gate"),
    )
)
"""Operations for which a model has to have answered, or on files beside the design."""
EDITS = sorted(
    OPERATIONS.keys() - (READ_ONLY | OF_THE_WHOLE | OF_GIT | FOR_AN_EMPTY_DESIGN | OF_THE_ASSISTANT)
)

WORDS = ("Größe", 'it\'s "so"', "no", "two\nlines", "0012", "check stock", "Ünïque", "# not", "")
VALUES: tuple[Any, ...] = (
    *WORDS, 0, -1.5, 30, True, None, [], {}, ["a", {"b": [1]}], {"x": 1, "y": {"z": "deep"}},
    {"timeout": 5, "why: not": ["yes", "on"]},
)  # fmt: skip
TEXTS = (
    "nodes:\n- id: charge\n  type: process\n  label: Again\n- {id: new, type: terminal}\n",
    "id: in_stock\ntype: decision\nlabel: Enough?\n",
    "label: By hand   # kept\nspec:\n  description: As written\n",
    "nodes: [",
)

Chance = random.Random
Pool = Callable[[CanvasSession, Chance], Any]
Special = Callable[[CanvasSession, Chance], dict[str, Any]]


def card(session: CanvasSession, chance: Chance) -> str:
    """A card of the board."""
    return chance.choice([*session.board.cards, "ghost"])


def some_cards(session: CanvasSession, chance: Chance) -> list[str]:
    """Some cards of the board."""
    cards = list(session.board.cards)
    return chance.sample(cards, min(len(cards), chance.randint(1, 4)))


def line(session: CanvasSession, chance: Chance) -> str:
    """A line of the board."""
    return chance.choice([*session.board.links, "none"])


def port(session: CanvasSession, chance: Chance) -> str | None:
    """An output that some card of the board has."""
    names = [port.name for card in session.board.cards.values() for port in card.outputs]
    return chance.choice([*names, None])


def steps(session: CanvasSession, chance: Chance, id: str) -> list[str | int]:
    """A path into a card's settings, one that is there or one that could be."""
    path: list[str | int] = [
        chance.choice(("spec", "spec", "spec", "label", "name", "observability"))
    ]
    flow = session.workbench.design.flows.get(session.at)
    node = flow.by_id.get(id) if flow else None
    data: Any = node.spec if node and path == ["spec"] else None
    while isinstance(data, dict | list) and chance.random() < 0.8:
        known: dict[Any, Any] = data if isinstance(data, dict) else dict(enumerate(data))
        step = chance.choice([*known, "description" if isinstance(data, dict) else len(data)])
        path.append(step)
        data = known.get(step)
    return path if len(path) > 1 or path != ["spec"] else ["spec", "description"]


def flow(session: CanvasSession, chance: Chance) -> str:
    """A flow of the design."""
    return chance.choice([*session.workbench.design.flow_keys, "orders/ghost"])


NEEDS_BOXES = ("nest", "move_item", "move_link_item", "rename_link_key", "unset_link")


def place(session: CanvasSession, chance: Chance, op: str = "") -> str:
    """A flow mostly, or a map; for some operations one where they have something to do."""
    if op in NEEDS_BOXES and chance.random() < 0.9:
        return "orders/boxes" if "orders/boxes" in session.workbench.design.flow_keys else ""
    return chance.choice(["", "orders", *session.workbench.design.flow_keys])


def domain(session: CanvasSession, chance: Chance) -> str:
    """A domain of the design."""
    return chance.choice([*session.workbench.design.domains, "ghosts"])


def name(_: CanvasSession, chance: Chance) -> str:
    """Something to be called."""
    return chance.choice((*WORDS, "Pay later", "refunds", "fresh"))


POOLS: Mapping[str, Pool] = {
    **dict.fromkeys(("id", "card", "source", "target", "connect_from", "parent", "node"), card),
    **dict.fromkeys(("name", "to", "label", "title", "new_name"), name),
    **dict.fromkeys(("flow", "key"), flow),
    "at": place,
    "cards": some_cards,
    "domain": domain,
    "link": line,
    "links": lambda session, chance: [line(session, chance) for _ in range(chance.randint(1, 2))],
    "output": port,
    "text": lambda _, chance: chance.choice(TEXTS),
    "type": lambda _, chance: chance.choice([*catalogue(), "agent", "traditional"]),
    "value": lambda _, chance: chance.choice(VALUES),
    "version": lambda *_: ddd_lab.__version__,
    "x": lambda _, chance: chance.randint(-500, 1500),
    "y": lambda _, chance: chance.randint(-500, 900) + 0.5 * chance.randint(0, 1),
}
"""What a field of any operation may hold, by the field's name."""


def asked(session: CanvasSession, op: str, **args: Any) -> dict[str, Any]:
    """What an operation that only looks says."""
    operation = OPERATIONS[op]
    result = operation.run(session, operation.arguments.model_validate(args))
    return {} if result is None else result.model_dump(mode="json")


def replacing(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """Some of the changes that replacing would make."""
    wanted = {
        "pattern": chance.choice(("order", "the", "card", "bank", "done")),
        "replacement": chance.choice(("parcel", "Größe", "no")),
        "ids": chance.random() < 0.3,
    }
    found = asked(session, "find", **wanted)
    only = [number for number in range(found["total"]) if chance.random() < 0.5]
    return {**wanted, "only": only[:20], "seen": found["seen"]}


def fixing(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """A problem that can be mended, and one of the ways."""
    session.broadcaster.check()
    found = asked(session, "fixes")["fixes"]
    key = chance.choice([*found, "gone"])
    return {"key": key, "index": chance.randrange(len(found.get(key, ())) or 1)}


def writing(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """The lines of a node with something changed by hand."""
    flow = session.workbench.design.flows.get(session.at)
    ids = list(flow.by_id) if flow else []
    if not ids:
        return {"id": "ghost", "text": ""}
    id = chance.choice(ids)
    text = asked(session, "node_yaml", id=id)["text"]
    old, new = chance.choice(
        [("type: terminal", "type: process"), ("label: ", "label: Very "), ("\n", "   # mine\n")]
    )
    return {"id": id, "text": text.replace(old, new, 1)}


def wiring(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """Two ends and an event between them."""
    ends = [*session.workbench.design.domains, *session.workbench.design.flow_keys]
    event = chance.choice(("order.placed", "payment.failed", "order.lost", "order.cancelled"))
    return {
        "source": chance.choice(ends),
        "target": chance.choice(ends),
        "event": event,
    }


def unwiring(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """An event that leads from one domain to another."""
    found = asked(session, "events")["events"]
    some = [event for event in found if event["publishers"] and event["consumers"]] or [
        {"name": "none", "publishers": ["orders"], "consumers": ["billing"]}
    ]
    event = chance.choice(some)
    source, target = chance.choice(event["publishers"]), chance.choice(event["consumers"])
    return {"source": source, "target": target, "event": event["name"]}


def key_name(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """A key of a map in some node's settings, and another name for it."""
    flow = session.workbench.design.flows.get(session.at)
    keys = [
        (node.id, ["spec", *path])
        for node in (flow.all_nodes() if flow else ())
        for path, _ in walk(node.spec)
        if path and isinstance(path[-1], str)
    ]
    id, path = chance.choice(keys or [("ghost", ["spec", "fields"])])
    value = {"value": chance.choice(VALUES)} if chance.random() < 0.3 else {}
    return {"id": id, "path": path, "to": chance.choice(WORDS), **value}


def about_line(*values: Any) -> Special:
    """A line and something that it says."""

    def make(session: CanvasSession, chance: Chance) -> dict[str, Any]:
        said: list[tuple[list[Any], Any]] = [
            (["label"], "why"),
            (["behavior"], "stop"),
            (["data"], ["order", "count"]),
            (["data", 0], "sku"),
        ]
        path, value = chance.choice(said)
        lines = [id for id, link in session.board.links.items() if not link.fixed]
        made: dict[str, Any] = {"id": chance.choice([*lines, "none"]), "path": path}
        if values == ("value",):
            made["value"] = value
        if values == ("name",):
            made = {**made, "path": ["label"], "to": chance.choice(WORDS)}
        if values == ("to",):
            made = {**made, "path": ["data", chance.randint(0, 1)], "to": chance.randint(0, 1)}
        return made

    return make


def item_move(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """An item of a list in some node's settings, and another place for it."""
    flow = session.workbench.design.flows.get(session.at)
    lists = [
        (node.id, ["spec", *path])
        for node in (flow.all_nodes() if flow else ())
        for path, value in walk(node.spec)
        if isinstance(value, list) and len(value) > 1
    ]
    id, path = chance.choice(lists or [("ghost", ["spec", "steps"])])
    return {"id": id, "path": [*path, chance.randint(0, 1)], "to": chance.randint(0, 2)}


def nesting(session: CanvasSession, chance: Chance) -> dict[str, Any]:
    """Cards and a container, or the sheet itself."""
    containers = [id for id, one in session.board.cards.items() if one.type in CONTAINERS]
    return {"cards": some_cards(session, chance), "into": chance.choice([*containers, ""])}


def walk(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in some data with its path."""
    yield at, data
    items = data if isinstance(data, list) else ()
    inner: dict[Any, Any] = data if isinstance(data, dict) else dict(enumerate(items))
    for key, value in inner.items():
        yield from walk(value, (*at, key))


CONTAINERS = ("loop", "parallel", "agent_group", "batch")
SPECIAL: Mapping[str, Special] = {
    "fix": fixing,
    "move_item": item_move,
    "move_link_item": about_line("to"),
    "nest": nesting,
    "rename_key": key_name,
    "rename_link_key": about_line("name"),
    "redirect": lambda session, chance: {
        "id": line(session, chance),
        "target": card(session, chance),
    },
    "replace": replacing,
    "set_link": about_line("value"),
    "set_node_yaml": writing,
    "unset_link": about_line(),
    "unwire_event": unwiring,
    "wire_event": wiring,
}
"""Arguments of operations for which the names of fields do not say enough."""


def arguments(session: CanvasSession, op: str, chance: Chance) -> dict[str, Any]:
    """Arguments for an operation at a place."""
    if op in SPECIAL and chance.random() < 0.9:
        return SPECIAL[op](session, chance)
    schema = OPERATIONS[op].arguments.model_json_schema()
    return _Maker(session, chance, schema.get("$defs", {})).map_of(schema)


class _Maker:
    def __init__(
        self, session: CanvasSession, chance: Chance, definitions: Mapping[str, Any]
    ) -> None:
        self._desk = session
        self._chance = chance
        self._definitions = definitions

    def map_of(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A value for every field that is needed, and for some that are not."""
        needed = schema.get("required", ())
        made: dict[str, Any] = {}
        for field, what in schema.get("properties", {}).items():
            if field in needed or self._chance.random() < 0.6:
                made[field] = self.value(field, what, made)
        return made

    def value(self, field: str, schema: Mapping[str, Any], beside: Mapping[str, Any]) -> Any:
        """A value for one field."""
        chance = self._chance
        if field == "path" and _holds(schema, "array"):
            return steps(self._desk, chance, str(beside.get("id", "")))
        if "enum" in schema:
            return chance.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        if field in POOLS:
            return POOLS[field](self._desk, chance)
        if "$ref" in schema:
            schema = self._definitions[schema["$ref"].rpartition("/")[2]]
            return self.value(field, schema, beside)
        if "anyOf" in schema:
            return self.value(field, chance.choice(schema["anyOf"]), beside)
        return self._plain(field, schema)

    def _plain(self, field: str, schema: Mapping[str, Any]) -> Any:
        chance = self._chance
        match schema.get("type"):
            case "object" if "properties" in schema:
                return self.map_of(schema)
            case "object":
                return {}
            case "array":
                count = chance.randint(schema.get("minItems", 1), 2)
                items = schema.get("items", {})
                return [self.value(field.removesuffix("s"), items, {}) for _ in range(count)]
            case "integer" | "number":
                return chance.randint(int(schema.get("minimum", 0)), 5)
            case "boolean":
                return chance.random() < 0.5
            case "null":
                return None
        return chance.choice(WORDS)


def _holds(schema: Mapping[str, Any], type: str) -> bool:
    """Whether a schema allows values of a type."""
    return schema.get("type") == type or any(
        inner.get("type") == type for inner in schema.get("anyOf", ())
    )
