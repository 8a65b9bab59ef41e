"""What a quick fix is, how it is declared, and how it finds places in a design."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from ddd_lab.checks._flow_summary import facts
from ddd_lab.checks._values import mapping
from ddd_lab.spec.edit.data import NoSuchPathError, get_in, unset_in
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.problem import UnlocatedProblem
from ddd_lab.spec.topics import same_event

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace

Models: TypeAlias = Mapping[str, Any]
"""What files should say: path to flow or plain data."""


@dataclass(frozen=True)
class FixAction:
    """What would end one problem.

    Attributes:
        title: what is done, as an order.
        models: what the files that it changes should say then.
        certain: whether nobody needs to be asked. A fix that is not has to invent something (the
            words of an answer), so a person should look at it.
    """

    title: str
    models: Models
    certain: bool = True


Fixer: TypeAlias = "Callable[[Workspace, UnlocatedProblem], Iterator[FixAction]]"
_fixers: dict[str, list[Fixer]] = {}


def quick_fix(*rules: str) -> Callable[[Fixer], Fixer]:
    """Register what ends the problems of some rules.

    The function yields an action only where what was meant is beyond doubt: a name that is nearly
    another is a guess and left to people. It sees the design as it is now, which may no longer be
    the one that the problem speaks of, and yields nothing then.
    """

    def register(fixer: Fixer) -> Fixer:
        for rule in rules:
            _fixers.setdefault(rule, []).append(fixer)
        return fixer

    return register


@cache
def _load() -> None:
    package = __name__.rpartition(".")[0]
    for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if info.name.startswith("_fix_"):
            importlib.import_module(f"{package}.{info.name}")


def fixable_rules() -> frozenset[str]:
    """The rules some of whose problems have a fix."""
    _load()
    return frozenset(_fixers)


def fix_actions_of(workspace: Workspace, problem: UnlocatedProblem) -> Iterator[FixAction]:
    """Everything that would end a problem."""
    _load()
    for fixer in _fixers.get(problem.rule, ()):
        yield from fixer(workspace, problem)


# --- what fixes share --------------------------------------------------------------------------


def data_of(workspace: Workspace, path: str) -> dict[str, Any]:
    """The data of a file that is not a flow; empty where it is missing or broken."""
    return mapping(workspace.design.data(path))


def value_at(data: Data, path: Path) -> Data:
    """What stands at a path; None where it leads nowhere."""
    try:
        return get_in(data, path)
    except NoSuchPathError:
        return None


def without(workspace: Workspace, file: str, path: Path) -> Models | None:
    """A file without what stands at a path; None where nothing does."""
    try:
        return {file: unset_in(data_of(workspace, file), path)}
    except NoSuchPathError:
        return None


def listed_at(data: Data, root: str, keys: tuple[str, ...]) -> tuple[Path, list[Any]] | None:
    """Where a list of a file stands, with or without its root key, under one of several names.

    Returns:
        Its path and its entries (none where the file has no such list yet); None where something
        else stands there.
    """
    inner = mapping(data).get(root)
    at: Path = (root,) if isinstance(inner, dict) else ()
    section = inner if isinstance(inner, dict) else mapping(data)
    key = next((key for key in keys if key in section), keys[0])
    value = section.get(key)
    if value is None:
        return (*at, key), []
    return ((*at, key), value) if isinstance(value, list) else None


def entry_like(entries: list[Any], words: Mapping[tuple[str, ...], str]) -> Data:
    """A new entry in the words that the entries of its list use.

    Args:
        words: value by the names that its key may have; the first is used where nobody says.
    """
    if entries and all(isinstance(entry, str) for entry in entries):
        return next(iter(words.values()))
    last = next((mapping(entry) for entry in reversed(entries) if mapping(entry)), {})
    return {
        next((name for name in names if name in last), names[0]): value
        for names, value in words.items()
    }


def is_called_for(workspace: Workspace, event: str) -> bool:
    """Whether some domain consumes an event or some flow waits for it."""
    design = workspace.design
    return any(
        same_event(event, wiring.event)
        for model in design.domains.values()
        for wiring in model.consumes
    ) or any(
        same_event(event, other)
        for flow in design.flows.values()
        for info in facts(flow).triggers
        for other in info.events
    )


def is_sent(workspace: Workspace, event: str) -> bool:
    """Whether some domain publishes an event or some flow emits it."""
    design = workspace.design
    return any(
        same_event(event, wiring.event)
        for model in design.domains.values()
        for wiring in model.publishes
    ) or any(
        same_event(event, reference.name)
        for flow in design.flows.values()
        for reference in facts(flow).emits
    )
