"""Renaming flows and domains: everything follows, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import git
import pytest

from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.corpus import corpus_root
from tests.files.projects import changed_lines
from tests.files.refactor.bakery import FILES, bakery, contents, findings, opened

_NEXUS = corpus_root()
NEXUS_DOMAINS = (
    sorted(path.name for path in (_NEXUS / "nexus/specs/domains").iterdir()) if _NEXUS else []
)
NEXUS_FLOWS = (
    "ingestion/fetch-rss-feeds",
    "processing/score-quality",
    "processing/general-scorer",
    "editorial/review-content",
    "publishing/publish-content",
    "analytics/query-analytics",
    "users/register-user",
)


def changes(root: Path, before: dict[str, bytes]) -> dict[str, list[str]]:
    """Changed lines by path of files that are there before and after."""
    after = contents(root)
    return {
        path: changed_lines(before[path].decode(), after[path].decode())
        for path in sorted(before.keys() & after.keys())
        if before[path] != after[path]
    }


def test_a_renamed_flow_is_renamed_wherever_it_is_named(tmp_path: Path) -> None:
    project = opened(tmp_path)
    before, found = contents(tmp_path), findings(project)
    assert project.workbench.rename_flow("orders/take-order", "Note Order") == "orders/note-order"
    assert findings(project) == found
    project.save()
    assert changes(tmp_path, before) == {
        ".ddd/mapping.yaml": [
            "-  orders/take-order:   # since May",
            "-    spec: specs/domains/orders/flows/take-order.yaml",
            "+  orders/note-order:   # since May",
            "+    spec: specs/domains/orders/flows/note-order.yaml",
        ],
        "specs/domains/baking/domain.yaml": [
            "-  - {event: order.placed, from_flow: orders/take-order, handled_by_flow: heat-oven}",
            "+  - {event: order.placed, from_flow: orders/note-order, handled_by_flow: heat-oven}",
        ],
        "specs/domains/baking/flows/bake-bread.yaml": [
            "-    spec: {mode: transfer, target: {flow: take-order, domain: orders}}",
            "+    spec: {mode: transfer, target: {flow: note-order, domain: orders}}",
        ],
        "specs/domains/orders/domain.yaml": [
            "-    - id: take-order",
            "-      name: Take Order",
            "+    - id: note-order",
            "+      name: Note Order",
            "-      from_flow: take-order     # at the counter",
            "+      from_flow: note-order     # at the counter",
            "-    - {id: counter, name: Counter, flows: [take-order, cancel-order]}",
            "+    - {id: counter, name: Counter, flows: [note-order, cancel-order]}",
            "-      take-order: {x: 0, y: 0}",
            "+      note-order: {x: 0, y: 0}",
        ],
        "specs/system.yaml": [
            "-      flows: [baking/heat-oven, orders/take-order]",
            "+      flows: [baking/heat-oven, orders/note-order]",
            "-        - {domain: orders, flow: take-order}",
            "+        - {domain: orders, flow: note-order}",
        ],
        "specs/ui/counter.yaml": [
            "-    data_source: orders/take-order",
            "+    data_source: orders/note-order",
            "-  initial_fetch: [orders/take-order, baking/heat-oven]",
            "+  initial_fetch: [orders/note-order, baking/heat-oven]",
        ],
    }


def test_the_text_of_a_renamed_flow_goes_along(tmp_path: Path) -> None:
    project = opened(tmp_path)
    old = (tmp_path / "specs/domains/orders/flows/take-order.yaml").read_text()
    flow = project.flows["orders/take-order"]
    flow.rename("note-order")
    assert flow.key == "orders/note-order"
    project.save()
    new = (tmp_path / "specs/domains/orders/flows/note-order.yaml").read_text()
    assert changed_lines(old, new) == [
        "-  id: take-order",
        "-  name: 'Take Order'",
        "+  id: note-order",
        "+  name: 'Note Order'",
    ]
    assert not (tmp_path / "specs/domains/orders/flows/take-order.yaml").exists()


def test_unsaved_edits_go_along_with_a_renamed_flow(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.flows["orders/take-order"].nodes["tell"].label = "Tell the baker"
    project.workbench.rename_flow("orders/take-order", "Note Order")
    project.flows["orders/note-order"].nodes["done"].label = "Thank you"
    project.save()
    text = (tmp_path / "specs/domains/orders/flows/note-order.yaml").read_text()
    assert text.startswith("# The counter.")
    assert "# warm" in text
    assert "Tell the baker" in text
    assert "Thank you" in text


def test_a_renamed_domain_is_renamed_wherever_it_is_named(tmp_path: Path) -> None:
    project = opened(tmp_path)
    before, found = contents(tmp_path), findings(project)
    domain = project.domains["orders"]
    domain.rename("Sales")
    assert domain.id == "sales"
    assert list(project.domains) == ["sales", "baking"]
    assert findings(project) == found
    project.save()
    after = contents(tmp_path)
    assert not any(path.startswith("specs/domains/orders") for path in after)
    assert not (tmp_path / "specs/domains/orders").exists()
    assert changes(tmp_path, before)["specs/system-layout.yaml"] == [
        "-    orders: {x: 10, y: 20}   # top left",
        "+    sales: {x: 10, y: 20}   # top left",
    ]
    assert changes(tmp_path, before)["specs/system.yaml"] == [
        "-    - name: orders",
        "+    - name: Sales",
        "-      domains: [orders]",
        "+      domains: [sales]",
        "-      flows: [baking/heat-oven, orders/take-order]",
        "+      flows: [baking/heat-oven, sales/take-order]",
        "-        - {domain: orders, flow: take-order}",
        "+        - {domain: sales, flow: take-order}",
        "-      spans_domains: [orders, baking]",
        "+      spans_domains: [sales, baking]",
    ]
    flow = "specs/domains/{}/flows/take-order.yaml"
    assert changed_lines(
        before[flow.format("orders")].decode(), after[flow.format("sales")].decode()
    ) == ["-  domain: orders", "+  domain: sales"]


@pytest.mark.parametrize("domain", NEXUS_DOMAINS)
def test_renaming_a_domain_of_nexus_leaves_no_finding_and_nothing_but_the_rename_in_the_diff(
    domain: str, corpus_copy: Callable[[str], Path], git_repo: Callable[[Path], git.Repo]
) -> None:
    root = corpus_copy("nexus")
    with git_repo(root) as repo:
        project = Project(root, watch=False)
        found, before = findings(project), contents(root)
        project.workbench.rename_domain(domain, "Brand New")
        assert findings(project) == found
        project.save()
        _assert_diff_holds_only(repo, [(domain, "brand-new"), (domain.title(), "Brand New")])
        _assert_undone_and_redone(project, before)


@pytest.mark.parametrize("key", NEXUS_FLOWS)
def test_renaming_a_flow_of_nexus_leaves_no_finding_and_nothing_but_the_rename_in_the_diff(
    key: str, corpus_copy: Callable[[str], Path], git_repo: Callable[[Path], git.Repo]
) -> None:
    root = corpus_copy("nexus")
    with git_repo(root) as repo:
        project = Project(root, watch=False)
        found, before = findings(project), contents(root)
        name = project.flows[key].name
        project.workbench.rename_flow(key, "Brand New")
        assert findings(project) == found
        project.save()
        _assert_diff_holds_only(repo, [(key.split("/")[1], "brand-new"), (name, "Brand New")])
        _assert_undone_and_redone(project, before)


def _assert_diff_holds_only(repo: git.Repo, words: list[tuple[str, str]]) -> None:
    """Every removed line is an added one once the words are replaced, and Git sees renames."""
    repo.git.add("--all")
    assert not repo.git.diff("--cached", "-M", "--diff-filter=AD", "--name-only")
    diff = repo.git.diff("--cached", "-M", "-U0").splitlines()
    lines = [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    gone = [line[1:] for line in lines if line[0] == "-"]
    come = [line[1:] for line in lines if line[0] == "+"]
    for old, new in words:
        gone = [line.replace(old, new) for line in gone]
        come = [line.replace(old, new) for line in come]
    assert gone
    assert gone == come


def _assert_undone_and_redone(project: Project, before: dict[str, bytes]) -> None:
    after = contents(project.root)
    project.undo()
    project.save()
    assert contents(project.root) == before
    project.redo()
    project.save()
    assert contents(project.root) == after


@pytest.mark.parametrize("name", ["Cancel order", "CANCEL-ORDER", "cancel-order"])
def test_a_name_that_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    project = opened(tmp_path)
    with pytest.raises(EditError, match="already a flow 'cancel-order' in orders"):
        project.workbench.rename_flow("orders/take-order", name)
    assert not project.dirty


@pytest.mark.parametrize("name", ["", "…", "../up", "---"])
def test_a_name_that_gives_no_id_is_refused(tmp_path: Path, name: str) -> None:
    project = opened(tmp_path)
    if name == "../up":
        assert project.workbench.rename_flow("orders/take-order", name) == "orders/up"
        return
    with pytest.raises(EditError, match="no id can be made"):
        project.workbench.rename_flow("orders/take-order", name)


def test_a_taken_domain_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EditError, match="already a domain 'baking'"):
        opened(tmp_path).workbench.rename_domain("orders", "Baking")


def test_a_name_alone_changes_without_moving_the_file(tmp_path: Path) -> None:
    project = opened(tmp_path)
    assert project.workbench.rename_flow("baking/bake-bread", "Bake Bread") == "baking/bake-bread"
    assert project.dirty == {
        "specs/domains/baking/domain.yaml",
        "specs/domains/baking/flows/bake-bread.yaml",
    }


def test_a_broken_file_that_names_the_flow_is_named_in_the_refusal(tmp_path: Path) -> None:
    bakery(tmp_path)
    broken = tmp_path / "specs/domains/baking/flows/bake-bread.yaml"
    broken.write_text(broken.read_text() + "  : [\n")
    project = Project(tmp_path, watch=False)
    with pytest.raises(EditError, match=r"bake-bread\.yaml seems to name 'take-order'"):
        project.workbench.rename_flow("orders/take-order", "Note Order")
    assert not project.dirty
    with pytest.raises(EditError, match="cannot be read"):
        project.workbench.rename_flow("baking/bake-bread", "Bake")


def test_a_broken_file_that_names_something_else_is_no_hindrance(tmp_path: Path) -> None:
    bakery(tmp_path)
    (tmp_path / "specs/config.yaml").write_text("take-order and more: [\n")
    project = Project(tmp_path, watch=False)
    project.workbench.rename_flow("orders/cancel-order", "Call Off")
    assert "specs/config.yaml" not in project.dirty


def test_the_later_format_keeps_its_display_names(tmp_path: Path) -> None:
    root = bakery(tmp_path)
    (root / "specs/system.yaml").unlink()
    (root / "ddd-project.json").write_text(
        '{\n  "domains": [\n    { "name": "Orders", "role": "entity" },\n'
        '    { "name": "Baking" }\n  ]\n}\n'
    )
    project = Project(root, watch=False)
    project.workbench.rename_domain("orders", "Sales Desk")
    project.save()
    assert (root / "ddd-project.json").read_text() == (
        '{\n  "domains": [\n    { "name": "Sales Desk", "role": "entity" },\n'
        '    { "name": "Baking" }\n  ]\n}\n'
    )
    assert list(Project(root, watch=False).domains) == ["sales-desk", "baking"]


def test_every_file_of_the_sample_is_touched_by_some_rename(tmp_path: Path) -> None:
    project = opened(tmp_path)
    project.workbench.rename_domain("orders", "sales")
    untouched = {path for path in FILES if path not in project.dirty}
    assert untouched == {
        "specs/domains/baking/flows/heat-oven.yaml",
        "specs/ui/pages.yaml",
    }
