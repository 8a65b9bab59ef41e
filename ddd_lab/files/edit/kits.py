"""What a design can begin with: nothing, a starter kit, or a sample; each is real spec files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.folder import ProjectError
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.lossless_yaml import parse
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.lenient import mapping, named
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.no_such import no_such
from ddd_lab.spec.paths import ARCHITECTURE_FILE, SYSTEM_FILE

_PACKAGE = Path(__file__).parents[2]

EMPTY: Final = "empty"
STACK: Final = "python-fastapi"
"""The stack of a new design where none is chosen."""


class Kit(NamedTuple):
    """Something that a design can begin with.

    Attributes:
        id: its name in a call.
        title: what people call it.
        summary: what it is, in one line.
        folders: where it lies; the first that is there counts.
        is_sample: whether it is a finished design with a stack of its own.
    """

    id: str
    title: str
    summary: str
    folders: tuple[Path, ...]
    is_sample: bool = False

    def opened(self) -> Workspace:
        """Its files, to look at.

        Raises:
            EditError: it is not installed.
        """
        for folder in self.folders:
            try:
                workspace = Workspace(folder, only_look=True)
            except ProjectError:
                continue
            if workspace.documents:
                return workspace
        raise EditError(f"{self.title} is not installed here. It comes with the package ddd-lab")


def _kit(id: str, title: str, summary: str) -> Kit:
    return Kit(id, title, summary, (_PACKAGE / "kits" / id,))


_KITS: Final = (
    _kit(EMPTY, "Empty design", "A system file and how the code is built; the rest is yours"),
    _kit(
        "web-service",
        "Web service",
        "Meeting rooms: an HTTP API with a database, a cache and events",
    ),
    _kit(
        "event-driven-workers",
        "Event-driven workers",
        "Orders become parcels: four domains that talk in events, each step safe to repeat",
    ),
    _kit(
        "agent-team",
        "Agent team",
        "A support desk: a router, two agents, a supervisor, and a person one step away",
    ),
    _kit(
        "crud-back-office",
        "CRUD back office",
        "Products: lists and forms, roles, an import, and who changed what",
    ),
    _kit(
        "data-pipeline",
        "Data pipeline",
        "Meter readings: collected, checked, loaded into a warehouse, and reported",
    ),
    # In an installed package, and in a checkout, which has it once.
    Kit(
        "fernhill",
        "Fernhill Libraries (sample)",
        "A whole county's library: 7 domains, 20 flows of every kind, to look around in",
        (_PACKAGE / "sample", _PACKAGE.parent / "notebooks/fernhill"),
        is_sample=True,
    ),
)


class Stack(NamedTuple):
    """A language with its framework and tools."""

    id: str
    title: str
    data: Mapping[str, Data]


def kits() -> Mapping[str, Kit]:
    """What a design can begin with, by id, in the order of a menu."""
    return MappingProxyType({kit.id: kit for kit in _KITS})


def samples() -> Mapping[str, Kit]:
    """The finished designs among them."""
    return MappingProxyType({kit.id: kit for kit in _KITS if kit.is_sample})


@cache
def stacks() -> Mapping[str, Stack]:
    """The stacks that a new design can have, by id, the usual one first."""
    folder = _PACKAGE / "stacks"
    ids = [name.removesuffix(".yaml") for name in storage.names(folder, "")]
    listed = {}
    for id in sorted(ids, key=lambda id: (id != STACK, id)):
        data = mapping(parse(storage.read(folder, f"{id}.yaml").decode()).data)
        listed[id] = Stack(id, str(data["title"]), data)
    return MappingProxyType(listed)


def begun(kit: str, name: str = "", stack: str = "") -> Workspace:
    """A design as it begins, in memory only.

    Args:
        kit: its id.
        name: what the system is called; as the kit calls it if left out.
        stack: its id; the usual one if left out, and a sample's own for a sample.

    Raises:
        KeyError: there is no such kit or stack.
        EditError: a sample has another stack, or is not installed.
    """
    if kit not in kits():
        raise no_such("kit", kit, kits())
    if stack and stack not in stacks():
        raise no_such("stack", stack, stacks())
    chosen = kits()[kit]
    if stack and chosen.is_sample:
        raise EditError(f"{chosen.title} has a stack of its own: leave the stack out")
    design = chosen.opened()
    if not chosen.is_sample:
        _build_with(design, stacks()[stack or STACK])
    if name:
        design.edit_data(SYSTEM_FILE, lambda data: _inner(data, "system", name=name), "name it")
    return design


def _build_with(design: Workspace, stack: Stack) -> None:
    """Say in a kit's files how it is built, as a stack has it."""
    own = design.design.system.tech_stack
    tech_stack = {**mapping(stack.data["tech_stack"]), **own}
    design.edit_data(
        SYSTEM_FILE, lambda data: _inner(data, "system", tech_stack=tech_stack), "choose the stack"
    )
    packages = mapping(stack.data["packages"])
    production: dict[str, Data] = {}
    for used in dict.fromkeys(("always", *map(str, own.values()))):
        production |= mapping(packages[used])
    dependencies: dict[str, Data] = {
        str(tech_stack["language"]): tech_stack["language_version"],
        "production": production,
        "development": packages["development"],
    }
    sections = {**mapping(stack.data["architecture"]), "dependencies": dependencies}
    design.edit_data(
        ARCHITECTURE_FILE, lambda data: _inner(data, "architecture", **sections), "build with it"
    )


def _inner(data: Data, root: str, **values: Data) -> Data:
    return {**mapping(data), root: {**mapping(named(data, root)), **values}}


def open_sample(workspace: Workspace) -> None:
    """Put the sample design into a project without a design, as one step that is not saved.

    Raises:
        EditError: there is a design already, or the sample is not installed.
    """
    if any(workspace.documents):
        raise EditError("this project has a design already. The sample goes into an empty one")
    sample = begun("fernhill")
    texts = texts_of(sample)
    workspace.change({path: sample.model(path) for path in texts}, "open the sample", texts=texts)


def texts_of(design: Workspace) -> dict[str, str]:
    """The texts of a design's files, by path."""
    documents = {path: design.document(path) for path in list(design.documents)}
    return {path: document.text() for path, document in documents.items() if document}
