"""Folders, files and lists of domains and flows say the same."""

from __future__ import annotations

from tests.checks.builders import design, fine, quiet, shows

ORDERS, SYSTEM = "specs/domains/orders/domain.yaml", "specs/system.yaml"
HERE = "orders/place-order"
LISTED = {"orders": {"domain": {"name": "orders", "flows": [{"id": "place-order"}]}}}
FLOWS = ("domain", "flows")


def test_a_flow_is_called_like_its_file() -> None:
    other = design({HERE: fine(id="place_order")})
    shows("domains.flow-id", other, at=HERE, path=("flow", "id"), says="Use the same name for both")
    quiet("domains.flow-id", design(fine()), design(fine(id="")))


def test_a_flow_belongs_to_the_domain_of_its_folder() -> None:
    moved = design({HERE: fine(domain="billing")})
    path = ("flow", "domain")
    shows("domains.flow-domain", moved, at=HERE, path=path, says="or move the file")
    quiet("domains.flow-domain", design(fine()), design({HERE: fine(domain="")}))


def test_a_flow_is_traditional_or_agent() -> None:
    odd = design(fine(type="orchestration"))
    shows("domains.flow-type", odd, at=HERE, path=("flow", "type"), says="“agent”")
    quiet("domains.flow-type", design(fine()), design(fine(type="agent")))


def test_a_domain_lists_a_flow_with_its_own_type() -> None:
    entry = {"id": "place-order", "type": "agent"}
    wrong = design(fine(), domains={"orders": {"flows": [entry]}})
    path = ("flows", 0, "type")
    shows("domains.listed-type", wrong, at=ORDERS, path=path, says="Make them equal")
    quiet("domains.listed-type", design(fine(), domains=LISTED))


def test_a_flow_file_that_the_domain_does_not_list_is_a_warning() -> None:
    unlisted = design(fine(), domains={"orders": {"flows": [{"id": "place-ordr"}]}})
    says = "Did you mean “orders/place-ordr”?"
    shows("domains.unlisted-flow", unlisted, at=HERE, path=(), says=says)
    quiet("domains.unlisted-flow", design(fine(), domains=LISTED), design(fine()))


def test_a_listed_flow_that_has_no_file_is_a_warning() -> None:
    planned = design(domains=LISTED)
    path = (*FLOWS, 0, "id")
    shows("domains.missing-flow", planned, at=ORDERS, path=path, says="Create it")
    quiet("domains.missing-flow", design(fine(), domains=LISTED))


def test_a_flow_is_listed_once() -> None:
    twice = {"orders": {"flows": [{"id": "place-order"}, {"id": "place-order"}]}}
    path = ("flows", 1, "id")
    says = "Remove this entry"
    shows("domains.duplicate-flow", design(fine(), domains=twice), at=ORDERS, path=path, says=says)
    quiet("domains.duplicate-flow", design(fine(), domains=LISTED))


def test_a_group_holds_flows_of_its_domain() -> None:
    group = {"id": "g", "name": "Sales", "flows": ["place-order", "place-odrer"]}
    wrong = design(fine(), domains={"orders": {"groups": [group]}})
    path = ("groups", 0, "flows", 1)
    shows("domains.group-member", wrong, at=ORDERS, path=path, says="Did you mean “place-order”?")
    right = design(fine(), domains={"orders": {"groups": [{"id": "g", "flows": ["place-order"]}]}})
    quiet("domains.group-member", right)


def _system(*names: str) -> dict[str, object]:
    return {"system": {"name": "shop", "domains": [{"name": name} for name in names]}}


def test_a_domain_is_listed_once() -> None:
    twice = design(fine(), system=_system("orders", "orders"))
    path = ("system", "domains", 1)
    shows("domains.duplicate", twice, at=SYSTEM, path=path, says="Remove this entry")
    quiet("domains.duplicate", design(fine(), system=_system("orders", "stock")))


def test_a_domain_that_the_system_does_not_list_is_a_warning() -> None:
    unlisted = design(fine(), domains=LISTED, system=_system("ordres"))
    says = "Did you mean “ordres”?"
    shows("domains.unlisted", unlisted, at=ORDERS, path=("domain",), says=says)
    quiet("domains.unlisted", design(fine(), system=_system("orders")), design(fine()))


def test_a_listed_domain_of_which_nothing_is_there_is_worth_a_word() -> None:
    empty = design(fine(), domains={"stock": None}, system=_system("orders", "stock"))
    path = ("system", "domains", 1)
    shows("domains.empty", empty, at=SYSTEM, path=path, says="Add a flow")
    quiet("domains.empty", design(fine(), system=_system("orders")))


def test_a_schema_has_one_owner() -> None:
    both = {"orders": {"owns_schemas": ["Order"]}, "stock": {"owns_schemas": ["Order"]}}
    at, path = "specs/domains/stock/domain.yaml", ("owns_schemas",)
    says = "Keep one owner only"
    shows("domains.schema-owners", design(domains=both), at=at, path=path, says=says)
    quiet("domains.schema-owners", design(domains={"orders": {"owns_schemas": ["Order"]}}))
