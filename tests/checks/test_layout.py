"""Places on the maps belong to something that is there."""

from __future__ import annotations

from tests.checks.builders import design, fine, quiet, shows

ORDERS = "specs/domains/orders/domain.yaml"
SPOT = {"x": 1, "y": 2}


def test_a_place_for_a_missing_flow_is_a_warning() -> None:
    layout = {"flows": {"place-order": SPOT, "place-oder": SPOT}}
    old = design(fine(), domains={"orders": {"layout": layout}})
    path = ("layout", "flows", "place-oder")
    shows("layout.unknown-flow", old, at=ORDERS, path=path, says="Did you mean “place-order”?")
    planned = {"flows": [{"id": "ship"}], "layout": {"flows": {"ship": SPOT}}}
    quiet("layout.unknown-flow", design(fine(), domains={"orders": planned}))


def test_a_portal_to_a_missing_domain_is_a_warning() -> None:
    portals = {"portals": {"stock": SPOT, "stck": SPOT}}
    old = design(fine(), domains={"orders": {"layout": portals}, "stock": None})
    path = ("layout", "portals", "stck")
    shows("layout.unknown-portal", old, at=ORDERS, path=path, says="Did you mean “stock”?")
    good = {"orders": {"layout": {"portals": {"stock": SPOT}}}, "stock": None}
    quiet("layout.unknown-portal", design(fine(), domains=good))


def test_a_place_for_a_missing_domain_is_a_warning() -> None:
    old = design(fine(), layout={"system_layout": {"domains": {"ordres": SPOT}}})
    at, path = "specs/system-layout.yaml", ("system_layout", "domains", "ordres")
    shows("layout.unknown-domain", old, at=at, path=path, says="Did you mean “orders”?")
    quiet("layout.unknown-domain", design(fine(), layout={"domains": {"orders": SPOT}}))
