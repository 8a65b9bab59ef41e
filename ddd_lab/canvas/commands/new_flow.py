"""New flows: blank, or from a starter template that can be looked at before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from ddd_lab.canvas.commands._registry import new_place, operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.maps import svg
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.templates import Template, chosen
from ddd_lab.spec.templates import templates as all_templates
from ddd_lab.workbench import Workbench

T = TypeVar("T")
Parameters = Annotated[dict[str, Text], Field(max_length=20)]


class NewFlow(Arguments):
    """What a new flow needs; with a template the name may be empty.

    ``new_domain`` is the name of a domain to make for it, where there is none yet.
    """

    name: Text
    domain: Text
    new_domain: Text = ""
    type: Literal["traditional", "agent"] = "traditional"
    template: Text = ""
    parameters: Parameters = Field(default_factory=dict)


class TemplateUse(Arguments):
    """A template and what it is used for, and the colours of the page that shows it."""

    template: Text
    name: Text = ""
    domain: Text
    new_domain: Text = ""
    parameters: Parameters = Field(default_factory=dict)
    theme: Literal["light", "dark"] = "light"


class ParameterView(Message):
    """Something that a template asks for."""

    name: str
    title: str
    help: str
    default: str


class TemplateView(Message):
    """A starter template; ``several`` where it makes more than one flow."""

    id: str
    title: str
    category: str
    help: str
    several: bool
    parameters: list[ParameterView]


class TemplateList(Message):
    """The starter templates."""

    templates: list[TemplateView]


class FlowTitle(Message):
    """A flow and what it is called."""

    at: str
    title: str


class TemplatePreview(Message):
    """The flows that a template would make, and a picture of the first."""

    flows: list[FlowTitle]
    svg: str


@new_place
def new_flow(workbench: Workbench, new: NewFlow) -> str:
    """Make a flow, or those of a template; the place is that of the first."""
    if new.template:
        return _from_template(workbench, new)[0]
    return _in_domain(workbench, new, lambda at: workbench.new_flow(new.name, at, new.type))


def _in_domain(workbench: Workbench, new: NewFlow | TemplateUse, make: Callable[[str], T]) -> T:
    """What is made in the domain that was chosen, or in a new one in the same step."""
    if name := new.new_domain.strip():
        with workbench.step(f"new domain {name} with a flow"):
            return make(workbench.add_domain(name, ""))
    if not new.domain:
        raise EditError("choose a domain for the flow")
    return make(new.domain)


@operation("nothing")
def templates(_: CanvasSession, __: args.Arguments) -> TemplateList:
    """List the starter templates."""
    return TemplateList(templates=[_view(template) for template in all_templates().values()])


def _view(template: Template) -> TemplateView:
    return TemplateView(
        id=template.id,
        title=template.title,
        category=template.category,
        help=template.help,
        several=template.several,
        parameters=[
            ParameterView(
                name=parameter.name,
                title=parameter.title,
                help=parameter.help,
                default=parameter.default,
            )
            for parameter in template.parameters
        ],
    )


@operation("nothing")
def preview_template(session: CanvasSession, use: TemplateUse) -> TemplatePreview:
    """Say what a template would make: its flows, and a picture of the first."""
    titles: list[FlowTitle] = []
    pictures: list[str] = []

    def make() -> None:
        keys = _from_template(session.workbench, use)
        flows = session.workbench.design.flows
        titles.extend(FlowTitle(at=key, title=flows[key].name) for key in keys)
        pictures.append(svg(session.workbench.design, keys[0], theme=use.theme))

    session.workbench.dry_run(make, diffs=0)
    return TemplatePreview(flows=titles, svg=pictures[0])


def _from_template(workbench: Workbench, use: NewFlow | TemplateUse) -> list[str]:
    parameters = {name: value for name, value in use.parameters.items() if value.strip()}
    template, _ = chosen(use.template, parameters)
    return _in_domain(
        workbench,
        use,
        lambda at: workbench.new_flows(template.id, at, use.name.strip(), **parameters),
    )
