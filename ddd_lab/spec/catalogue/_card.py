"""What a large card shows: reading settings of which nothing is certain, and parts of a card.

A part is plain data that any card can show (:class:`CardPart`). A mark is one sign with a meaning
of its own beside the text: ``■`` for a tool that ends the loop, ``!`` for one that asks a person
first, ``CB`` for a circuit breaker.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

from ddd_lab.spec import lenient
from ddd_lab.spec.catalogue._facts import Settings
from ddd_lab.spec.lenient import maps

Content = Mapping[str, Any]
Badge = tuple[str, str, str]
"""A small mark on the card of a flow: its kind, what is printed, what it says in full."""

LONGEST = 300
"""Characters of a text that a card could ever show."""
EXCERPT = 150


class CardItem(TypedDict):
    """A text of a part, its mark if any, and what it says in full where that is more."""

    text: str
    mark: str
    hint: str


class CardPart(TypedDict):
    """A part of a card; ``lines`` that a text may take, ``rank`` where the card has little room."""

    kind: Literal["text", "cycle", "chips", "rows"]
    title: str
    items: list[CardItem]
    lines: NotRequired[int]
    rank: NotRequired[int]


class MemoryStore(TypedDict):
    """A memory; ``access`` where the file says who may do what."""

    name: str
    type: str
    access: NotRequired[str]


@dataclass(frozen=True, slots=True)
class CardContent:
    """What the large card of a type holds.

    Attributes:
        content: the essence of its settings as plain data that travels. It gets the settings with
            every reference followed, and as the file has them.
        parts: what of that the card shows, in order; those without items are left out.
        badges: marks that it puts on the card of its flow.
        order: titles of the parts that stay longest on a card with little room.
        origins: settings of which the content says where they live, if elsewhere in the file.
        from_file: settings that stand at the top of the file where the node has none.
    """

    content: Callable[[Settings, Settings], Content]
    parts: Callable[[Content], list[CardPart]] = lambda _content: []
    badges: Callable[[Content], Iterable[Badge]] = lambda _content: ()
    order: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    from_file: tuple[str, ...] = ()

    def ranked_parts(self, content: Content) -> list[CardPart]:
        """The parts with something in them; the lower its ``rank``, the longer each stays."""
        parts = [part for part in self.parts(content) if part["items"]]
        for part in parts:
            title = part["title"]
            part["rank"] = self.order.index(title) if title in self.order else len(self.order)
        return parts


def one_line(value: object) -> str:
    """A text or number as one line."""
    return lenient.line(value, LONGEST)


def amount(value: object) -> int | float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if abs(value) < 1e15 else None


def lines(value: object) -> list[str]:
    """The scalars of a list, or a scalar alone."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items if (text := one_line(item))]


def first_line(value: Settings, *keys: str) -> str:
    """The first of these keys that says something."""
    return lenient.first(value, *keys, limit=LONGEST)


def texts_of(settings: Settings, **keys: str | tuple[str, ...]) -> dict[str, Any]:
    """For each name the first of its keys that says something."""
    listed = {name: (key,) if isinstance(key, str) else key for name, key in keys.items()}
    return {name: first_line(settings, *those) for name, those in listed.items()}


def entries_of(
    value: object, needed: str = "", **keys: str | tuple[str, ...]
) -> list[dict[str, Any]]:
    """The texts of each entry of a list or map; one that leaves ``needed`` open is left out."""
    texts = [texts_of(item, **keys) for item in maps(value)]
    return [entry for entry in texts if not needed or entry[needed]]


def amounts_of(settings: Settings, *keys: str) -> dict[str, Any]:
    """The numbers under some keys."""
    return {key: amount(settings.get(key)) for key in keys}


def by_priority(item: Settings) -> float:
    """Where an entry stands; those without a priority come last."""
    priority = amount(item.get("priority"))
    return math.inf if priority is None else priority


def switched_on(block: object) -> bool:
    """Whether a block of settings is there and not switched off."""
    return isinstance(block, Mapping) and bool(block) and block.get("enabled") is not False


def flow_key(reference: object, own_domain: object = None) -> str:
    """``domain/flow`` as far as a reference says it."""
    if isinstance(reference, Mapping):
        named = (reference.get(key) for key in ("flow", "flow_ref", "sub_flow_ref"))
        return flow_key(next(filter(None, named), None), reference.get("domain"))
    flow = one_line(reference)
    domain = one_line(own_domain)
    return f"{domain}/{flow}" if flow and domain and "/" not in flow else flow


def excerpt(prompt: object) -> str:
    """The start of a prompt in one line (150 characters, as the guide shows them)."""
    line = " ".join(prompt.split()) if isinstance(prompt, str) else ""
    return line if len(line) <= EXCERPT else line[:EXCERPT].rstrip() + "…"


def stores(memory: object) -> list[MemoryStore]:
    """Memories, given as one, as a list, or below ``stores``."""
    if isinstance(memory, Mapping):
        inner = memory.get("stores")
        memory = [memory] if "type" in memory and not inner else inner or memory
    listed: list[MemoryStore] = []
    for item in maps(memory):
        name = first_line(item, "name", "id", "type")
        if name:
            store: MemoryStore = {"name": name, "type": first_line(item, "type")}
            if access := first_line(item, "access"):
                store["access"] = access
            listed.append(store)
    return listed


def card_part(
    kind: Literal["text", "cycle", "chips", "rows"],
    title: str,
    items: Iterable[str | tuple[str, str, str]],
) -> CardPart:
    """A part of a card; items that say nothing are left out."""
    entries: list[CardItem] = []
    for item in items:
        text, mark, hint = item if isinstance(item, tuple) else (item, "", "")
        if text:
            entries.append({"text": text, "mark": mark, "hint": hint})
    return {"kind": kind, "title": title, "items": entries}


def text_part(title: str, *items: str) -> CardPart:
    """Texts under a title."""
    return card_part("text", title, items)


def chips(title: str, items: Iterable[str | tuple[str, str, str]]) -> CardPart:
    """Small boxes under a title."""
    return card_part("chips", title, items)


def rows(title: str, items: Iterable[str | tuple[str, str, str]]) -> CardPart:
    """Rows under a title."""
    return card_part("rows", title, items)


def plain(word: str) -> str:
    """A word of a file as people read it."""
    return word.replace("_", " ").strip()


def arrow(*ends: str) -> str:
    """What leads to what, as far as it is known."""
    return " → ".join(end for end in ends if end)


def then(*parts: str) -> str:
    """Several things in one line."""
    return ", ".join(part for part in parts if part)


def memory_chips(stores: Iterable[MemoryStore], sign: str = "") -> list[tuple[str, str, str]]:
    """Memories as chips."""
    listed = []
    for store in stores:
        only = " (read only)" if store.get("access") == "read_only" else ""
        listed.append((sign + store["name"] + only, "", plain(store["type"])))
    return listed


def seconds(value: object, ms_from: float = math.inf) -> str:
    """A number of seconds; from some number on it is one of milliseconds."""
    if value is None:
        return ""
    return f"{value} {'ms' if isinstance(value, int | float) and value >= ms_from else 's'}"


def ranked(priority: object) -> str:
    """A priority before what has it."""
    return "" if priority is None else f"{priority}  "
