"""Edits of domains, and of the events between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from ddd_lab.assist.proposals.edit import (
    Edit,
    Key,
    Kind,
    Names,
    domain_name,
    end_keys,
    refuse_empty,
)
from ddd_lab.assist.proposals.flow_edits import DOMAIN, said
from ddd_lab.assist.proposals.model_data import Name, Prose
from ddd_lab.files.edit.ids import id_of
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.design import flow_keys_of
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench


class NewDomain(Edit):
    """Add a domain. Its id is the name in lower case with dashes."""

    op: Literal["new_domain"] = "new_domain"
    name: Name = Field(description="What people call it.")
    description: Prose = Field("", description="What it is for, in a sentence.")
    kind: ClassVar[Kind] = "add"

    @property
    def domain(self) -> str:
        """The id that it gets."""
        return id_of(self.name)

    def apply(self, workbench: Workbench) -> None:
        """Add it."""
        workbench.add_domain(self.name, self.description)

    def title(self, _: Workbench) -> str:
        """What it does."""
        return f"New domain “{one_line(self.name, 60)}”"

    def names(self) -> Names:
        """It makes a domain."""
        return Names((), (("domain", self.domain),))


class ChangeDomain(Edit):
    """Say what a domain is for."""

    op: Literal["change_domain"] = "change_domain"
    domain: Name = DOMAIN
    description: Prose = Field(description="What it is for.")

    def apply(self, workbench: Workbench) -> None:
        """Change it."""
        workbench.describe_domain(self.domain, self.description)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        return f"Change the domain {domain_name(workbench, self.domain)}: description"

    def names(self) -> Names:
        """It needs the domain."""
        return Names((("domain", self.domain),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """What it is for now."""
        domain = workbench.design.domains.get(self.domain)
        return {"description": domain.description} if domain is not None else {}

    def subject(self, workbench: Workbench) -> Data:
        """The same."""
        return self.basis(workbench)


class RenameDomain(Edit):
    """Give a domain another name and the id that follows from it, wherever it is named."""

    op: Literal["rename_domain"] = "rename_domain"
    domain: Name = DOMAIN
    name: Name = Field(description="The new name.")

    def apply(self, workbench: Workbench) -> None:
        """Rename it."""
        workbench.rename_domain(self.domain, self.name)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        old = domain_name(workbench, self.domain)
        return f"Rename the domain {old} to “{one_line(self.name, 60)}”"

    def names(self) -> Names:
        """It needs the domain, and gives it another name."""
        domain = ("domain", self.domain)
        return Names((domain,), (domain, ("domain", id_of(self.name))))

    def renames(self) -> tuple[Key, Key] | None:
        """The domain's old and new id."""
        return ("domain", self.domain), ("domain", id_of(self.name))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """Its name."""
        domain = workbench.design.domains.get(self.domain)
        return {"name": domain.name} if domain is not None else {}


class DeleteDomain(Edit):
    """Delete a domain with all its flows."""

    op: Literal["delete_domain"] = "delete_domain"
    domain: Name = DOMAIN
    kind: ClassVar[Kind] = "remove"

    def apply(self, workbench: Workbench) -> None:
        """Delete it."""
        workbench.delete_domain(self.domain, with_flows=True)

    def title(self, workbench: Workbench) -> str:
        """What it does."""
        return f"Delete the domain {domain_name(workbench, self.domain)} with its flows"

    def names(self) -> Names:
        """It needs the domain, and takes it away."""
        return Names((("domain", self.domain),), (("domain", self.domain),))

    def basis(self, workbench: Workbench) -> Mapping[str, Data]:
        """All that its flows say."""
        design = workbench.design
        if self.domain not in design.domains:
            return {}
        keys = flow_keys_of(design, self.domain)
        flows = {key: design.flows.get(key) for key in keys}
        return {key: said(flow) for key, flow in flows.items() if flow is not None}


class _Event(Edit):
    """What edits of an event's way have in common."""

    event: Name = Field(description="Name of the event, such as order.placed.")
    source: Name = Field(description="Who publishes it: domain or domain/flow.")
    target: Name = Field(description="Who consumes it: domain or domain/flow.")

    @property
    def at(self) -> str:
        """The map that shows it."""
        source, target = (end.partition("/")[0] for end in (self.source, self.target))
        return source if source == target else ""

    def names(self) -> Names:
        """It needs both ends."""
        key = ("event", self.event, self.source, self.target)
        return Names((*end_keys(self.source), *end_keys(self.target)), (key,))


class WireEvent(_Event):
    """Let one domain or flow publish an event, and another consume it; both files are written."""

    op: Literal["wire_event"] = "wire_event"
    description: Prose = Field("", description="What the event means, in a sentence.")
    add_nodes: bool = Field(
        False, description="Whether named flows also get the nodes that emit it and wait for it."
    )
    kind: ClassVar[Kind] = "add"

    def apply(self, workbench: Workbench) -> None:
        """Wire it."""
        refuse_empty(self, "event", "source", "target")
        workbench.wire_event(
            self.event,
            self.source,
            self.target,
            description=self.description,
            add_nodes=self.add_nodes,
        )

    def title(self, _: Workbench) -> str:
        """What it does."""
        return f"Send {one_line(self.event, 60)} from {self.source} to {self.target}"


class UnwireEvent(_Event):
    """Take an event's way from one domain or flow to another out of both files."""

    op: Literal["unwire_event"] = "unwire_event"
    kind: ClassVar[Kind] = "remove"

    def apply(self, workbench: Workbench) -> None:
        """Unwire it."""
        workbench.unwire_event(self.event, self.source, self.target)

    def title(self, _: Workbench) -> str:
        """What it does."""
        return f"No longer send {one_line(self.event, 60)} from {self.source} to {self.target}"
