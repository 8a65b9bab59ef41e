"""A workspace as a design: every model by id, read when asked for and remembered per version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ddd_lab.spec.base import Data
from ddd_lab.spec.design import (
    ARCHITECTURE_FILE,
    CONFIG_FILE,
    ERRORS_FILE,
    LAYOUT_FILE,
    PROJECT_FILE,
    SYSTEM_FILE,
)
from ddd_lab.spec.flow import FlowData
from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    Issue,
    ProjectFile,
    SchemaModel,
    SystemLayout,
    SystemModel,
)

from .paths import domain_of, flow_key, schema_of

if TYPE_CHECKING:
    from .document import Version
    from .workspace import Workspace

T = TypeVar("T")


class DesignView:
    """The design that a workspace holds, always as it is now (``ddd_lab.spec.design.Design``)."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._models: dict[str, tuple[Version | None, Any, list[Issue]]] = {}
        self._domains: tuple[tuple[object, ...], dict[str, DomainModel]] = ((), {})
        self._keys: tuple[tuple[object, ...], tuple[str, ...]] = ((), ())
        self._paths: tuple[int, frozenset[str]] = (-1, frozenset())
        self._schemas: tuple[tuple[int, int], list[tuple[str, str]]] = ((-1, -1), [])
        self.flows: Mapping[str, FlowData] = _Flows(self)

    @property
    def system(self) -> SystemModel:
        """What ``specs/system.yaml`` says."""
        return self._read(SYSTEM_FILE, SystemModel.read)

    @property
    def project_file(self) -> ProjectFile:
        """What ``ddd-project.json`` says (the later format's list of domains)."""
        return self._read(PROJECT_FILE, ProjectFile.read)

    @property
    def layout(self) -> SystemLayout:
        """Where the domains lie on the System Map."""
        return self._read(LAYOUT_FILE, SystemLayout.read)

    @property
    def errors(self) -> ErrorRegistry:
        """Every error code of the project."""
        return self._read(ERRORS_FILE, ErrorRegistry.read)

    @property
    def architecture(self) -> ArchitectureModel:
        """What ``specs/architecture.yaml`` says."""
        return self._read(ARCHITECTURE_FILE, ArchitectureModel.read)

    @property
    def config(self) -> ConfigModel:
        """What ``specs/config.yaml`` says."""
        return self._read(CONFIG_FILE, ConfigModel.read)

    @property
    def domains(self) -> Mapping[str, DomainModel]:
        """Every domain: as the system lists them, then the project file, then other folders."""
        system, project = self.system, self.project_file
        structure = self._workspace.structure
        own = {
            domain_of(path): self._read_domain(path)
            for path in sorted(self._workspace.documents)
            if domain_of(path) and self._workspace.exists(path)
        }
        state: tuple[object, ...] = (system, project, structure, *own.values())
        if _identical(state, self._domains[0]):
            return self._domains[1]
        found: dict[str, DomainModel] = {}
        for entry in (*system.domains, *project.domains):
            if entry.id in found:
                continue
            model = own.get(entry.id) or DomainModel(
                id=entry.id, name=entry.name, description=entry.description, role=entry.role
            )
            if not model.description and entry.description:
                model = model.model_copy(update={"description": entry.description})
            found[entry.id] = model
        folders = {key.partition("/")[0] for key in self._workspace.flow_keys()}
        for id in sorted({*own, *folders} - found.keys()):
            found[id] = own.get(id) or DomainModel(id=id, name=id)
        self._domains = (state, found)
        return found

    @property
    def flow_keys(self) -> tuple[str, ...]:
        """Key of every flow file: by domain as people see them, then as the domain lists them."""
        domains = self.domains
        state: tuple[object, ...] = (domains, self._workspace.structure)
        if _identical(state, self._keys[0]):
            return self._keys[1]
        by_domain: dict[str, list[str]] = {id: [] for id in domains}
        for key in self._workspace.flow_keys():
            by_domain.setdefault(key.partition("/")[0], []).append(key)
        found: list[str] = []
        for id, keys in by_domain.items():
            model = domains.get(id)
            order = {flow.id: index for index, flow in enumerate(model.flows if model else ())}
            found += sorted(keys, key=lambda key: (order.get(key.split("/")[1], len(order)), key))
        self._keys = (state, tuple(found))
        return self._keys[1]

    @property
    def schemas(self) -> Mapping[str, SchemaModel]:
        """Every schema that can be read, by file stem."""
        found = {}
        for path, stem in self._schema_files():
            if self._workspace.model(path) is not None:
                found[stem] = self._read(path, partial(SchemaModel.read, stem=stem))
        return found

    def _schema_files(self) -> list[tuple[str, str]]:
        """Path and stem of every schema file; rules ask for schemas many times over."""
        documents = self._workspace.documents
        state = (self._workspace.structure, len(documents))
        if state != self._schemas[0]:
            paths = sorted(documents)
            self._schemas = (state, [(path, stem) for path in paths if (stem := schema_of(path))])
        return self._schemas[1]

    @property
    def paths(self) -> frozenset[str]:
        """Every file of the design that is there, on disk or as an unsaved new one."""
        if self._paths[0] != self._workspace.structure:
            present = frozenset(p for p in self._workspace.documents if self._workspace.exists(p))
            self._paths = (self._workspace.structure, present)
        return self._paths[1]

    def data(self, path: str) -> Data:
        """What a file that no model reads says, as plain data; None where there is none."""
        model = self._workspace.model(path) if path in self._workspace.documents else None
        return None if isinstance(model, FlowData) else model

    def issues(self, path: str) -> list[Issue]:
        """What did not fit the model of a file that is not a flow."""
        if domain_of(path):
            self._read_domain(path)
        elif stem := schema_of(path):
            self._read(path, partial(SchemaModel.read, stem=stem))
        else:
            reader = _READERS.get(path)
            if reader is None:
                return []
            self._read(path, reader)
        return self._models[path][2]

    def _read_domain(self, path: str) -> DomainModel:
        return self._read(path, partial(DomainModel.read, id=domain_of(path)))

    def _read(self, path: str, reader: Callable[[Any], tuple[T, list[Issue]]]) -> T:
        document = self._workspace.document(path)
        version = document.version if document else None
        known = self._models.get(path)
        if known is not None and known[0] is version:
            model: T = known[1]
            return model
        model, issues = reader(version.model if version else None)
        self._models[path] = (version, model, issues)
        return model


_READERS: dict[str, Callable[[Any], tuple[Any, list[Issue]]]] = {
    SYSTEM_FILE: SystemModel.read,
    PROJECT_FILE: ProjectFile.read,
    LAYOUT_FILE: SystemLayout.read,
    ERRORS_FILE: ErrorRegistry.read,
    ARCHITECTURE_FILE: ArchitectureModel.read,
    CONFIG_FILE: ConfigModel.read,
}


class _Flows(Mapping[str, FlowData]):
    """Every flow that can be read, by key; read when asked for."""

    def __init__(self, view: DesignView) -> None:
        self._view = view

    def __getitem__(self, key: str) -> FlowData:
        workspace = self._view._workspace
        model = workspace.model(workspace.flow_path(key)) if flow_key_like(key) else None
        if not isinstance(model, FlowData):
            raise KeyError(key)
        return model

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._view.flow_keys if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def loaded(self) -> Iterator[tuple[str, FlowData]]:
        """Those that have been read already."""
        workspace = self._view._workspace
        for key in self._view.flow_keys:
            path = workspace.flow_path(key)
            model = workspace.model(path) if workspace.is_read(path) else None
            if isinstance(model, FlowData):
                yield key, model


def flow_key_like(key: object) -> bool:
    """Whether something has the form ``domain/flow``."""
    return isinstance(key, str) and bool(
        flow_key(f"specs/domains/{key.replace('/', '/flows/', 1)}.yaml")
    )


def _identical(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
