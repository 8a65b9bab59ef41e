"""A name that nothing has is answered with the nearest one, wherever it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ddd_lab as ddd
from tests.cli.program import ddd_lab

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
FLOW, NEAR = "lending/return-item", "lending/retrun-item"

LOOKUPS: dict[str, tuple[Callable[[ddd.Project], object], str]] = {
    "project.flows[…]": (lambda project: project.flows[NEAR], FLOW),
    "project.domains[…]": (lambda project: project.domains["lendign"], "lending"),
    "domain.flows[…]": (
        lambda project: project.domains["lending"].flows["retrun-item"],
        FLOW,
    ),
    "flow.nodes[…]": (lambda project: project.flows[FLOW].nodes["find_laon"], "find_loan"),
    "project.design.flows[…]": (lambda project: project.design.flows[NEAR], FLOW),
    "project.design.domains[…]": (lambda project: project.design.domains["lendign"], "lending"),
    "project.design.schemas[…]": (lambda project: project.design.schemas["laon"], "loan"),
    "domain_map": (lambda project: project.domain_map("lendign"), "lending"),
    "sheet": (lambda project: project.sheet(NEAR), FLOW),
    "canvas": (lambda project: project.canvas(NEAR), FLOW),
    "svg": (lambda project: project.svg("lendign"), "lending"),
    "svg theme": (lambda project: project.svg(theme="drak"), "dark"),
    "mermaid": (lambda project: project.mermaid(NEAR), FLOW),
    "diff": (lambda project: project.diff(FERNHILL, at=NEAR), FLOW),
    "prompt": (lambda project: project.prompt(NEAR), FLOW),
    "prompt kind": (lambda project: project.prompt(FLOW, kind="implemnt"), "implement"),  # type: ignore[arg-type]  # a slip
    "prompt schema": (lambda project: project.prompt("Laon", kind="migrate"), "loan"),
    "implement": (lambda project: project.implement(NEAR), FLOW),
    "queue": (lambda project: project.queue(NEAR), FLOW),
    "test": (lambda project: project.test(NEAR), FLOW),
    "accept_drift": (lambda project: project.accept_drift(NEAR, "because"), FLOW),
    "new_flow domain": (lambda project: project.new_flow("X", "lendign"), "lending"),
    "new_flow type": (lambda project: project.new_flow("X", "lending", "agnet"), "agent"),
    "new_flow template": (
        lambda project: project.new_flow("X", "lending", template="crud_apy"),
        "crud_api",
    ),
    "new_flows parameter": (
        lambda project: project.new_flows("crud_api", "lending", entitty="Seat"),
        "entity",
    ),
    "wire_event source": (lambda project: project.wire_event("x.y", "lendign", "vans"), "lending"),
    "wire_event target": (lambda project: project.wire_event("x.y", "lending", "vasn"), "vans"),
    "wire_event flow": (lambda project: project.wire_event("x.y", NEAR, "vans"), "return-item"),
    "unwire_event": (
        lambda project: project.unwire_event("copy.avialable", "lending", "reservations"),
        "copy.available",
    ),
    "find in_": (lambda project: project.find("x", in_=NEAR), FLOW),
    "replace in_": (lambda project: project.replace("x", "y", in_="lendign"), "lending"),
    "flow.connect source": (
        lambda project: project.flows[FLOW].connect("find_laon", "on_loan", "success"),
        "find_loan",
    ),
    "flow.connect target": (
        lambda project: project.flows[FLOW].connect("find_loan", "on_laon", "success"),
        "on_loan",
    ),
    "flow.connect output": (
        lambda project: project.flows[FLOW].connect("find_loan", "on_loan", "succes"),
        "success",
    ),
    "flow.disconnect": (
        lambda project: project.flows[FLOW].disconnect("find_loan", "succes"),
        "success",
    ),
    "flow.remove_node": (
        lambda project: project.flows[FLOW].remove_node("find_laon"),
        "find_loan",
    ),
    "flow.rename_node": (
        lambda project: project.flows[FLOW].rename_node("find_laon", "x"),
        "find_loan",
    ),
    "flow.add_node": (lambda project: project.flows[FLOW].add_node("proces"), "process"),
    "flow.move_to": (lambda project: project.flows[FLOW].move_to("vasn"), "vans"),
    "flow.copy_nodes": (lambda project: project.flows[FLOW].copy_nodes("find_laon"), "find_loan"),
    "flow.align node": (
        lambda project: project.flows[FLOW].align(["find_laon", "on_loan"], "left"),
        "find_loan",
    ),
    "flow.align side": (
        lambda project: project.flows[FLOW].align(["find_loan", "on_loan"], "lfet"),  # type: ignore[arg-type]  # a slip
        "left",
    ),
    "flow.distribute way": (
        lambda project: project.flows[FLOW].distribute(
            ["find_loan", "on_loan", "close_loan"],
            "horizontaly",  # type: ignore[arg-type]  # a slip
        ),
        "horizontally",
    ),
    "flow.tidy style": (
        lambda project: project.flows[FLOW].tidy(style="wraped"),  # type: ignore[arg-type]  # a slip
        "wrapped",
    ),
    "node.spec": (
        lambda project: project.flows[FLOW].nodes["find_loan"].spec.fitler,
        "filter",
    ),
    "assist.ask at": (lambda project: project.assist.ask("Why?", at=NEAR), FLOW),
    "assist.act": (lambda project: project.assist.act("sugest_flows"), "suggest_flows"),
    "memory.dependencies": (lambda project: project.memory.dependencies(NEAR), FLOW),
    "git.history": (lambda project: project.git.history(NEAR), FLOW),
    "project attribute": (lambda project: project.flwos, "flows"),  # type: ignore[attr-defined]  # a slip
    "flow attribute": (lambda project: project.flows[FLOW].nodse, "nodes"),  # type: ignore[attr-defined]  # a slip
    "domain attribute": (lambda project: project.domains["vans"].flwos, "flows"),  # type: ignore[attr-defined]  # a slip
    "ddd.new kit": (lambda _: ddd.new("x", kit="web-servce"), "web-service"),
    "ddd.new stack": (lambda _: ddd.new("x", stack="go-chy"), "go-chi"),
    "ddd.sample": (lambda _: ddd.sample("fernhil"), "fernhill"),
    "ddd attribute": (lambda _: ddd.opne, "open"),
}


@pytest.fixture(scope="module")
def project() -> Iterator[ddd.Project]:
    with ddd.open(FERNHILL, watch=False) as fernhill:
        yield fernhill


@pytest.mark.parametrize("name", LOOKUPS)
def test_an_unknown_name_is_answered_with_the_nearest(project: ddd.Project, name: str) -> None:
    look_up, nearest = LOOKUPS[name]
    with pytest.raises((KeyError, ValueError, AttributeError)) as refused:
        look_up(project)
    assert f"did you mean {nearest!r}?" in str(refused.value.args[0])
    assert project.dirty == set()


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (("chekc", "."), "check"),
        (("show", FERNHILL, NEAR), FLOW),
        (("export", FERNHILL, "lendign"), "lending"),
        (("new", "x", "--kit", "web-servce"), "web-service"),
        (("new", "x", "--stack", "go-chy"), "go-chi"),
    ],
)
def test_so_it_is_in_a_shell(words: tuple[object, ...], nearest: str) -> None:
    refused = ddd_lab(*map(str, words))
    assert refused.returncode == 2
    assert f"did you mean {nearest!r}?" in refused.stderr
