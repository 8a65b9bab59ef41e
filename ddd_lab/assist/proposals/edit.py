"""What every edit of a proposal says of itself, beside making it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import ConfigDict, Field

from ddd_lab.files.disk.paths import domain_of
from ddd_lab.files.edit.ids import flow_file_of
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data, Frozen, Path
from ddd_lab.spec.models.flow import FlowData, NodeData
from ddd_lab.spec.problem import Place
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

Kind = Literal["add", "change", "remove"]
FLOW = Field(description="Key of the flow: domain/flow.")
Key = tuple[str, ...]
"""Names something of the design: ``("node", "domain/flow", "id")``."""


class Names(NamedTuple):
    """What an edit needs to be there, and what comes, goes or gets another name by it."""

    uses: tuple[Key, ...] = ()
    makes: tuple[Key, ...] = ()


class Edit(Frozen):
    """One thing that a person can do to a design too, with the same code.

    Attributes:
        kind: what becomes of its subject.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)
    kind: ClassVar[Kind] = "change"

    def apply(self, workbench: Workbench) -> None:
        """Make the edit.

        Raises:
            EditError: it cannot be made; the message says why and what would work.
        """
        raise NotImplementedError

    def title(self, workbench: Workbench) -> str:
        """What it does, as an order for a list."""
        raise NotImplementedError

    def names(self) -> Names:
        """What it needs, and what comes, goes or gets another name by it."""
        raise NotImplementedError

    def renames(self) -> tuple[Key, Key] | None:
        """The old and the new name of something, where it renames it."""
        return None

    def basis(self, _: Workbench) -> Mapping[str, Data]:
        """What it is about to change, by the words for it: whoever changed that since, wins."""
        return {}

    def subject(self, _: Workbench) -> Data:
        """The settings that it changes some of, to be compared; None where it changes none."""
        return None

    @property
    def words(self) -> str:
        """What it is, where its title cannot be found out: ``add node “pay”``."""
        op = str(getattr(self, "op", "edit")).replace("_", " ")
        return f"{op} “{one_line(self.card, 60)}”" if self.card else op

    @property
    def cards(self) -> frozenset[str]:
        """The nodes that it names."""
        names = ("node", "to", "source", "target", "new_target")
        return frozenset(name for field in names if (name := str(getattr(self, field, ""))))

    def is_about(self, place: Place) -> bool:
        """Whether a problem's place is in what it changes."""
        if place.node:
            return getattr(self, "flow", "") == place.flow and place.node in self.cards
        if place.flow:
            return getattr(self, "flow", "") == place.flow
        domain = domain_of(place.file)
        names = (str(getattr(self, field, "")) for field in ("domain", "flow", "source", "target"))
        return bool(domain) and domain in {name.partition("/")[0] for name in names}

    @property
    def at(self) -> str:
        """The place where it is seen: ``domain/flow``, ``domain``, or empty for the system."""
        return str(getattr(self, "flow", ""))

    @property
    def card(self) -> str:
        """The node that it is about; empty where it is about none."""
        return str(getattr(self, "node", ""))

    def expanded(self, _: Workbench) -> Iterator[Edit]:
        """The single edits that it stands for, in the design as it is by then.

        Raises:
            EditError: there are none.
        """
        yield self


def edit_flow(
    workbench: Workbench, key: str, change: Callable[[FlowData], FlowData], label: str
) -> None:
    """Change a flow; an unknown one is an `EditError`."""
    flow_file_of(workbench, key)
    workbench.edit_flow(key, change, label)


def node_in(workbench: Workbench, key: str, id: str) -> NodeData | None:
    """A node; None where the flow or the node does not exist."""
    flow = workbench.design.flows.get(key)
    return flow.by_id.get(id) if flow is not None else None


def name_of(workbench: Workbench, key: str, id: str) -> str:
    """What people call a node, in quotes; its id where there is none."""
    node = node_in(workbench, key, id)
    return f"“{one_line(node.name if node else id, 60)}”"


def flow_name(workbench: Workbench, key: str) -> str:
    """What people call a flow, in quotes; its key where there is none."""
    flow = workbench.design.flows.get(key)
    return f"“{one_line((flow.name if flow else '') or key, 60)}”"


def domain_name(workbench: Workbench, id: str) -> str:
    """What people call a domain, in quotes; its id where there is none."""
    domain = workbench.design.domains.get(id)
    return f"“{one_line((domain.name if domain else '') or id, 60)}”"


def end_keys(end: str) -> tuple[Key, ...]:
    """What has to be there for one end of an event: ``domain`` or ``domain/flow``."""
    return (("flow", end), *domain_key(end)) if "/" in end else (("domain", end),)


def domain_key(flow: str) -> tuple[Key, ...]:
    """The domain of a flow's key, as something that has to be there."""
    return (("domain", flow.partition("/")[0]),)


def merged(present: Data, patch: Mapping[str, Any], at: Path = ()) -> Iterator[tuple[Path, Data]]:
    """Each value that a JSON merge patch sets, by its path; None for what it removes."""
    for key, value in patch.items():
        below = present.get(key) if isinstance(present, dict) else None
        if isinstance(value, dict) and value and isinstance(below, dict):
            yield from merged(below, value, (*at, key))
        elif value is not None or (isinstance(present, dict) and key in present):
            yield (*at, key), value


def value_at(data: Data, path: Path) -> Data:
    """What stands at a path; None where nothing does."""
    for step in path:
        if not isinstance(data, dict) or step not in data:
            return None
        data = data[step]
    return data


def basis_of(data: Data, patch: Mapping[str, Any]) -> dict[str, Data]:
    """What stands now where a merge patch sets something, by its path in words."""
    return {show_path(path): value_at(data, path) for path, _ in merged(data, patch)}


def refuse_empty(edit: Edit, *fields: str) -> None:
    """Refuse an edit that leaves out what it cannot do without."""
    for field in fields:
        if not getattr(edit, field):
            raise EditError(f"{getattr(edit, 'op', 'this edit')} needs {field}")
