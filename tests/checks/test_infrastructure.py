"""Services can be started, in the order that is given, each at a port of its own."""

from __future__ import annotations

from typing import Any

from tests.checks.builders import design, quiet, shows
from tests.design_data import DesignData

FILE = "specs/infrastructure.yaml"


def _infra(*services: dict[str, Any], **more: Any) -> DesignData:
    return design(plain={FILE: {"services": list(services), **more}})


DATABASE = {"id": "db", "port": 5432}
SERVER = {"id": "web", "port": 8000, "depends_on": ["db"]}
GOOD = _infra(SERVER, DATABASE, startup_order=["db", "web"])
AS_MAP = design(plain={FILE: {"services": {"db": {"port": 5432}, "web": {"depends_on": "db"}}}})
WRAPPED = design(plain={FILE: {"infrastructure": {"services": [DATABASE, SERVER]}}})


def test_two_services_of_one_name_are_an_error() -> None:
    rule = "infrastructure.duplicate-service"
    twice = _infra(DATABASE, {"id": "db"})
    shows(rule, twice, at=FILE, path=("services", 1, "id"), says="Rename one")
    quiet(rule, GOOD, AS_MAP, WRAPPED, design())


def test_two_services_at_one_port_are_a_warning() -> None:
    rule = "infrastructure.duplicate-port"
    same = _infra(DATABASE, {"id": "old", "management_port": 5432})
    path: tuple[str | int, ...] = ("services", 1, "management_port")
    shows(rule, same, at=FILE, path=path, says="“db” already uses port 5432")
    path = ("services", 0, "port")
    shows(rule, _infra({"id": "db", "port": 99999}), at=FILE, path=path, says="from 1 to 65535")
    quiet(rule, GOOD, AS_MAP, WRAPPED, _infra({"id": "a"}, {"id": "b"}))


def test_a_service_that_is_not_there_is_a_warning() -> None:
    rule = "infrastructure.unknown-service"
    lost = _infra(DATABASE, {"id": "web", "depends_on": ["dc"]})
    shows(rule, lost, at=FILE, path=("services", 1, "depends_on", 0), says="no service “dc”")
    order = _infra(DATABASE, startup_order=["db", "cash"])
    shows(rule, order, at=FILE, path=("startup_order", 1), says="Name one that exists")
    quiet(rule, GOOD, AS_MAP, WRAPPED)


def test_services_that_wait_for_each_other_are_an_error() -> None:
    rule = "infrastructure.circular"
    ring = _infra({"id": "a", "depends_on": ["b"]}, {"id": "b", "depends_on": ["a"]})
    shows(
        rule, ring, at=FILE, path=("services", 0, "depends_on"), says="“a” and “b” depend on each"
    )
    alone = _infra({"id": "a", "depends_on": ["a"]})
    shows(rule, alone, at=FILE, path=("services", 0, "depends_on"), says="depends on itself")
    quiet(rule, GOOD, AS_MAP, WRAPPED)


def test_an_order_in_which_services_cannot_start_is_a_warning() -> None:
    rule = "infrastructure.startup-order"
    late = _infra(SERVER, DATABASE, startup_order=["web", "db"])
    shows(rule, late, at=FILE, path=("startup_order", 0), says="“web” depends on “db”")
    twice = _infra(DATABASE, startup_order=["db", "db"])
    shows(rule, twice, at=FILE, path=("startup_order", 1), says="started twice")
    missing = _infra(SERVER, DATABASE, startup_order=["db"])
    shows(rule, missing, at=FILE, path=("startup_order",), says="“web” never start")
    quiet(rule, GOOD, AS_MAP, WRAPPED)
