"""Every node type by hand and eye: placed, filled in, connected, saved, and found again.

All of them on the canvas in a page of its own, and six, one of each kind, in JupyterLab. What types
have in common is filled in for the first of them.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from ddd_lab.spec.catalogue import catalogue
from tests.browser.bare import bare_canvas
from tests.browser.canvas_page import CanvasPage
from tests.browser.conftest import OpenLab
from tests.browser.form_filler import fill_form
from tests.browser.viewport import resize
from tests.canvas.shop import write_shop

TYPES = [type for type in catalogue() if type not in ("trigger", "tool")]
ON_AGENT_SHEETS = ("agent", "orchestration")
SENSE: dict[str, Any] = {
    **dict.fromkeys(("flow", "flow_ref", "sub_flow_ref"), "billing/charge-card"),
    "domain": "billing",
}
"""Keys under which any text would be a mistake that the checks report."""
BY_HAND = ("input", "fields")
"""A list of its own, which the filler of forms does not know."""

PREPARE = """\
import ddd_lab
from ddd_lab.spec.catalogue import ports

def fresh(type, sheet):
    flow = project.new_flow("All of " + type, "support", sheet)
    canvas.at = f"support/{flow.id}"
    return canvas.at

def node_of(at, type):
    return [n for n in project.workbench.flow_data(at).nodes if n.type == type][-1]

def outputs(at, id):
    flow = project.workbench.flow_data(at)
    return [port.name for port in ports(flow.by_id[id], flow.vocabulary, flow)]

def again(at, id):
    with ddd_lab.open(project.root, watch=False) as other:
        flow = other.workbench.flow_data(at)
        node = flow.by_id[id]
        errors = [f"{p.rule}: {p.message}" for p in other.problems
                  if p.severity == "error" and p.where == f"{at}#{id}"]
        lines = [(line.output, line.target) for line in node.connections]
        return node.spec, lines, errors, flow == project.workbench.flow_data(at)
"""


IN_JUPYTERLAB = ("cache", "event", "handoff", "human_gate", "input", "loop")


@pytest.fixture(scope="module")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CanvasPage]:
    root = write_shop(tmp_path_factory.mktemp("types") / "shop")
    with bare_canvas(browser, root, "support") as canvas:
        canvas.lab.kernel_eval(PREPARE)
        yield canvas


@pytest.fixture(scope="module")
def in_jupyterlab(open_lab: OpenLab) -> Iterator[CanvasPage]:
    with open_lab() as lab:
        write_shop(lab.root / "types" / "shop")
        page = CanvasPage.open(lab, "types/all", "shop", "support")
        resize(page.page, 1600, 950)
        lab.kernel_eval(PREPARE)
        yield page
        assert lab.errors == []


def own_parts(type: str) -> tuple[dict[str, Any], list[str]]:
    """The schema of a type's spec and its keys, without what an earlier type has just so."""
    earlier = [catalogue()[name].spec.model_json_schema() for name in TYPES[: TYPES.index(type)]]
    schema = catalogue()[type].spec.model_json_schema()
    for name, part in schema.get("$defs", {}).items():
        if "properties" in part and any(part == of.get("$defs", {}).get(name) for of in earlier):
            part["properties"] = dict(list(part["properties"].items())[:1])
    keys = [
        key
        for key, value in schema["properties"].items()
        if (type, key) != BY_HAND and not any(value == of["properties"].get(key) for of in earlier)
    ]
    return schema, keys


def python(canvas: CanvasPage, code: str) -> Any:
    return ast.literal_eval(canvas.lab.kernel_eval(code))


def field_added(canvas: CanvasPage, fields: str) -> Any:
    """Add a field to an input node by hand; returns all of its fields then."""
    canvas.panel.get_by_role("button", name="Add field…").click()
    canvas.page.keyboard.type("größe")
    canvas.page.keyboard.press("Enter")
    canvas.expect_python(f"'größe' in {fields}", True)
    return python(canvas, fields)


@pytest.mark.covers("S02.2")
@pytest.mark.parametrize("type", TYPES)
def test_a_type_is_placed_filled_in_connected_saved_and_found_again(
    bare: CanvasPage, type: str
) -> None:
    place_fill_connect_and_save(bare, type, *own_parts(type))


@pytest.mark.parametrize("type", IN_JUPYTERLAB)
def test_a_type_is_placed_filled_in_connected_saved_and_found_again_in_jupyterlab(
    in_jupyterlab: CanvasPage, type: str
) -> None:
    schema, keys = own_parts(type)
    place_fill_connect_and_save(in_jupyterlab, type, schema, keys[:3])


def place_fill_connect_and_save(
    canvas: CanvasPage, type: str, schema: dict[str, Any], keys: list[str]
) -> None:
    kind = catalogue()[type]
    sheet = "agent" if kind.category in ON_AGENT_SHEETS else "traditional"
    at = python(canvas, f"fresh({type!r}, {sheet!r})")
    canvas.expect_place("System Map", "support", f"All of {type}")
    nodes = f"len(project.workbench.flow_data({at!r}).nodes)"
    before = python(canvas, nodes)
    canvas.show_panel("Palette")
    canvas.palette_entry(kind.title).press("Enter")
    canvas.expect_python(nodes, before + 1)
    id = python(canvas, f"node_of({at!r}, {type!r}).id")

    canvas.select(id)
    said = python(canvas, f"node_of({at!r}, {type!r}).spec")
    said |= fill_form(canvas, schema, keys, SENSE)
    if type == BY_HAND[0]:
        said["fields"] = field_added(canvas, f"node_of({at!r}, {type!r}).spec['fields']")
    canvas.expect_python(f"node_of({at!r}, {type!r}).spec == {said!r}", True)

    canvas.button("Fit").click()
    target = python(canvas, f"project.workbench.flow_data({at!r}).nodes[0].id")
    names = python(canvas, f"outputs({at!r}, {id!r})")
    lines = [(id, name, target) for name in names]
    if kind.has_input:
        lines.append(("trigger", "next", id))
    for source, output, end in lines:
        canvas.connect(source, output, end)
        line = json.dumps(f"{source} {output} → {end}", ensure_ascii=False)
        edge = f".react-flow__edge[data-id={line}]"
        expect(canvas.root.locator(edge)).to_have_count(1)
    canvas.save()

    spec, found, errors, same = python(canvas, f"again({at!r}, {id!r})")
    assert spec == said
    assert sorted(found) == sorted((name, target) for name in names)
    assert errors == []
    assert same
