"""The items of a proposal: single edits with what they need, and what becomes of the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ddd_lab.assist.proposals.edit import Edit, Key, Kind, node_in
from ddd_lab.equality import same
from ddd_lab.maps.ghosts import GhostKind
from ddd_lab.spec.catalogue import ports
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.problem import UnlocatedProblem
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

KINDS: Mapping[Kind, GhostKind] = {"add": "added", "change": "changed", "remove": "removed"}
"""What becomes of what an edit is about."""
_SHOWN = 200
"""Letters of a value that are shown."""


@dataclass(frozen=True)
class FieldChange:
    """A setting before and after, as texts; empty where there is none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Item:
    """One thing that a proposal would do, to be taken or left.

    Attributes:
        id: unique in the proposal; it stays when the design changes.
        edit: what it does.
        title: the same in plain words.
        needs: ids of the items without which it cannot be, theirs included.
        changes: settings before and after.
        raw: whether it is as the model gave it, and may stand for several edits.
        refused: why it cannot be done; empty if it can.
        problems: what our checks would newly say of it.
        basis: what it was going to change, as that was when it was proposed; None
            until that was looked up.
    """

    id: str
    edit: Edit
    title: str
    needs: frozenset[str] = frozenset()
    changes: tuple[FieldChange, ...] = ()
    raw: bool = True
    refused: str = ""
    problems: tuple[UnlocatedProblem, ...] = ()
    basis: Mapping[str, Data] | None = field(default=None, repr=False)

    @property
    def kind(self) -> Kind:
        """What becomes of its subject."""
        return self.edit.kind

    @property
    def at(self) -> str:
        """The place where it is seen."""
        return self.edit.at

    @property
    def card(self) -> str:
        """The node that it is about; empty where it is about none."""
        return self.edit.card


class NeedFinder:
    """Finds what each edit of a list needs of those before it, whatever is renamed on the way.

    Args:
        workbench: the design before the first of them.
    """

    def __init__(self, workbench: Workbench) -> None:
        self._design = workbench.design
        self._flows: dict[str, FlowData | None] = {}
        self._former: dict[Key, Key] = {}
        self._last: dict[Key, str] = {}
        self._needs: dict[str, frozenset[str]] = {}

    def needs(self, id: str, edit: Edit) -> frozenset[str]:
        """The items that an edit needs, with theirs; call it once for each, in order."""
        uses, makes = edit.names()
        if flow := str(getattr(edit, "flow", "")):
            self._flows.setdefault(self.former(("flow", flow))[1], self._design.flows.get(flow))
        wanted = [*uses, *(key for key in makes if key[0] != "outputs")]
        direct = {other for key in wanted for other in self._makers(self.former(key))}
        needs = frozenset(direct).union(*(self._needs[other] for other in direct))
        self._needs[id] = needs
        renamed = edit.renames()
        if renamed is not None:
            old, new = renamed
            self._former[self._within(new)] = self.former(old)
        self._last |= {self.former(key): id for key in makes}
        return needs

    def former(self, key: Key) -> Key:
        """What the design before the list calls something."""
        key = self._within(key)
        return self._former.get(key, key)

    def in_former_words(self, edit: Edit) -> Edit:
        """An edit with the names that the design before the list has."""
        if not self._former:
            return edit
        update: dict[str, str] = {}
        flow = getattr(edit, "flow", "")
        for name in ("node", "source", "target", "new_target"):
            if flow and name in type(edit).model_fields and (id := getattr(edit, name)):
                update[name] = self.former(("node", flow, id))[2]
        if flow and "flow" in type(edit).model_fields:
            update["flow"] = self.former(("flow", flow))[1]
        return edit.model_copy(update=update)

    def former_nodes(self, flow: str) -> dict[str, str]:
        """Former ids of the nodes of a flow that have another one now."""
        home = self.former(("flow", flow))[1]
        return {
            new[2]: old[2]
            for new, old in self._former.items()
            if new[0] == "node" and new[1] == home
        }

    def _within(self, key: Key) -> Key:
        """A key whose last part is as given, and all before it as the design before the list."""
        kind, *names = key
        match kind:
            case "flow":
                domain, slash, id = names[0].partition("/")
                return (kind, f"{self.former(('domain', domain))[1]}{slash}{id}")
            case "node":
                return (kind, self.former(("flow", names[0]))[1], names[1])
            case "edge" | "outputs":
                flow, *ids = names
                nodes = [self.former(("node", flow, id))[2] for id in ids[: 2 - (kind != "edge")]]
                rest = ids[len(nodes) :]
                return (kind, self.former(("flow", flow))[1], *nodes, *rest)
        return key

    def _makers(self, key: Key) -> Iterator[str]:
        if key[0] == "outputs" and len(key) == 4:
            if not self._offered(*key[1:]) and (maker := self._last.get(key[:3])):
                yield maker
        elif key[0] == "edge" and key[3] == "*":
            yield from (id for other, id in self._last.items() if other[:3] == key[:3])
        elif maker := self._last.get(key) or (
            self._last.get((*key[:3], "*")) if key[0] == "edge" else None
        ):
            yield maker

    def _offered(self, flow: str, node: str, output: str) -> bool:
        """Whether a node offers an output before the list."""
        data = self._flows.get(flow)
        source = data.by_id.get(node) if data is not None else None
        if data is None or source is None:
            return False
        return not output or any(output in port.names() for port in ports(source, "guide", data))


def basis_of_edit(edit: Edit, workbench: Workbench) -> Mapping[str, Data]:
    """What an edit is about to change; nothing where that is not there."""
    try:
        return edit.basis(workbench)
    except EditError:
        return {}


def changed_since(item: Item, edit: Edit, workbench: Workbench) -> str:
    """Why an item must give way, since somebody changed meanwhile what it is about."""
    now = basis_of_edit(edit, workbench)
    after = {change.field: change.after for change in item.changes}
    for name, value in (item.basis or {}).items():
        if name in now and not same(now[name], value) and after.get(name) != shown(now[name]):
            return f"{name} was changed meanwhile, and that change stays"
    node, flow = edit.card, str(getattr(edit, "flow", ""))
    if item.basis and node and node_in(workbench, flow, node) is None:
        return f"{node} no longer exists"
    return ""


def field_changes(before: Data, after: Data, at: str = "") -> Iterator[FieldChange]:
    """The settings that differ, by their path in words; lists as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from field_changes(
                before.get(key), after.get(key), f"{at}.{key}" if at else str(key)
            )
    elif not same(before, after):
        yield FieldChange(one_line(at, 80), shown(before), shown(after))


def shown(value: Data) -> str:
    """A value as a short text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return one_line(value, _SHOWN)
    return one_line(json.dumps(value, ensure_ascii=False, default=str), _SHOWN)
