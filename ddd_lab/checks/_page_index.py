"""The pages of the system's user interface, as its files describe them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._values import entries, items, mapping, text, walk
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.paths import PAGES_FILE
from ddd_lab.spec.problem import Place

_FOLDER = PAGES_FILE.rpartition("/")[0] + "/"

COMPONENTS = (
    "stat-card",
    "item-list",
    "card-grid",
    "detail-card",
    "button-group",
    "page-header",
    "status-bar",
    "chart",
    "filter-bar",
    "map-view",
    "timeline",
    "chat-interface",
    "markdown-viewer",
    "tree-view",
    "kanban-board",
    "calendar-view",
)
"""What a section of a page may be, beside the shared components that the pages declare."""

_FLOW_KEYS = ("data_source", "flow", "options_source", "search_source", "prefill_source")


class Listed(NamedTuple):
    """A page as the list of pages has it."""

    id: str
    data: dict[str, Data]
    path: Path


class Reference(NamedTuple):
    """A flow that a page asks for data or calls."""

    name: str
    place: Place


class PageIndex:
    """The list of pages and the pages' own files; empty where the design has none."""

    def __init__(self, design: DesignIndex) -> None:
        self.data = mapping(design.design.data(PAGES_FILE))
        self.files = {
            path: mapping(design.design.data(path))
            for path in sorted(design.design.paths)
            if path.startswith(_FOLDER) and path != PAGES_FILE
        }

    @cached_property
    def listed(self) -> list[Listed]:
        """Every page of the list."""
        return [
            Listed(name, mapping(page), ("pages", *path))
            for name, page, path in entries(self.data.get("pages"))
        ]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every page that is listed or has a file."""
        return frozenset({page.id for page in self.listed} | set(self.stems))

    @cached_property
    def stems(self) -> dict[str, str]:
        """Path of every page's file, by the page's id."""
        stems: dict[str, str] = {}
        for path, data in self.files.items():
            stem = path.removeprefix(_FOLDER).rpartition(".")[0]
            stems.setdefault(text(data.get("page")) or stem, path)
        return stems

    @cached_property
    def components(self) -> frozenset[str]:
        """What a section may be."""
        shared = entries(self.data.get("shared_components"))
        return frozenset({*COMPONENTS, *(name for name, _, _ in shared)})

    def references(self) -> Iterator[Reference]:
        """Flows that the pages ask for data or call, by ``domain/flow``."""
        for path, data in self.files.items():
            for at, value in walk(data):
                key = next((part for part in reversed(at) if isinstance(part, str)), "")
                fetched = key == "initial_fetch"
                if isinstance(value, str) and (fetched or (at and at[-1] in _FLOW_KEYS)):
                    yield Reference(value.strip(), Place(file=path, path=at))

    def navigation(self) -> Iterator[Reference]:
        """Pages that the navigation leads to."""
        listed = mapping(self.data.get("navigation")).get("items")
        for number, item in enumerate(items(listed)):
            if name := text(mapping(item).get("page")):
                path = ("navigation", "items", number, "page")
                yield Reference(name, Place(file=PAGES_FILE, path=path))

    def users(self) -> Iterator[Reference]:
        """Pages that shared components say they are used by."""
        for _, component, path in entries(self.data.get("shared_components")):
            for number, name in enumerate(items(mapping(component).get("used_by"))):
                if text(name):
                    at = ("shared_components", *path, "used_by", number)
                    yield Reference(text(name), Place(file=PAGES_FILE, path=at))

    def sections(self) -> Iterator[Reference]:
        """The component of every section."""
        for path, data in self.files.items():
            for number, section in enumerate(items(data.get("sections"))):
                if name := text(mapping(section).get("component")):
                    at = ("sections", number, "component")
                    yield Reference(name, Place(file=path, path=at))
