"""Facts that a node type declares about its settings; the checks read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from ddd_lab.spec.lenient import entries, items, mapping, named, text
from ddd_lab.spec.models.base import Data, Path

Settings = Mapping[str, Any]
"""The settings of a node as any file may have them: nothing about them is certain."""

Condition = Callable[[Settings, frozenset[str]], bool]
"""Whether settings, with outputs connected under these names, call for something."""

ANY = float("inf")


class Range(NamedTuple):
    """The sensible values of a number.

    Attributes:
        key: the setting as a path with dots; ``*`` stands for every entry of a list or map.
        lowest, highest: the smallest and the largest sensible value.
        unit: what is counted, for the message.
    """

    key: str
    lowest: float
    highest: float = ANY
    unit: str = ""


class Need(NamedTuple):
    """A setting that is needed under a condition.

    Attributes:
        keys: the setting as a path with dots; any one of several will do.
        when: whether the settings call for it.
        because: what calls for it, to go after “because”.
    """

    keys: tuple[str, ...]
    when: Condition
    because: str


class EntryNeed(NamedTuple):
    """What every entry of a list in the settings must say.

    Attributes:
        key: the list, as a path with dots.
        keys: what an entry needs; any one of several will do.
        what: what an entry is called.
        unless: keys that make it unnecessary.
    """

    key: str
    keys: tuple[str, ...]
    what: str
    unless: tuple[str, ...] = ()


class Fewest(NamedTuple):
    """The fewest entries that a list or map of the settings makes sense with, where it is there.

    Attributes:
        key: the setting.
        number: how many entries it needs.
        why: what fewer would mean, and what to do, as one clause after the number.
        lines: whether outputs that are connected count as entries.
    """

    key: str
    number: int
    why: str
    lines: bool = False


CallLink = Literal["", "sub_flow", "orchestrator", "group", "handoff"]


class Callee(NamedTuple):
    """A place in the settings that names a flow.

    Attributes:
        how: what the flow is called as.
        key: a map with the flow, as a path with dots; the settings themselves if empty. ``*``
            stands for every entry of a list or map, and comes last.
        word: whether the name of the flow may also stand there without a map around it.
        link: kind of the edge that a map draws to the flow; none if empty.
        via: the setting that is printed on this edge.
    """

    how: Literal["sub_flow", "agent", "member", "handoff", "source"]
    key: str = ""
    word: bool = False
    link: CallLink = ""
    via: str = ""


class Target(NamedTuple):
    """A place in the settings that names what the flow goes on with.

    Attributes:
        key: a path with dots; ``*`` stands for every entry of a list or map.
        output: the output whose connection says the same; ``*`` for the one named like the entry.
        names: a ``node`` of the flow; for a ``route`` also an agent or a flow of the domain; an
            ``agent`` or a flow of the domain only.
        link: kind of the edge that a map draws to the flow of an agent; none if empty.
    """

    key: str
    output: str = ""
    names: Literal["node", "route", "agent"] = "node"
    link: Literal["", "route", "fallback", "experiment"] = ""

    def words(self, spec: Settings) -> Iterator[tuple[str, Path, str]]:
        """The names there, each with its path and the name of the entry that it stands in."""
        for path, value, entry in values_at(spec, keys_of(self.key)):
            if word := text(value):
                yield word, path, entry

    def entries(self, spec: Settings) -> Iterator[str]:
        """The names of the entries that it looks at."""
        keys = keys_of(self.key)
        for _, _, entry in values_at(spec, keys[: keys.index("*") + 1]):
            yield entry


FALLBACKS = (
    Target("fallback_chain", names="route", link="fallback"),
    Target("fallback_chain.*", names="route", link="fallback"),
    Target("routing.fallback_chain.*", names="route", link="fallback"),
)
"""Who takes over when everybody before has failed."""


class Clash(NamedTuple):
    """Two settings that cannot both be meant: where the second stands, and what to do."""

    path: Path
    message: str


ClashTest = Callable[[Settings], Iterator[Clash]]

IN_PLACE = frozenset(
    {
        *("action", "body", "config", "flow", "flow_ref", "node_type", "nodes", "operation"),
        *("operation_template", "service", "spec", "steps", "sub_flow_ref", "type"),
    }
)
"""Keys by which a branch, a route or a body says in place what is done."""

TRIES = Range("retry.max_attempts", 1, 100, "attempts")
BACKOFF = Range("retry.backoff_ms", 0, 86_400_000, "milliseconds")
WAIT = Range("timeout_ms", 1, 86_400_000, "milliseconds")
# Anthropic's models take 0 to 1, others up to 2.
TEMPERATURE = Range("temperature", 0, 2)


def statuses(*keys: str) -> tuple[Range, ...]:
    """The range of an HTTP status, for each of some settings."""
    return tuple(Range(key, 100, 599) for key in keys)


@lru_cache(maxsize=1000)
def keys_of(key: str) -> tuple[str, ...]:
    """The keys of a path with dots."""
    return tuple(key.split("."))


def at(spec: Settings, key: str) -> Any:
    """What stands at a path with dots."""
    return named(spec, *keys_of(key))


def when_word(key: str, *words: str) -> Condition:
    """Where a setting is one of some words."""
    first = keys_of(key)[0]

    def test(spec: Settings, _: frozenset[str]) -> bool:
        return first in spec and text(at(spec, key)).lower() in words

    return test


def when_on(key: str) -> Condition:
    """Where a setting is switched on."""
    return lambda spec, _: at(spec, key) is True


def when_map(key: str) -> Condition:
    """Where a setting is a map with something in it, and no reference."""
    return lambda spec, _: bool(found := mapping(at(spec, key))) and "$ref" not in found


def ordered(low: str, high: str) -> ClashTest:
    """A look at two numbers of which one must not be above the other; keys are dotted paths."""
    low_keys = keys_of(low)

    def look(spec: Settings) -> Iterator[Clash]:
        if low_keys[0] not in spec:
            return
        least, most = (number(at(spec, key)) for key in (low, high))
        if least is not None and most is not None and least > most:
            yield Clash(
                low_keys,
                f"{low} is {least:g} and {high} is {most:g}. The first must not be larger.",
            )

    return look


def same_fallback(spec: Settings) -> Iterator[Clash]:
    """A look at fallbacks of a model that are the model itself."""
    model = text(spec.get("model"))
    again = text(named(spec.get("retry"), "fallback_model"))
    chain: list[tuple[Path, str]] = [(("retry", "fallback_model"), again)] if again else []
    for index, item in enumerate(items(spec.get("model_fallback"))):
        name = text(item) or text(named(item, "model"))
        path: Path = ("model_fallback", index)
        if not text(item):
            path = (*path, "model")
        chain.append((path, name))
    for path, name in chain:
        if name and name == model:
            yield Clash(
                path, f"The fallback “{name}” is the same as the model. Choose another one."
            )


def number(value: Data) -> float | None:
    """The value if it is a number, None otherwise."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def number_of(value: Any) -> int | None:
    """How many entries a list, a map or a plain number stands for; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return (
            None if "$ref" in value else sum(1 for one in value.values() if one not in ("", None))
        )
    return len(items(value)) if isinstance(value, list) else None


def values_at(
    data: Data, keys: tuple[str, ...], path: Path = (), entry: str = ""
) -> Iterator[tuple[Path, Data, str]]:
    """Path, value and entry's name of all at a path; ``*`` stands for every entry there."""
    if not keys:
        yield path, data, entry
    elif keys[0] == "*":
        for name, item, at in entries(data):
            yield from values_at(item, keys[1:], (*path, *at), name)
    elif isinstance(data, dict) and keys[0] in data:
        yield from values_at(data[keys[0]], keys[1:], (*path, keys[0]), entry)


def numbers(data: Data, keys: tuple[str, ...]) -> Iterator[tuple[Path, float]]:
    """Every number at a path in which ``*`` stands for all entries of a list or map."""
    for path, value, _ in values_at(data, keys):
        if number(value) is not None:
            yield path, value
