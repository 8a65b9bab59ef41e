"""What differs between two versions of a flow is the same, however much of them is read."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddd_lab.files.documents.dialect.common_nodes import without_common_nodes
from ddd_lab.files.documents.document import Document
from ddd_lab.files.workspace.snapshot import FileDifference, compare_files, compare_snapshots
from ddd_lab.spec.diff.flow import Change, diff_flows
from tests.corpus import corpus_files
from tests.files.flow_texts import flow_texts

PATH = "specs/domains/shop/flows/sample.yaml"
USUAL = (
    """\
flow:
  id: sample
  name: Sample
  domain: shop

trigger:
  type: http
  path: /x

nodes:
"""
    + "".join(
        f"""\
  - id: step_{number}
    type: process
    label: Step {number}
    position: {{ x: {number}, y: 50 }}
    spec:
      note: |
        as before

      tags: ["a", b]
    connections:
      next: step_{number + 1}

"""
        for number in range(6)
    )
    + """\
metadata:
  completeness: 100
"""
)
FOREIGN = (
    "nodes:",
    "  - id: step_2",
    "  - id: new",
    "- id: new",
    "    id: step_3",
    "    type: trigger",
    '    type: "\\x74rigger"',
    "  - {id: step_1, type: event}",
    "connections: [{from: step_1, to: step_4}]",
    "    connections: {next: step_1}",
    "trigger: step_1",
    "trigger:",
    "  id: step_1",
    "  - id: true",
    "  - id: 5",
    "      more",
    '    label: "',
    "    label: '",
    "    label: >+",
    "    label: [",
    "    label: {",
    "    label: &a b",
    "    note: *a",
    "    <<: {type: event}",
    "---",
    "...",
    "%YAML 1.2",
    "# remark",
    "",
    "\t",
    "    key: 1\x85  - id: two",
    "    ? {a: b}",
    "    ? id",
    "    : step_4",
    "    !!str id: step_4",
    "    'id': step_4",
    "id: other",
    "description: more",
    "    parentId: step_1",
    "\ufeff",
    "    label: " + "[" * 210 + "]" * 210,
    "    - x",
    "- x",
    "  - x",
    "  -",
)


def whole_difference(old: bytes, new: bytes) -> tuple[str, tuple[Change, ...]] | None:
    """What differs where both versions are read whole."""
    if old == new:
        return None
    before, after = Document(PATH), Document(PATH)
    before.load(old)
    after.load(new)
    if before.version is None or after.version is None:
        return "unreadable", ()
    changes = tuple(diff_flows(before.version.model, after.version.model))
    return ("changed", changes) if changes else None


def difference(old: bytes, new: bytes) -> tuple[str, tuple[Change, ...]] | None:
    found = compare_files(PATH, old, new)
    return None if found is None else (found.state, found.changes)


def edited(text: str, random: random.Random) -> str:
    """A text after a few edits, many of them by somebody who knows no YAML."""
    for _ in range(random.choice((1, 1, 2, 4))):
        text = random.choice((in_a_line, among_lines, in_words))(text, random)
    return text


def in_a_line(text: str, random: random.Random) -> str:
    """A line says something else, or stands elsewhere."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    line, _, word = lines[at].rpartition(" ")
    lines[at] = random.choice(
        (
            f" {lines[at]}",
            lines[at].replace(" ", "", 1),
            lines[at] + random.choice((" # remark", "x", " ")),
            re.sub(r"[0-9]|e\b", random.choice("70ab"), lines[at]),
            re.sub(r"[0-9]", "7", lines[at]),
            f"{line} " + random.choice(("401", "step_1", '"x', "|", "true", f"{word}9")),
        )
    )
    return "\n".join(lines)


def among_lines(text: str, random: random.Random) -> str:
    """Lines or nodes come, go or change places."""
    lines = text.split("\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    nodes = [at for at, line in enumerate(lines) if line.lstrip().startswith("- id")]
    match random.randrange(6):
        case 0:
            del lines[at : at + random.choice((1, 1, 3))]
        case 1:
            lines[at], lines[other] = lines[other], lines[at]
        case 2:
            lines.insert(at, random.choice(FOREIGN))
        case 3:
            lines.insert(at, lines[other])
        case 4 if len(nodes) > 1:
            begin, end = sorted(random.sample(nodes, 2))
            moved = lines[begin:end]
            del lines[begin:end]
            if random.random() < 0.5:
                lines[other:other] = moved
        case _:
            lines.insert(at, "    # remark")
    return "\n".join(lines)


def in_words(text: str, random: random.Random) -> str:
    """A word is another one, once or in several places."""
    word = random.choice(("id: step_", "step_", "note", "process", "\n", "x: ", "Step", "before"))
    return text.replace(word, f"{word}9", random.choice((1, 3)))


def test_only_nodes_that_differ_are_read() -> None:
    pair = without_common_nodes(USUAL, USUAL.replace("Step 4", "The fourth step"))
    assert pair is not None
    assert [text.count("- id:") for text in pair[:2]] == [1, 1]
    pair = without_common_nodes(USUAL, USUAL.replace("/x", "/y").replace("\n", "\r\n"))
    assert pair is not None
    assert [text.count("type: process") for text in pair[:2]] == [0, 0]


@given(flow_texts(), st.randoms(use_true_random=False))
def test_any_edit_of_any_flow_is_told_alike(text: str, random: random.Random) -> None:
    old, new = text.encode(), edited(text, random).encode()
    assert difference(old, new) == whole_difference(old, new)
    assert difference(new, old) == whole_difference(new, old)


@given(st.randoms(use_true_random=False))
def test_any_edit_of_a_usual_flow_is_told_alike(random: random.Random) -> None:
    old = edited(USUAL, random) if random.random() < 0.5 else USUAL
    new = edited(old, random)
    assert difference(old.encode(), new.encode()) == whole_difference(old.encode(), new.encode())


@pytest.mark.parametrize("path", corpus_files("flows/*.yaml"), ids=lambda path: path.stem)
def test_edits_of_real_flows_are_told_alike(path: Path) -> None:
    old = path.read_text(encoding="utf-8")
    edits = random.Random(path.stem)
    for _ in range(8):
        new = edited(old, edits)
        assert difference(old.encode(), new.encode()) == whole_difference(
            old.encode(), new.encode()
        )


PLACE = "specs/domains/shop/flows/{}.yaml"


def _renamed(path: str, text: str) -> list[FileDifference]:
    before = {PATH: USUAL.encode(), PLACE.format("other"): b"flow:\n  id: other\n"}
    after = {path: text.encode(), PLACE.format("other"): b"flow:\n  id: other\n"}
    return compare_snapshots(before, after)


def test_a_flow_with_another_name_is_renamed_and_its_edit_told() -> None:
    edited = USUAL.replace("id: sample", "id: order").replace("path: /x", "path: /y")
    (found,) = _renamed(PLACE.format("order"), edited)
    assert (found.state, found.was, found.flow) == ("renamed", PATH, "shop/order")
    assert [change.text for change in found.changes] == ["trigger: path “/x” → “/y”"]


def test_a_flow_in_another_domain_is_renamed_without_a_change() -> None:
    path = "specs/domains/orders/flows/sample.yaml"
    (found,) = _renamed(path, USUAL.replace("domain: shop", "domain: orders"))
    assert (found.path, found.state, found.was, found.changes) == (path, "renamed", PATH, ())


def test_a_new_flow_that_shares_little_with_one_that_is_gone_is_new() -> None:
    new = "flow:\n  id: order\n  name: Order\n\nnodes:\n  - id: end\n    type: terminal\n"
    states = {one.path: one.state for one in _renamed(PLACE.format("order"), new)}
    assert states == {PLACE.format("order"): "added", PATH: "removed"}


def test_each_file_that_is_gone_is_the_origin_of_one_new_file_at_most() -> None:
    before = {PATH: USUAL.encode()}
    after = {PLACE.format(id): USUAL.replace("id: sample", f"id: {id}").encode() for id in "ab"}
    assert [one.state for one in compare_snapshots(before, after)] == ["renamed", "added"]


def test_a_schema_and_a_domain_may_be_renamed_too() -> None:
    for path in ("specs/schemas/{}.yaml", "specs/domains/{}/domain.yaml"):
        text = b"description: A long text\nowner: team\nname: first\n"
        other = text.replace(b"first", b"second")
        (found,) = compare_snapshots({path.format("a"): text}, {path.format("b"): other})
        assert (found.state, found.was) == ("renamed", path.format("a"))
        assert [change.text for change in found.changes] == ["name “first” → “second”"]


def test_a_label_is_told_also_of_nodes_that_are_not_read() -> None:
    new = USUAL.replace("next: step_3", "next: step_5")
    found = compare_files(PATH, USUAL.encode(), new.encode())
    assert found is not None
    text = "edge “Step 2”/next now leads to “Step 5” (was “Step 3”)"
    assert [change.text for change in found.changes] == [text]
