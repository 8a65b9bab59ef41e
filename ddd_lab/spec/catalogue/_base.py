"""What one declaration of a node type consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..base import Open
from ..flow import DEFAULT_OUTPUT, NodeData, Vocabulary

Category = Literal["flow", "data", "logic", "integration", "agent", "orchestration"]


class SpecModel(Open):
    """Base of every node type's settings; keys that it does not know are kept."""


@dataclass(frozen=True, slots=True)
class Port:
    """An output that a node offers.

    Attributes:
        name: its name in the guide's vocabulary, and the one written into guide-style files.
        handle: its name in files with connection lists; the same as ``name`` if empty.
        aliases: further names that mean this output when a file uses them.
        label: what people read at the line's start; ``name`` if empty, nothing for ``next``.
        required: whether leaving it unconnected is a mistake.
        declared: False for an output that only a connection in the file names.
    """

    name: str
    handle: str = ""
    aliases: tuple[str, ...] = ()
    label: str = ""
    required: bool = False
    declared: bool = True

    def names(self) -> tuple[str, ...]:
        """Every name under which a connection may leave from this port."""
        return (self.name, self.handle or self.name, *self.aliases)

    def written(self, vocabulary: Vocabulary) -> str:
        """The name to write into a file of that vocabulary."""
        return self.handle or self.name if vocabulary == "handles" else self.name


NEXT = Port(DEFAULT_OUTPUT, required=True)
SUCCESS = Port("success", aliases=("ok", "done"), required=True)
FAILURE = Port("failure", handle="error", aliases=("fail", "failed"), required=True)


@dataclass(frozen=True)
class NodeType:
    """Everything the house knows about one type of node.

    Attributes:
        type: the word in the file.
        title: what people call it.
        category: its group in the palette, which also gives its colour.
        icon: one glyph.
        help: one sentence for the palette.
        spec: model of its settings: types, enums, defaults, help; JSON Schema for the form.
        outputs: its ports; fixed, or computed from the node.
        summary: the essential of its spec in one short line, from the node.
        new: settings of a freshly placed node.
        required: spec keys that must not be blank; a tuple inside means "one of these".
        has_input: False for a trigger.
        size: width and height of its card, in pixels.
        aliases: other words for the type that occur in files, read as this one for ports and
            forms but never rewritten.
    """

    type: str
    title: str
    category: Category
    icon: str
    help: str
    spec: type[SpecModel]
    outputs: tuple[Port, ...] | Callable[[NodeData], tuple[Port, ...]]
    summary: Callable[[Mapping[str, Any]], str]
    new: Mapping[str, Any] = field(default_factory=dict)
    required: tuple[str | tuple[str, ...], ...] = ()
    has_input: bool = True
    size: tuple[int, int] = (220, 72)
    aliases: tuple[str, ...] = ()

    def ports(self, node: NodeData) -> tuple[Port, ...]:
        """The outputs that this node declares, whether anything is connected or not."""
        return self.outputs(node) if callable(self.outputs) else self.outputs


def text(value: object, limit: int = 60) -> str:
    """A value as one short line of a card: whitespace folded, cut with an ellipsis."""
    if value is None:
        return ""
    line = " ".join(str(value).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def count(value: object, one: str, many: str = "") -> str:
    """``3 fields``, ``1 field`` or nothing, for a list or map."""
    size = len(value) if isinstance(value, (list, dict)) else 0
    return "" if not size else f"{size} {one if size == 1 else many or one + 's'}"
