"""Whether pages can be reached, use existing flows, and have unique routes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import runtime
from ddd_lab.checks._page_index import PageIndex
from ddd_lab.checks._registry import Violation, design_rule
from ddd_lab.checks._values import text
from ddd_lab.spec.paths import PAGES_FILE
from ddd_lab.spec.problem import Place

_FLOW = re.compile(r"[\w-]+/[\w-]+")
_PARAMETER = re.compile(r"\{[^/}]*\}|\[[^/\]]*\]|(?<=/):[^/]+")


@design_rule("pages.unknown-flow", "warning", "A page that uses an unknown flow")
def unknown_flow(design: DesignIndex) -> Iterator[Violation]:
    """Sections, forms and actions get their data from flows and send input to flows."""
    seen: set[tuple[str, str]] = set()
    for reference in PageIndex(design).references():
        name = reference.name
        # A list is often fetched at the start and shown in a section: one problem for both.
        if (key := (reference.place.file, name)) in seen:
            continue
        seen.add(key)
        if not _FLOW.fullmatch(name) or runtime(name) or name in design.known_flows:
            continue
        # Paths of files and addresses look alike; a flow is meant where its domain is one.
        if name.partition("/")[0] in design.domains:
            yield Violation(
                reference.place,
                f"There is no flow “{name}”.{design.like_flow(name)} Name one that exists, or add "
                "it.",
            )


@design_rule("pages.unknown-page", "warning", "An unknown page")
def unknown_page(design: DesignIndex) -> Iterator[Violation]:
    """Navigation and shared components may only name pages of the list."""
    pages = PageIndex(design)
    for reference in (*pages.navigation(), *pages.users()):
        if reference.name not in pages.ids:
            yield Violation(
                reference.place,
                f"There is no page “{reference.name}”.{design.hint(reference.name, pages.ids)} "
                "Name one that exists, or add it to the pages.",
            )


@design_rule("pages.unlisted", "warning", "An unlisted page")
def unlisted(design: DesignIndex) -> Iterator[Violation]:
    """The list gives each page its route and layout. An unlisted page is never shown."""
    pages = PageIndex(design)
    listed = {page.id for page in pages.listed}
    for id, path in pages.stems.items() if listed else ():
        if id not in listed:
            key = "page" if pages.files[path].get("page") else ""
            yield Violation(
                Place(file=path, path=(key,) if key else ()),
                f"{PAGES_FILE} does not list the page “{id}”.{design.hint(id, listed)} List it "
                "there, with its route.",
            )


@design_rule("pages.duplicate", "error", "Two pages with the same id or route")
def duplicate(design: DesignIndex) -> Iterator[Violation]:
    """Navigation finds a page by its id, the browser by its route.

    The names of parameters do not matter: /a/:id and /a/{x} are the same route.
    """
    ids: set[str] = set()
    routes: dict[str, str] = {}
    for page in PageIndex(design).listed:
        if page.id and page.id in ids:
            yield Violation(
                Place(file=PAGES_FILE, path=(*page.path, "id")),
                f"There is already a page “{page.id}”. Rename one of the two.",
            )
        ids.add(page.id)
        route = _PARAMETER.sub("{}", text(page.data.get("route")).rstrip("/") or "/")
        if not text(page.data.get("route")):
            continue
        if route in routes:
            yield Violation(
                Place(file=PAGES_FILE, path=(*page.path, "route")),
                f"The page “{routes[route]}” already has this route. Give “{page.id}” another.",
            )
        routes.setdefault(route, page.id)


@design_rule("pages.other-route", "warning", "A page with two routes")
def other_route(design: DesignIndex) -> Iterator[Violation]:
    """The page's file and the list of pages must give the same route."""
    pages = PageIndex(design)
    for page in pages.listed:
        path = pages.stems.get(page.id)
        own = text(pages.files[path].get("route")) if path else ""
        listed = text(page.data.get("route"))
        if path and own and listed and own != listed:
            yield Violation(
                Place(file=path, path=("route",)),
                f"The route of this page is {own}, but {PAGES_FILE} gives {listed}. Make them "
                f"equal.",
            )


@design_rule("pages.unknown-component", "warning", "A section with an unknown component")
def unknown_component(design: DesignIndex) -> Iterator[Violation]:
    """A section must use a known component or a shared one from the list of pages.

    Where there is no list of pages nothing is checked.
    """
    pages = PageIndex(design)
    for reference in pages.sections() if pages.data else ():
        if reference.name not in pages.components:
            yield Violation(
                reference.place,
                f"There is no component “{reference.name}”."
                f"{design.hint(reference.name, pages.components)} Use one of the known ones, or "
                "declare it among the shared components.",
            )
