"""The nodes of a parsed document.

Scalars and aliases are the C parser's own events: making objects of ours for each of them would
double the time that reading takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

Data: TypeAlias = "bool | int | float | str | list[Data] | dict[str, Data] | None"
PathTuple: TypeAlias = tuple[str | int, ...]

if TYPE_CHECKING:

    class Mark:
        """A place in the parsed text: offset, line and column, all from 0."""

        index: int
        line: int
        column: int

    class Scalar:
        """A scalar: ``style`` is one of ``'"|>`` for what is not plain."""

        anchor: str | None
        tag: str | None
        implicit: tuple[bool, bool]
        value: str
        style: str | None
        start_mark: Mark
        end_mark: Mark

    class Alias:
        """A ``*name``; ``anchor`` is the name."""

        anchor: str
        start_mark: Mark
        end_mark: Mark

    class Start:
        """The beginning of a collection, its anchor and tag included."""

        anchor: str | None
        tag: str | None
        flow_style: bool | None
        start_mark: Mark

else:
    from yaml.events import AliasEvent as Alias
    from yaml.events import CollectionStartEvent as Start
    from yaml.events import ScalarEvent as Scalar


class Sequence:
    """A list: its items' nodes in order."""

    __slots__ = ("end_mark", "event", "items")
    event: Start
    end_mark: Mark
    items: list[Node]

    def __init__(self, event: Start) -> None:
        self.event = event
        self.items = []


class Mapping:
    """A map: pairs of key and value nodes in order, duplicates included."""

    __slots__ = ("end_mark", "event", "items")
    event: Start
    end_mark: Mark
    items: list[tuple[Node, Node]]

    def __init__(self, event: Start) -> None:
        self.event = event
        self.items = []


Node: TypeAlias = Scalar | Alias | Sequence | Mapping

__all__ = ["Alias", "Data", "Mapping", "Node", "PathTuple", "Scalar", "Sequence", "Start"]
