"""What one declaration of a node type consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ConfigDict

from ddd_lab.spec.catalogue._card import CardContent
from ddd_lab.spec.catalogue._facts import (
    Callee,
    ClashTest,
    EntryNeed,
    Fewest,
    Need,
    Range,
    Settings,
    Target,
)
from ddd_lab.spec.field_titles import title_of
from ddd_lab.spec.local_refs import settings
from ddd_lab.spec.models.base import Open
from ddd_lab.spec.models.flow import DEFAULT_OUTPUT, FlowData, NodeData, Vocabulary

Category = Literal["flow", "data", "logic", "integration", "agent", "orchestration"]

Ends = Literal["never", "always", "led_on", "no_outputs"] | Callable[[Settings], bool]

Trait = Literal[
    "adds_nothing",
    "agent",
    "answers",
    "at_work",
    "body",
    "carries",
    "container",
    "decides",
    "declares",
    "guards",
    "leads",
    "opens",
    "person",
    "repeats",
    "team",
    "terminal",
    "unplaced",
]

Outside = Literal["domain", "error", "event", "integration", "model", "store", "tools"]
"""What the settings of a node name outside its flow."""


class SpecModel(Open):
    """Base of every node type's settings; keys that it does not know are kept."""

    # Building thirty models takes a fifth of a second; most are never asked.
    model_config = ConfigDict(
        defer_build=True, field_title_generator=lambda name, _: title_of(name)
    )

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys that the model knows, as files write them."""
        return tuple(info.alias or name for name, info in cls.model_fields.items())


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
        shown: where it is drawn while nothing is connected to it: ``always``, only in files of one
            vocabulary, or not at all (``used``).
    """

    name: str
    handle: str = ""
    aliases: tuple[str, ...] = ()
    label: str = ""
    required: bool = False
    declared: bool = True
    shown: Literal["always", "guide", "handles", "used"] = "always"

    def __hash__(self) -> int:
        return hash(self.name)

    def names(self) -> tuple[str, ...]:
        """Every name under which a connection may leave from this port."""
        return (self.name, self.handle or self.name, *self.aliases)

    def written(self, vocabulary: Vocabulary) -> str:
        """The name to write into a file of that vocabulary."""
        return self.handle or self.name if vocabulary == "handles" else self.name


NEXT = Port(DEFAULT_OUTPUT, aliases=("done", "success", "ok"), required=True)
SUCCESS = Port("success", aliases=("ok", "done", DEFAULT_OUTPUT), required=True)
FAILURE = Port("failure", handle="error", aliases=("fail", "failed"), required=True)
RARE_FAILURE = Port("failure", handle="error", aliases=("fail", "failed"), shown="used")
"""An error output of a node that seldom fails: drawn where a file uses it."""

SpecClass = type[SpecModel]
Outputs = tuple[Port, ...] | Callable[[Settings], tuple[Port, ...]]


@dataclass(frozen=True)
class NodeType:
    """Everything the house knows about one type of node.

    Attributes:
        type: the word in the file.
        title: what people call it; the word with a capital and blanks if left out.
        category: its group in the palette, which also gives its colour.
        icon: one glyph.
        help: one sentence for the palette.
        spec: model of its settings: types, enums, defaults, help; JSON Schema for the form.
        outputs: its ports; fixed, or computed from its settings (references followed), whatever
            stands in them.
        summary: the essential of its settings in one short line, whatever stands in them.
        new: settings of a freshly placed node.
        new_after: settings of a fresh node that an output leads to, by the output's name, and
            whether a request starts the flow; where it gives None, as ``new`` says.
        required: spec keys that must not be blank; a tuple inside means "one of these".
        usual: settings that a form shows at once, beside those that are needed, that a fresh node
            has, and that a large card tells the origin of.
        has_input: False for a trigger.
        size: width and height of its card, in pixels.
        aliases: other words for the type that occur in files, read as this one for ports and
            forms but never rewritten.
        ranges: between which numbers its settings make sense.
        required_when: settings that are needed under a condition.
        entries: what every entry of a list in its settings must say.
        fewest: how many entries a list makes sense with.
        distinct: lists whose entries need names of their own, as paths with dots.
        clashes: looks at settings that contradict each other.
        traits: what else is true of every node of the type:

            - ``adds_nothing``: it adds no data to what the flow has.
            - ``agent``: a model works in it.
            - ``answers``: what it finds out is its output, whatever that is called: an output
              “failure” is no failure of the node.
            - ``at_work``: a team on the same sheet takes it in.
            - ``body``: its outputs lead into a part of the flow that comes back to it by itself,
              save those that lead on afterwards.
            - ``carries``: an agent flow is about it.
            - ``container``: other nodes can lie in it.
            - ``decides``: it decides which way the flow goes, so it can end a loop.
            - ``declares``: without any line it is there to be referred to.
            - ``guards``: it checks what goes into an agent or comes out of it.
            - ``leads``: agents behind it are led.
            - ``opens``: its card opens the flow that it leads to.
            - ``person``: a person decides in it.
            - ``repeats``: a line from it to itself makes sense.
            - ``team``: it declares a team of agents.
            - ``terminal``: the flow ends at it, with an answer.
            - ``unplaced``: people do not place it from the palette.

        shape: of its card.
        chart_shape: of its card in a Mermaid chart, where ``shape`` is an ordinary card.
        block: what a large card shows; None for an ordinary card.
        calls: where its settings name flows that it calls.
        targets: where its settings name what the flow goes on with.
        refers_to: what its settings name outside the flow.
        team_rank: how long the border around a team keeps it where there is no room for all.
        ends: whether a flow may end at a node without lines: where its settings lead on to other
            nodes, where it has no outputs, or as its settings say.
        follow: the settings that an edit leads to, given those before and after it.
        frame_mark: what stands before the title of the frame around what lies in it.
    """

    type: str
    category: Category
    icon: str
    help: str
    spec: SpecClass
    outputs: Outputs
    summary: Callable[[Settings], str]
    title: str = ""
    new: Mapping[str, Any] = field(default_factory=dict)
    new_after: Callable[[str, bool], Mapping[str, Any] | None] | None = None
    required: tuple[str | tuple[str, ...], ...] = ()
    usual: tuple[str, ...] = ()
    has_input: bool = True
    size: tuple[int, int] = (220, 72)
    aliases: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    required_when: tuple[Need, ...] = ()
    entries: tuple[EntryNeed, ...] = ()
    fewest: tuple[Fewest, ...] = ()
    distinct: tuple[str, ...] = ()
    clashes: tuple[ClashTest, ...] = ()
    traits: tuple[Trait, ...] = ()
    shape: Literal["card", "terminal", "decision"] = "card"
    chart_shape: Literal["card", "data", "large"] = "card"
    follow: Callable[[Settings, Settings], Mapping[str, Any]] | None = None
    frame_mark: str = "▭"
    block: CardContent | None = None
    ends: Ends = "never"
    calls: tuple[Callee, ...] = ()
    targets: tuple[Target, ...] = ()
    refers_to: tuple[Outside, ...] = ()
    team_rank: int = 0

    def __post_init__(self) -> None:
        title = self.title or self.type.replace("_", " ").capitalize()
        object.__setattr__(self, "title", title)

    @property
    def shown_first(self) -> tuple[str, ...]:
        """The settings that a form shows at once; it folds the others away."""
        needed = (key if isinstance(key, str) else key[0] for key in self.required)
        on_card = self.block.origins if self.block else ()
        return tuple(dict.fromkeys((*needed, *self.new, *self.usual, *on_card)))

    def ports(self, node: NodeData, flow: FlowData | None = None) -> tuple[Port, ...]:
        """The outputs that this node declares, whether anything is connected or not."""
        if not callable(self.outputs):
            return self.outputs
        return self.outputs(settings(node.spec, flow))
