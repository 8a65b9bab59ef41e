"""How a project stands that nobody has opened, told without reading what has not moved.

A spec whose bytes have the recorded fingerprint says what it said: nobody needs to read it. The
project is opened only where a name has to be looked up in its files.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.files.disk.formats import parse_as
from ddd_lab.files.disk.listing import listed
from ddd_lab.files.disk.paths import flow_key, is_design_file, others
from ddd_lab.files.disk.storage import read
from ddd_lab.implementation.sources import LoadedProject, as_written
from ddd_lab.lossless_yaml import YamlError, decode, usual_data
from ddd_lab.spec.lenient import mapping, text
from ddd_lab.spec.paths import MAPPING_FILE, PROJECT_FILE, SYSTEM_FILE, flow_file

if TYPE_CHECKING:
    from ddd_lab.lossless_yaml import Tree
    from ddd_lab.spec.models.base import Data
    from ddd_lab.spec.models.base import Path as DataPath


class Unopened:
    """The source of statuses of a project that is opened only where that is needed.

    Raises:
        OSError: it cannot be listed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        files = listed(root).files
        self.paths = frozenset(filter(is_design_file, files))
        keys = (flow_key(path) for path in sorted(self.paths))
        self.flow_keys: Sequence[str] = tuple(dict.fromkeys(key for key in keys if key))
        self._others = others(files)
        self._mapping = self._data(MAPPING_FILE)

    @property
    def name(self) -> str:
        """The system's name, or the folder's."""
        system = mapping(self._data(SYSTEM_FILE))
        inner = mapping(system.get("system")) or system
        project = mapping(self._data(PROJECT_FILE))
        names = (inner.get("name"), project.get("name"))
        if not all(name is None or isinstance(name, str) for name in names):
            design = self._opened.workspace.design
            names = (design.system.name, design.project_file.name)
        return text(names[0]) or text(names[1]) or self.root.name

    @property
    def broken(self) -> str:
        """Why the mapping cannot be read; empty where it can, or is not there."""
        if self._mapping is not None:
            return ""
        document = self._opened.workspace.document(MAPPING_FILE)
        return str(document.broken or "") if document is not None else ""

    def mapping(self) -> tuple[object, Data]:
        """What the mapping says; nothing where it is missing or broken."""
        return self._mapping, self._mapping or {}

    def written(self, at: DataPath) -> str:
        """How a value of the mapping is written in its file."""
        return as_written(self._tree, at)

    @cached_property
    def _tree(self) -> Tree | None:
        text = self._text(MAPPING_FILE)
        return parse_as(MAPPING_FILE, text) if text else None

    def flow_path(self, key: str) -> str:
        """The path of a flow's file; ``.yml`` where that is what exists."""
        path = flow_file(key)
        return self._others.get(path, path)

    def schema_path(self, name: str) -> str:
        """The path of a schema's file by its name, which its file says."""
        return self._opened.schema_path(name)

    @cached_property
    def _opened(self) -> LoadedProject:
        from ddd_lab.files.workspace.workspace import Workspace

        return LoadedProject(Workspace(self.root))

    def _data(self, path: str) -> dict[str, Data] | None:
        """The map in a file; empty where there is none, None where it cannot be read."""
        try:
            text = self._text(path)
            data = usual_data(text) or parse_as(path, text).data
        except FileNotFoundError:
            return {}
        except (OSError, YamlError):
            return None
        return data if isinstance(data, dict) else None

    def _text(self, path: str) -> str:
        return decode(read(self.root, self._others.get(path, path)))
