"""New flows: blank, or from a starter template that can be looked at before."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ddd_lab.canvas.commands._registry import Result, design_change, operation
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.maps import svg
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.templates import chosen
from ddd_lab.spec.templates import templates as all_templates
from ddd_lab.workbench import Workbench

Parameters = Annotated[dict[str, Text], Field(max_length=20)]


class NewFlow(Arguments):
    """What a new flow needs; with a template the name may be empty."""

    name: Text
    domain: Text
    type: Literal["traditional", "agent"] = "traditional"
    template: Text = ""
    parameters: Parameters = Field(default_factory=dict)


class TemplateUse(Arguments):
    """A template and what it is used for, and the colours of the page that shows it."""

    template: Text
    name: Text = ""
    domain: Text
    parameters: Parameters = Field(default_factory=dict)
    theme: Literal["light", "dark"] = "light"


@design_change(NewFlow)
def new_flow(host: Workbench, new: NewFlow) -> str:
    """Make a flow, or those of a template; the place is that of the first."""
    if not new.template:
        return host.new_flow(new.name, new.domain, new.type)
    return _from_template(host, new)[0]


@operation(args.Arguments, "nothing")
def templates(_: CanvasSession, __: args.Arguments) -> Result:
    """List the starter templates."""
    return {
        "templates": [
            {
                "id": template.id,
                "title": template.title,
                "category": template.category,
                "help": template.help,
                "several": template.several,
                "parameters": [
                    {
                        "name": parameter.name,
                        "title": parameter.title,
                        "help": parameter.help,
                        "default": parameter.default,
                    }
                    for parameter in template.parameters
                ],
            }
            for template in all_templates().values()
        ]
    }


@operation(TemplateUse, "nothing")
def preview_template(session: CanvasSession, use: TemplateUse) -> Result:
    """Say what a template would make: its flows, and a picture of the first."""
    made: list[dict[str, str]] = []
    pictures: list[str] = []

    def make() -> None:
        keys = _from_template(session.host, use)
        flows = session.host.design.flows
        made.extend({"at": key, "title": flows[key].name} for key in keys)
        pictures.append(svg(session.host.design, keys[0], theme=use.theme))

    session.host.dry_run(make, diffs=0)
    return {"flows": made, "svg": pictures[0]}


def _from_template(host: Workbench, use: NewFlow | TemplateUse) -> list[str]:
    given = {name: value for name, value in use.parameters.items() if value.strip()}
    template, _ = chosen(use.template, given)
    if not use.domain:
        raise EditError("choose a domain for the flow")
    return host.new_flows(template.id, use.domain, use.name.strip(), **given)
