"""Merge keys (``<<: *base``) are reported once, kept as they are, and blamed on nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ddd_lab as ddd
from ddd_lab.files.edit.clipboard import read_clip
from ddd_lab.lossless_yaml import parse
from tests.files.projects import changed_lines

FLOW = """\
flow: {id: place, name: Place, type: traditional, domain: orders}
defaults: &base
  type: process
  spec: {description: Does it}
trigger: {type: http, method: POST, path: /orders, auth: none}
nodes:
  - <<: *base
    id: a
    label: A
    connections: {next: b}
  - id: b
    type: service_call
    spec:
      <<: [*base, *base]
      timeout: 3
    connections: {success: c, failure: c}
  - id: c
    type: terminal
    spec: {status: 200, "<<": plain text}
"""
DOMAIN = "name: orders\nx: &x {description: D}\n<<: *x\nflows: [{id: place}]\n"
PATH = "specs/domains/orders/flows/place.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(FLOW)
    (tmp_path / "specs/domains/orders/domain.yaml").write_text(DOMAIN)
    return tmp_path


def test_each_is_one_error_at_its_line_with_what_to_do(root: Path) -> None:
    problems = ddd.open(root, watch=False).problems
    found = [(p.path.rpartition("/")[2], p.line, p.column, p.severity, p.rule) for p in problems]
    rule = ("error", "file.merge-key")
    assert [one for one in found if one[3] == "error"] == [
        ("domain.yaml", 3, 1, *rule),
        ("place.yaml", 7, 5, *rule),
        ("place.yaml", 14, 7, *rule),
    ]
    (at_a,) = [p.message for p in problems if p.line == 7]
    assert "merge keys (<<) are not supported" in at_a
    assert "Write out the keys of *base here" in at_a
    for problem in problems:
        assert "no type" not in problem.message
        assert problem.rule not in ("specs.required", "names.missing-id", "file.shape")


def test_edits_beside_one_change_their_own_lines_only(root: Path) -> None:
    project = ddd.open(root, watch=False)
    flow: Any = project.flows["orders/place"]
    flow.nodes["a"].label = "First"
    flow.nodes["b"].spec["timeout"] = 4
    project.save()
    assert changed_lines(FLOW, (root / PATH).read_text()) == [
        "-    label: A",
        "+    label: First",
        "-      timeout: 3",
        "+      timeout: 4",
    ]


def test_one_that_is_gone_or_written_out_is_reported_no_more(root: Path) -> None:
    project = ddd.open(root, watch=False)
    text = FLOW.replace("<<: *base", "type: process").replace("      <<: [*base, *base]\n", "")
    (root / PATH).write_text(text)
    project.workbench.reload()
    assert [p.path for p in project.problems if p.rule == "file.merge-key"] == [
        "specs/domains/orders/domain.yaml"
    ]


def test_pasted_nodes_with_one_are_refused_in_these_words() -> None:
    with pytest.raises(ddd.EditError, match=r"entry 1 .* has a merge key.*Write out the keys"):
        read_clip("base: &b {type: process}\nnodes:\n  - <<: *b\n    id: a\n")


def test_only_plain_keys_with_maps_are_merge_keys() -> None:
    tree = parse("a: &a {x: 1}\nb: {<<: *a}\nc: {'<<': *a}\nd: {<<: text}\ne: [<<]\n<<: {y: 1}\n")
    assert [(key.path, key.line, key.bases) for key in tree.merge_keys] == [
        (("<<",), 6, ()),
        (("b", "<<"), 2, ("a",)),
    ]
