"""Pages can be reached, ask for flows that are there, and stand at routes of their own."""

from __future__ import annotations

from typing import Any

from tests.checks.builders import design, fine, quiet, shows
from tests.design_data import DesignData

PAGES = "specs/ui/pages.yaml"
SHOP = "specs/ui/shop.yaml"
LIST = [{"id": "home", "route": "/"}, {"id": "shop", "route": "/shop/:id"}]


def _ui(page: dict[str, Any] | None = None, pages: Any = LIST, **more: Any) -> DesignData:
    files: dict[str, Any] = {PAGES: {"pages": pages, **more}}
    if page is not None:
        files[SHOP] = page
    return design(fine(), plain=files)


GOOD = _ui(
    {
        "page": "shop",
        "route": "/shop/:id",
        "sections": [
            {"id": "a", "component": "card-grid", "data_source": "orders/place-order"},
            {
                "id": "b",
                "component": "price-tag",
                "fields": {"options_source": "shared/types.yaml"},
            },
        ],
        "forms": [{"id": "f", "submit": {"flow": "orders/place-order"}}],
        "state": {"initial_fetch": ["orders/place-order", "local"]},
    },
    navigation={"items": [{"page": "home"}, {"page": "shop"}]},
    shared_components=[{"id": "price-tag", "used_by": ["shop"]}],
)


def test_a_page_asks_for_flows_that_are_there() -> None:
    rule = "pages.unknown-flow"
    source = _ui({"page": "shop", "sections": [{"data_source": "orders/list-orders"}]})
    path: tuple[str | int, ...] = ("sections", 0, "data_source")
    shows(rule, source, at=SHOP, path=path, says="There is no flow “orders/list-orders”")
    fetch = {"initial_fetch": ["orders/place-odrer"]}
    twice = _ui({"page": "shop", "state": fetch, "forms": [{"submit": {"flow": "orders/x"}}]})
    found = _ui({"page": "shop", "state": fetch, "sections": [{"data_source": fetch}]})
    path = ("state", "initial_fetch", 0)
    shows(rule, found, at=SHOP, path=path, says="Did you mean “orders/place-order”?")
    quiet(rule, GOOD)
    quiet("pages.unlisted", twice)


def test_the_navigation_leads_to_pages_that_are_there() -> None:
    rule = "pages.unknown-page"
    lost = _ui(navigation={"items": [{"page": "home"}, {"page": "hme"}]})
    shows(rule, lost, at=PAGES, path=("navigation", "items", 1, "page"), says="“hme”")
    used = _ui(shared_components=[{"id": "x", "used_by": ["cart"]}])
    path = ("shared_components", 0, "used_by", 0)
    shows(rule, used, at=PAGES, path=path, says="add it to the pages")
    quiet(rule, GOOD, design())


def test_a_page_that_the_list_leaves_out_is_a_warning() -> None:
    rule = "pages.unlisted"
    shows(rule, _ui({"page": "cart"}), at=SHOP, path=("page",), says="List it there")
    quiet(rule, GOOD, _ui({}), _ui({"page": "cart"}, pages=[]))


def test_two_pages_of_one_id_or_route_are_an_error() -> None:
    rule = "pages.duplicate"
    same = _ui(pages=[{"id": "home", "route": "/"}, {"id": "home", "route": "/home"}])
    shows(rule, same, at=PAGES, path=("pages", 1, "id"), says="Rename one of the two")
    route = _ui(pages=[{"id": "a", "route": "/a/:id"}, {"id": "b", "route": "/a/{key}/"}])
    shows(
        rule,
        route,
        at=PAGES,
        path=("pages", 1, "route"),
        says="The page “a” already has this route",
    )
    quiet(rule, GOOD, _ui(pages=[{"id": "a"}, {"id": "b"}]))


def test_a_page_at_two_routes_is_a_warning() -> None:
    rule = "pages.other-route"
    two = _ui({"page": "shop", "route": "/store"})
    shows(rule, two, at=SHOP, path=("route",), says="Make them equal")
    quiet(rule, GOOD, _ui({"page": "shop"}))


def test_a_section_is_made_of_a_known_component() -> None:
    rule = "pages.unknown-component"
    odd = _ui({"page": "shop", "sections": [{"component": "card-grd"}]})
    path = ("sections", 0, "component")
    shows(rule, odd, at=SHOP, path=path, says="Did you mean “card-grid”?")
    alone = design(plain={SHOP: {"sections": [{"component": "own-thing"}]}})
    quiet(rule, GOOD, alone)
