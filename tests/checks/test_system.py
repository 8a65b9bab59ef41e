"""Zones, schedules and pipelines speak of domains and flows that are there."""

from __future__ import annotations

from tests.checks.builders import design, fine, quiet, shows

SYSTEM = "specs/system.yaml"
GOOD = design(
    fine(),
    system={
        "zones": [{"id": "shop", "domains": ["orders"]}, {"id": "back", "domains": []}],
        "data_flows": [{"from": "shop", "to": "back"}, {"from": "orders", "to": "shop"}],
        "schedules": [{"frequency": "0 2 * * *", "flows": ["orders/place-order"]}],
        "pipelines": [{"id": "p", "steps": [{"domain": "orders", "flow": "place-order"}]}],
    },
)


def test_a_zone_or_pipeline_with_a_missing_domain_is_a_warning() -> None:
    rule = "system.unknown-domain"
    zone = design(fine(), system={"zones": [{"id": "shop", "domains": ["ordres"]}]})
    path: tuple[str | int, ...] = ("zones", 0, "domains", 0)
    shows(rule, zone, at=SYSTEM, path=path, says="Did you mean “orders”?")
    spans = design(fine(), system={"pipelines": [{"id": "p", "spans_domains": ["stock"]}]})
    path = ("pipelines", 0, "spans_domains", 0)
    shows(rule, spans, at=SYSTEM, path=path, says="Name one that exists")
    quiet(rule, GOOD)


def test_a_schedule_or_step_with_a_missing_flow_is_a_warning() -> None:
    rule = "system.unknown-flow"
    schedule = design(fine(), system={"schedules": [{"flows": ["orders/place-odrer"]}]})
    path: tuple[str | int, ...] = ("schedules", 0, "flows", 0)
    shows(rule, schedule, at=SYSTEM, path=path, says="Did you mean “orders/place-order”?")
    steps = [{"domain": "orders", "flow": "ship"}]
    step = design(fine(), system={"pipelines": [{"id": "p", "steps": steps}]})
    path = ("pipelines", 0, "steps", 0, "flow")
    shows(rule, step, at=SYSTEM, path=path, says="Name one that exists")
    quiet(rule, GOOD)


def test_a_data_flow_runs_between_zones_or_domains() -> None:
    lost = design(system={"zones": [{"id": "shop"}], "data_flows": [{"from": "shop", "to": "bk"}]})
    path = ("data_flows", 0, "to")
    shows("system.unknown-zone", lost, at=SYSTEM, path=path, says="Name one of the zones")
    quiet("system.unknown-zone", GOOD, design(system={"data_flows": [{"from": "a", "to": "b"}]}))
