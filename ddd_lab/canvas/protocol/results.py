"""What several operations answer; what only one does stands beside it."""

from __future__ import annotations

from pydantic import Field

from ddd_lab.canvas.protocol.field_types import JsonObject
from ddd_lab.canvas.protocol.messages import Message, ProblemView
from ddd_lab.spec.models.base import Data


class Done(Message):
    """It was done, and there is nothing else to say."""


class NamedCard(Message):
    """The id of a card or an edge, as it is now."""

    id: str


class Dropped(Message):
    """What a change had to leave out, in words."""

    dropped: list[str]


class NamedCards(Message):
    """The ids of cards that were added."""

    ids: list[str]


class NamedPlace(Message):
    """A place that was made or changed; empty where there is none any more."""

    at: str


class TextResult(Message):
    """A text to show or to take away."""

    text: str


class ProblemList(Message):
    """All problems of the project, worst first."""

    problems: list[ProblemView]


class Inspection(Message):
    """What the spec panel shows of one card, or of one line (kind ``link``).

    Attributes:
        card_schema: JSON Schema of the node's spec (``$defs`` inside), for the form; unknown keys
            of ``data["spec"]`` are shown as well, each as what its value is.
        data: ``{"label", "spec", ...extra}`` for a node, references in its spec followed; name
            and description for domain or flow; for a line, what it says beside its ends.
        kept: what of the data lives elsewhere: path in it (steps joined by ``/``) to the
            reference that leads there, such as ``#/agent_config``.
        suggestions: values to offer, by what a field's ``x-suggest`` asks for.
        yaml: the lines of the file that this card stands in, as saving would write them.
        path, line: where those lines are.
        readonly: nothing can be edited here, and why.
    """

    id: str
    kind: str
    type: str
    type_title: str
    help: str = ""
    card_schema: JsonObject = Field(default_factory=dict)
    data: dict[str, Data] = Field(default_factory=dict)
    required: list[str] = Field(default_factory=list)
    kept: dict[str, str] = Field(default_factory=dict)
    suggestions: dict[str, list[str]] = Field(default_factory=dict)
    problems: list[ProblemView] = Field(default_factory=list)
    yaml: str = ""
    path: str = ""
    line: int = 0
    readonly: str = ""
