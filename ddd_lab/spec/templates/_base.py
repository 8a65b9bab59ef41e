"""What a starter template is, and the few words that templates are written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import Connection, FlowData, NodeData

Category = Literal["endpoint", "integration", "events", "data", "agent"]

MODEL = "claude-sonnet-4-5-20250929"
"""Model that agents of templates start with, as the catalogue's do."""

FIELD_WORDS = ("string", "integer", "number", "boolean", "uuid", "date", "datetime")


@dataclass(frozen=True)
class Parameter:
    """Something that a person may choose when a template is used.

    Attributes:
        name: keyword of ``project.new_flow``.
        title: what a form calls it.
        help: one sentence.
        default: what it is when left out; empty where the design suggests something.
    """

    name: str
    title: str
    help: str
    default: str = ""


@dataclass(frozen=True)
class Words:
    """A name in the forms that a design needs.

    Attributes:
        text: as people write it.
    """

    text: str

    @property
    def parts(self) -> list[str]:
        """Its words in lower case; ``OrderLine`` has two."""
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", self.text)
        return [word for word in re.split(r"[^A-Za-z0-9]+", spaced.lower()) if word]

    @property
    def spoken(self) -> str:
        """``order line``."""
        return " ".join(self.parts)

    @property
    def snake(self) -> str:
        """``order_line``."""
        return "_".join(self.parts)

    @property
    def kebab(self) -> str:
        """``order-line``."""
        return "-".join(self.parts)

    @property
    def pascal(self) -> str:
        """``OrderLine``."""
        return "".join(word.capitalize() for word in self.parts)

    @property
    def plural(self) -> Words:
        """``order lines``."""
        *before, last = self.parts or [""]
        if re.search(r"[^aeiou]y$", last):
            last = last[:-1] + "ies"
        else:
            last += "es" if re.search(r"(s|x|z|ch|sh)$", last) else "s"
        return Words(" ".join([*before, last]))


@dataclass(frozen=True)
class TemplateInput:
    """What a template is made from.

    Attributes:
        name: what the flow shall be called; empty where the template names its flows itself.
        domain: id of its domain.
        values: the parameters, all of them.
        fields: fields of the entity, name to type, where the template has one.
    """

    name: str
    domain: str
    values: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=lambda: {"name": "string"})

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def words(self, name: str) -> Words:
        """A parameter as a name in all its forms."""
        return Words(self.values[name])

    @property
    def entity(self) -> Words:
        """The entity that a template is about."""
        return self.words("entity")

    def called(self, otherwise: str) -> str:
        """The name that was inputs, or another one."""
        return self.name.strip() or otherwise


@dataclass(frozen=True)
class TemplateFlows:
    """What a template makes.

    Attributes:
        flows: the flows, without domain and id: those come from the place and from the names.
        entities: names of the schemas that the flows store; made where the design has none.
        consumes: event to the position of the flow that handles it.
    """

    flows: tuple[FlowData, ...]
    entities: tuple[str, ...] = ()
    consumes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """A starter template for a flow, or for a few that belong together.

    Attributes:
        id: its name in ``project.new_flow(..., template=...)``.
        title: what a menu calls it.
        category: where a menu puts it.
        help: one sentence on what it is for.
        make: makes the flows.
        parameters: what a person may choose; the first one may stand in brackets after the id,
            as in ``CRUD_API<Order>``.
        several: whether it makes several flows.
    """

    id: str
    title: str
    category: Category
    help: str
    make: Callable[[TemplateInput], TemplateFlows]
    parameters: tuple[Parameter, ...] = ()
    several: bool = False


def template(
    id: str, title: str, category: Category, *parameters: Parameter, several: bool = False
) -> Callable[[Callable[[TemplateInput], TemplateFlows]], Template]:
    """Make a template of a function; its docstring is the help."""

    def declare(make: Callable[[TemplateInput], TemplateFlows]) -> Template:
        return Template(id, title, category, make.__doc__ or "", make, parameters, several)

    return declare


# --- words for nodes -------------------------------------------------------------------------


def flow(
    name: str,
    description: str,
    trigger: dict[str, Data],
    *nodes: NodeData,
    type: str = "traditional",
) -> FlowData:
    """A flow whose trigger leads to the first node."""
    start = NodeData(
        id="trigger",
        type="trigger",
        declared_id="",
        spec=trigger,
        connections=(Connection(target=nodes[0].id),),
    )
    return FlowData(
        id="", name=name, type=type, description=description, trigger=start, nodes=nodes
    )


def step(
    id: str, type: str, label: str, spec: dict[str, Data], to: Mapping[str, str] | str = ""
) -> NodeData:
    """A node; ``to`` is the target of each output, or of the only one."""
    lines = {"next": to} if isinstance(to, str) and to else to or {}
    connections = tuple(
        Connection(output=output, target=target) for output, target in dict(lines).items()
    )
    return NodeData(id=id, type=type, label=label, spec=spec, connections=connections)


def check(
    id: str, label: str, fields: Mapping[str, Data], valid: str, invalid: str = "refuse_request"
) -> NodeData:
    """An input with its fields: name to type, or to a whole rule."""
    return step(id, "input", label, form(fields), {"valid": valid, "invalid": invalid})


def store(
    id: str, label: str, operation: str, entity: Words, to: str, **settings: Data
) -> NodeData:
    """A data store of an entity; a failure leads to ``store_failed``."""
    spec = {"operation": operation, "model": entity.pascal, **settings}
    return step(id, "data_store", label, spec, {"success": to, "failure": "store_failed"})


def is_there(yes: str) -> NodeData:
    """Whether the record is there that was just read."""
    ways = {"true": yes, "false": "not_found"}
    return step("is_there", "decision", "Is it there?", {"condition": "$.record != null"}, ways)


def work(
    id: str, label: str, operation: str, description: str, to: Mapping[str, str] | str
) -> NodeData:
    """A process."""
    return step(id, "process", label, {"operation": operation, "description": description}, to)


def answer(id: str, label: str, status: int, body: Mapping[str, Data]) -> NodeData:
    """A terminal that answers."""
    return step(id, "terminal", label, {"status": status, "body": dict(body)})


def refusal(id: str, label: str, status: int, message: str) -> NodeData:
    """A terminal that says what went wrong."""
    return answer(id, label, status, {"message": message})


def finish(id: str, label: str, outcome: str) -> NodeData:
    """A terminal of a flow that nobody waits for."""
    return step(id, "terminal", label, {"outcome": outcome, "body": {"message": label}})


def http(method: str, path: str) -> dict[str, Data]:
    """A trigger for requests of people who are signed in."""
    return {"type": "http", "method": method, "path": path, "auth": "required"}


def form(fields: Mapping[str, Data]) -> dict[str, Data]:
    """Settings of an input node: name to type, or to a whole rule."""
    return {
        "fields": {
            name: rule
            if isinstance(rule, dict)
            else {
                "type": rule,
                "required": True,
                "error": f"{name.replace('_', ' ').capitalize()} is missing or not valid",
            }
            for name, rule in fields.items()
        }
    }


ENTITY = Parameter("entity", "Entity", "What is stored, in the singular: Order, Invoice.")


def terminal_tool(id: str, description: str, **parameters: str) -> dict[str, Data]:
    """A tool with which an agent ends its work."""
    return {
        "id": id,
        "name": id,
        "description": description,
        "parameters": _texts(parameters),
        "is_terminal": True,
    }


def lookup_tool(id: str, description: str, method: str, url: str, **parameters: str) -> Data:
    """A tool with which an agent asks a service."""
    return {
        "id": id,
        "name": id,
        "description": description,
        "parameters": _texts(parameters),
        "implementation": {"type": "service_call", "method": method, "url": url},
    }


def _texts(parameters: Mapping[str, str]) -> dict[str, Data]:
    return {
        name: {"type": "string", "required": True, "description": description}
        for name, description in parameters.items()
    }
