"""Documents as a design: every model by id, read when asked for, remembered per version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ddd_lab.equality import identical
from ddd_lab.files.disk.paths import domain_of, flow_key, schema_of
from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    Misread,
    ProjectFile,
    SchemaModel,
    SystemLayout,
    SystemModel,
)
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import Named, no_such
from ddd_lab.spec.paths import (
    ARCHITECTURE_FILE,
    CONFIG_FILE,
    ERRORS_FILE,
    LAYOUT_FILE,
    PROJECT_FILE,
    SYSTEM_FILE,
    usual,
)

if TYPE_CHECKING:
    from ddd_lab.files.documents.document import Version
    from ddd_lab.files.workspace.document_reader import DocumentReader
    from ddd_lab.spec.problem import Problem

T = TypeVar("T")


class _Index(NamedTuple):
    """The files of a design by what they are, worked out once for as long as none comes or goes."""

    domains: tuple[tuple[str, str], ...]  # path and id, or stem, of each that is there
    schemas: tuple[tuple[str, str], ...]
    present: frozenset[str]  # every path that is there


class DesignView:
    """The design that a workspace holds, always as it is now (``Design``)."""

    def __init__(self, workspace: DocumentReader) -> None:
        self._workspace = workspace
        self._models: dict[str, tuple[Version | None, Any, list[Misread]]] = {}
        self._index: tuple[tuple[int, int], _Index] = ((-1, -1), _Index((), (), frozenset()))
        self._domains: tuple[tuple[object, ...], dict[str, DomainModel]] = ((), {})
        self._keys: tuple[tuple[object, ...], tuple[str, ...]] = ((), ())
        self._schemas: tuple[tuple[object, ...], dict[str, SchemaModel]] = ((), {})
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
        index = self._indexed()
        state = (system, project, index, *self._versions(index.domains))
        if identical(state, self._domains[0]):
            return self._domains[1]
        own = {
            id: self._read_domain(path)
            for path, id in index.domains
            if self._workspace.exists(path)
        }
        models: dict[str, DomainModel] = {}
        for entry in (*system.domains, *project.domains):
            if entry.id in models:
                continue
            model = own.get(entry.id) or DomainModel(
                id=entry.id, name=entry.name, description=entry.description, role=entry.role
            )
            if not model.description and entry.description:
                model = model.model_copy(update={"description": entry.description})
            models[entry.id] = model
        folders = {key.partition("/")[0] for key in self._workspace.flow_keys()}
        for id in sorted({*own, *folders} - models.keys()):
            models[id] = own.get(id) or DomainModel(id=id, name=id)
        named = Named("domain", models)
        self._domains = (state, named)
        return named

    @property
    def flow_keys(self) -> tuple[str, ...]:
        """Key of every flow file: by domain as people see them, then as the domain lists them."""
        domains = self.domains
        state: tuple[object, ...] = (domains, self._indexed())
        if identical(state, self._keys[0]):
            return self._keys[1]
        by_domain: dict[str, list[str]] = {id: [] for id in domains}
        for key in self._workspace.flow_keys():
            by_domain.setdefault(key.partition("/")[0], []).append(key)
        ordered: list[str] = []
        for id, keys in by_domain.items():
            model = domains.get(id)
            order = {flow.id: index for index, flow in enumerate(model.flows if model else ())}
            ordered += sorted(keys, key=lambda key: (order.get(key.split("/")[1], len(order)), key))
        self._keys = (state, tuple(ordered))
        return self._keys[1]

    @property
    def schemas(self) -> Mapping[str, SchemaModel]:
        """Every schema that can be read, by file stem."""
        index = self._indexed()
        state = (index, *self._versions(index.schemas))
        if not identical(state, self._schemas[0]):
            by_stem = {}
            for path, stem in index.schemas:
                if self._workspace.model(path) is not None:
                    by_stem[stem] = self._read(path, partial(SchemaModel.read, stem=stem))
            self._schemas = (state, Named("schema", by_stem))
        return self._schemas[1]

    @property
    def paths(self) -> frozenset[str]:
        """Every file of the design that is there, on disk or as an unsaved new one.

        The paths are the usual ones (``ddd_lab.spec.paths``), whatever the files end in.
        """
        return self._indexed().present

    @property
    def unreadable(self) -> frozenset[str]:
        """Those files of domains and schemas that are there but broken."""
        index = self._indexed()
        files = (path for path, _ in (*index.domains, *index.schemas))
        return frozenset(path for path in files if self._workspace.model(path) is None)

    def _indexed(self) -> _Index:
        """The files by what they are; the same object until one comes or goes."""
        workspace = self._workspace
        state = (workspace.structure, len(workspace.documents))
        if state != self._index[0]:
            paths = (path for path in workspace.documents if workspace.exists_at(path))
            present = sorted({usual(path) for path in paths})
            domains = tuple((path, id) for path in present if (id := domain_of(path)))
            schemas = tuple((path, stem) for path in present if (stem := schema_of(path)))
            self._index = (state, _Index(domains, schemas, frozenset(present)))
        return self._index[1]

    def _versions(self, files: Iterable[tuple[str, str]]) -> Iterator[Version | Problem | None]:
        """What some files say now, each as the object that changes with it."""
        for path, _ in files:
            document = self._workspace.document(path)
            yield (document.version or document.broken) if document else None

    def data(self, path: str) -> Data:
        """What a file that no model reads says, as plain data; None where there is none."""
        model = self._workspace.model(path)
        return None if isinstance(model, FlowData) else model

    def issues(self, path: str) -> list[Misread]:
        """What did not fit the model of a file that is not a flow."""
        if domain_of(path):
            self._read_domain(path)
        elif stem := schema_of(path):
            self._read(path, partial(SchemaModel.read, stem=stem))
        else:
            reader = _READERS.get(usual(path))
            if reader is None:
                return []
            self._read(path, reader)
        return self._models[path][2]

    def _read_domain(self, path: str) -> DomainModel:
        return self._read(path, partial(DomainModel.read, id=domain_of(path)))

    def _read(self, path: str, reader: Callable[[Any], tuple[T, list[Misread]]]) -> T:
        document = self._workspace.document(path)
        version = document.version if document else None
        cached = self._models.get(path)
        if cached is not None and cached[0] is version:
            model: T = cached[1]
            return model
        model, issues = reader(version.model if version else None)
        self._models[path] = (version, model, issues)
        return model


_READERS: dict[str, Callable[[Any], tuple[Any, list[Misread]]]] = {
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
        flow = self._find(key)
        if flow is None:
            raise no_such("flow", key, self._view.flow_keys)
        return flow

    def __contains__(self, key: object) -> bool:
        return self._find(key) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """The flow, or something else where there is none, which is no mistake."""
        return self._find(key) or default

    def _find(self, key: object) -> FlowData | None:
        workspace = self._view._workspace
        is_key = isinstance(key, str) and flow_key_like(key)
        model = workspace.model(workspace.flow_path(str(key))) if is_key else None
        return model if isinstance(model, FlowData) else None

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
