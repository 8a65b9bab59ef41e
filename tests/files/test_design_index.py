from pathlib import Path

import pytest

from benchmarks.generate import write_project
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.maps import flow_map
from tests.steps import steps


def opened(root: Path, flows: int) -> Workspace:
    workspace = Workspace(write_project(root / str(flows), flows, 7))
    flow_map(workspace.design)  # reads every file, and makes what is kept
    return workspace


def test_the_flow_map_of_twice_as_many_flows_takes_about_twice_the_work(tmp_path: Path) -> None:
    one, other = (opened(tmp_path, flows).design for flows in (100, 200))

    assert steps(lambda: flow_map(other)) < 2.4 * steps(lambda: flow_map(one))


@pytest.mark.parametrize("asked", ["domains", "flow_keys", "schemas", "paths"])
def test_asking_for_a_list_again_looks_at_no_flow(tmp_path: Path, asked: str) -> None:
    few, many = (opened(tmp_path, flows).design for flows in (10, 40))
    for design in (few, many):
        getattr(design, asked)

    assert steps(lambda: getattr(many, asked)) == steps(lambda: getattr(few, asked))


def test_what_comes_goes_or_changes_is_seen_at_once(tmp_path: Path) -> None:
    workspace = opened(tmp_path, 10)
    design, root = workspace.design, workspace.root
    domain = "specs/domains/orders/domain.yaml"

    (root / "specs/domains/extra").mkdir()
    (root / "specs/domains/extra/domain.yaml").write_text("domain: {name: Extra}\n")
    (root / "specs/schemas/extra.yaml").write_text("schema: {name: Extra}\n")
    workspace.reload()
    assert ("extra" in design.domains, "extra" in design.schemas) == (True, True)

    workspace.edit_data(domain, lambda data: {"domain": {**data["domain"], "name": "Renamed"}}, "n")
    assert design.domains["orders"].name == "Renamed"
    workspace.undo()
    assert design.domains["orders"].name == "orders"

    (root / "specs/schemas/extra.yaml").write_text("schema: [\n")
    (root / domain).unlink()
    workspace.reload()
    assert "extra" not in design.schemas
    assert design.domains["orders"].flows == ()
