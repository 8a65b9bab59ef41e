"""What the page of an exported design knows: scripts/generate_protocol.py writes its types."""

from __future__ import annotations

from ddd_lab.spec.models.base import Frozen
from ddd_lab.spec.problem import Severity


class Field(Frozen):
    """A setting: its text, or the parts that it consists of; items of a list have no title."""

    title: str
    text: str = ""
    parts: tuple[Field, ...] = ()


class Card(Frozen):
    """A card of a picture, the place that it opens, and the lines of the file that say it.

    Attributes:
        note: what its foot says.
    """

    id: str
    kind: str
    title: str
    summary: str = ""
    note: str = ""
    opens: str = ""
    fields: tuple[Field, ...] = ()
    first: int = 0
    last: int = 0


class Link(Frozen):
    """An edge of a picture between two cards, in words."""

    source: str
    target: str
    text: str


class Place(Frozen):
    """The system, a domain or a flow: its picture, and in words what is on it."""

    at: str
    title: str
    about: str
    kind: str
    path: str
    svg: str = ""
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()


class SchemaField(Frozen):
    """A field of a schema."""

    name: str
    type: str
    facts: str
    description: str


class SchemaEntry(Frozen):
    """A schema, and the keys of the flows that use it."""

    id: str
    name: str
    kind: str
    about: str
    path: str
    fields: tuple[SchemaField, ...] = ()
    users: tuple[str, ...] = ()


class EventEntry(Frozen):
    """An event, and the places that publish and consume it."""

    name: str
    about: str
    carries: str
    publishers: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()


class ProblemEntry(Frozen):
    """A problem, with the place and the card that it belongs to."""

    severity: Severity
    message: str
    rule: str
    path: str
    line: int
    at: str
    card: str


class Contents(Frozen):
    """All of it; the places in the order of the design, and the texts of their files by path."""

    name: str
    start: str
    places: tuple[Place, ...]
    schemas: tuple[SchemaEntry, ...]
    events: tuple[EventEntry, ...]
    problems: tuple[ProblemEntry, ...]
    files: dict[str, str]
