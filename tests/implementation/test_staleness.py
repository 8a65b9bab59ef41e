"""Which side has moved since a flow was implemented: no false alarm, and none that is missed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.cli import main
from ddd_lab.implementation.fingerprints import digests
from ddd_lab.implementation.quick_status import Unopened
from ddd_lab.implementation.staleness import SyncStatuses
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.recorded import record_implementation

FLOW = """\
flow:
  id: place-order
  name: Place order
  type: traditional
  domain: orders

trigger:
  type: http
  method: POST
  path: /orders

nodes:
  - id: check   # first of all
    type: input
    label: Check the order
    position: {x: 40, y: 80}
    spec:
      fields:
        email: {type: string, required: true}
    connections:
      valid: answer
  - id: answer
    type: terminal
    position: {x: 340, y: 80}
    spec: {status: 201}
"""
SPEC = "specs/domains/orders/flows/place-order.yaml"
CODE = "src/orders/place_order.py"
KEY = "orders/place-order"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one flow, implemented and in sync."""
    write(tmp_path, "specs/system.yaml", "system: {name: Shop, domains: [{name: orders}]}\n")
    write(
        tmp_path,
        "specs/domains/orders/domain.yaml",
        "domain: {name: orders, flows: [{id: place-order, name: Place order}]}\n",
    )
    write(tmp_path, SPEC, FLOW)
    write(tmp_path, CODE, "def place_order():\n    return 201\n")
    with ddd.open(tmp_path, watch=False) as project:
        record_implementation(project.workbench.sync, KEY, (CODE,))
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode())


def state(root: Path) -> str:
    return Project(root, watch=False).workbench.sync.flow(KEY).state


def words(root: Path) -> tuple[str, ...]:
    return Project(root, watch=False).workbench.sync.flow(KEY).words


def test_what_was_just_implemented_is_in_sync(root: Path) -> None:
    assert state(root) == "in_sync"
    assert list(Project(root, watch=False).stale()) == []


@pytest.mark.parametrize(
    "quiet",
    [
        lambda text: "# a remark\n" + text,
        lambda text: text.replace("{x: 40, y: 80}", "{x: 400, y: 180}"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(
            "  id: place-order\n  name: Place order\n", "  name: Place order\n  id: place-order\n"
        ),
        lambda text: text.replace("{status: 201}", "\n      status: 201"),
        lambda text: text + "notes:\n  - {id: note_1, text: ask Ann}\n",
        lambda text: text + "metadata: {updated_at: 2026-01-01}\n",
    ],
    ids=["comment", "position", "CRLF", "order of keys", "style", "note", "metadata"],
)
@pytest.mark.parametrize("kept", [True, False], ids=["with a copy", "without a copy"])
def test_what_says_the_same_is_no_alarm(
    root: Path, quiet: Callable[[str], str], kept: bool
) -> None:
    if not kept:
        for copy in (root / ".ddd/cache").rglob("*.yaml"):
            copy.unlink()
    write(root, SPEC, quiet(FLOW))
    assert state(root) in ("in_sync", "layout_only")
    assert words(root) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{status: 201}", "{status: 202}", "answer: status 201 → 202"),
        ("label: Check the order", "label: Look at it", "Look at it”: label"),
        ("required: true", "required: false", "Check the order”: fields.email.required"),
        ("path: /orders", "path: /baskets", "trigger: path"),
        ("valid: answer", "invalid: answer", "“Check the order”"),
        ("name: Place order", "name: Order", "flow: name"),
        ("type: terminal", "type: process", "answer: type"),
    ],
)
def test_what_says_something_else_is_told_with_its_node_and_field(
    root: Path, old: str, new: str, said: str
) -> None:
    write(root, SPEC, FLOW.replace(old, new))
    assert state(root) == "spec_ahead"
    assert any(said in line for line in words(root)), words(root)


def test_changed_and_missing_code_is_told(root: Path) -> None:
    write(root, CODE, "def place_order():\n    return 202\n")
    assert (state(root), words(root)) == ("code_ahead", (f"{CODE} changed",))
    write(root, SPEC, FLOW.replace("201", "202"))
    assert state(root) == "diverged"
    (root / CODE).unlink()
    assert words(root)[-1] == f"{CODE} no longer exists"


def test_line_ends_and_times_of_the_code_are_no_alarm(root: Path) -> None:
    write(root, CODE, "def place_order():\r\n    return 201\r\n")
    assert state(root) == "in_sync"


def test_the_words_come_from_git_where_no_copy_is_kept(root: Path) -> None:
    for copy in (root / ".ddd/cache").rglob("*.yaml"):
        copy.unlink()
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "as implemented")
    write(root, SPEC, FLOW.replace("201", "202"))
    git(root, "commit", "-qam", "changed")
    assert words(root) == ("node answer: status 201 → 202",)


def test_without_a_copy_and_without_git_it_says_that_it_cannot_tell(root: Path) -> None:
    for copy in (root / ".ddd/cache").rglob("*.yaml"):
        copy.unlink()
    write(root, SPEC, FLOW.replace("201", "202"))
    assert state(root) == "spec_ahead"
    assert "cannot be listed" in words(root)[0]


def test_an_accepted_drift_stays_away_until_something_moves_again(root: Path) -> None:
    write(root, CODE, "def place_order():\n    return 202\n")
    project = Project(root, watch=False)
    with pytest.raises(EditError, match="say why"):
        project.accept_drift(KEY, " ")
    project.accept_drift(KEY, "a hot fix, the spec follows")
    assert project.workbench.sync.flow(KEY).state == "in_sync"
    assert state(root) == "in_sync"
    assert "a hot fix, the spec follows" in (root / ".ddd/mapping.yaml").read_text()
    with pytest.raises(EditError, match="no drift"):
        project.accept_drift(KEY, "again")
    write(root, CODE, "def place_order():\n    return 203\n")
    assert state(root) == "code_ahead"


def test_other_tools_entries_are_read_and_keep_their_style(root: Path) -> None:
    spec = digests((root / SPEC).read_bytes())[0]
    text = f"""\
# kept
flows:
  orders/place-order:
    spec: {SPEC}
    specHash: "{spec[:12]}"
    files: [{CODE}]
    implementedAt: 2026-01-01T00:00:00Z
    annotationCount: 3
pages:
  home: {{specHash: abc}}
"""
    write(root, ".ddd/mapping.yaml", text)
    assert state(root) == "in_sync"
    write(root, SPEC, FLOW.replace("201", "202"))
    Project(root, watch=False).accept_drift(KEY, "agreed")
    after = (root / ".ddd/mapping.yaml").read_text()
    assert "specHash:" in after
    assert "fileHashes:" in after
    assert "spec_hash: " not in after.split("accepted")[0]
    assert after.startswith("# kept\n")
    assert "annotationCount: 3" in after
    assert "home: {specHash: abc}" in after


def test_the_oldest_form_is_read(root: Path) -> None:
    text = (
        "flows:\n  place-order:\n    file: src/orders/place_order.py\n    spec_hash: 0123456789ab\n"
    )
    write(root, ".ddd/mapping.yaml", text)
    status = Project(root, watch=False).workbench.sync.flow(KEY)
    assert status.state == "spec_ahead"
    assert status.mapped is not None
    assert status.mapped.files == (CODE,)


def test_a_broken_mapping_is_never_written_to(root: Path) -> None:
    broken = "<<<<<<< HEAD\nflows: {}\n=======\nflows: {a: 1}\n>>>>>>> other\n"
    write(root, ".ddd/mapping.yaml", broken)
    project = Project(root, watch=False)
    with pytest.raises(EditError, match="Fix the file first"):
        record_implementation(project.workbench.sync, KEY, (CODE,))
    assert (root / ".ddd/mapping.yaml").read_text() == broken


def test_what_others_wrote_to_the_mapping_meanwhile_stays(root: Path) -> None:
    project = Project(root, watch=False)
    assert project.workbench.sync.flow(KEY).state == "in_sync"
    path = root / ".ddd/mapping.yaml"
    path.write_text(path.read_text() + "schemas:\n  Order: {spec_hash: abcdefabcdef}\n")
    record_implementation(project.workbench.sync, KEY, (CODE,), mode="update")
    assert "Order: {spec_hash: abcdefabcdef}" in path.read_text()
    assert "mode: update" in path.read_text()


def test_the_command_line_says_it_with_its_exit_status(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", str(root)]) == 0
    assert "1 in sync in Shop." in capsys.readouterr().out
    write(root, SPEC, FLOW.replace("201", "202"))
    assert main(["status", str(root), "--stale"]) == 1
    out = capsys.readouterr().out
    assert out == (
        "orders/place-order: spec ahead\n  node answer: status 201 → 202\n1 spec ahead in Shop.\n"
    )
    assert main(["status", str(root), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["entries"][0]["changes"][0]["node"] == "answer"


def test_a_notebook_shows_a_table(root: Path) -> None:
    write(root, SPEC, FLOW.replace("label: Check the order", "label: <b>Look</b>"))
    html = Project(root, watch=False).stale()._repr_html_()
    assert "spec ahead" in html
    assert "&lt;b&gt;Look" in html


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


REFORMATTED = {
    "a byte-order mark": lambda text: f"\ufeff{text}",
    "blanks at the ends of lines": lambda text: text.replace("\n", " \t\n"),
    "no end of the last line": lambda text: text.rstrip("\n"),
    "empty lines at the end": lambda text: f"{text}\n \n",
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "all of them": lambda text: "\ufeff" + text.replace("\n", " \r\n").rstrip(),
}


@pytest.mark.parametrize("recorded", ["tidy", "untidy"])
@pytest.mark.parametrize("reformat", REFORMATTED.values(), ids=REFORMATTED)
def test_code_that_is_only_formatted_otherwise_has_not_moved(
    root: Path, reformat: Callable[[str], str], recorded: str
) -> None:
    code = "def place_order():\n    return 201\n"
    if recorded == "untidy":
        write(root, CODE, code.replace(":\n", ": \n").rstrip())
        with ddd.open(root, watch=False) as project:
            record_implementation(project.workbench.sync, KEY, (CODE,))
    write(root, CODE, reformat(code))
    assert state(root) == "in_sync"
    write(root, CODE, reformat(code.replace("201", "202")))
    assert state(root) == "code_ahead"


def test_fingerprints_that_were_recorded_before_still_count(root: Path) -> None:
    code = "\ufeffdef place_order(): \r\n    return 201"
    mapping = root / ".ddd/mapping.yaml"
    tidy = sha256(b"def place_order():\n    return 201\n").hexdigest()
    for old in (code, code.replace("\r\n", "\n")):
        write(root, CODE, code)
        mapping.write_text(mapping.read_text().replace(tidy, sha256(old.encode()).hexdigest()))
        assert state(root) == "in_sync"


def test_blanks_at_the_ends_of_lines_of_a_spec_may_be_part_of_a_text(root: Path) -> None:
    text = FLOW.replace("label: Check the order\n", "label: |\n      Check\n      the order\n")
    write(root, SPEC, text)
    with ddd.open(root, watch=False) as project:
        record_implementation(project.workbench.sync, KEY, (CODE,))
    write(root, SPEC, text.replace("Check\n", "Check  \n"))
    assert state(root) == "spec_ahead"


def states(root: Path) -> set[str]:
    """How the flow stands for one who has opened the project, and for one who has not."""
    return {state(root), *(status.state for status in SyncStatuses(Unopened(root)).flows())}


@pytest.mark.parametrize("way", ["backslashes", "absolute", "a dot in front", "by a link"])
def test_paths_of_a_mapping_are_understood_however_they_are_written(
    root: Path, way: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "project"
    link.symlink_to(root)
    ways: dict[str, Callable[[str], str]] = {
        "backslashes": lambda path: path.replace("/", "\\"),
        "absolute": lambda path: f"{root}/{path}",
        "a dot in front": lambda path: f"./{path}",
        "by a link": lambda path: f"{root.resolve()}/{path}",
    }
    mapping = root / ".ddd/mapping.yaml"
    text = mapping.read_text()
    for path in (SPEC, CODE):
        assert path in text
        text = text.replace(path, ways[way](path))
    mapping.write_text(text.replace(f"{KEY}:", "place-order-of-old:"))
    opened = link if way == "by a link" else root
    assert states(opened) == {"in_sync"}
    write(root, CODE, "def place_order():\n    return 202\n")
    assert states(opened) == {"code_ahead"}


@pytest.mark.parametrize("prefix", ["012345678901", "123456789012", "00000000001e", "1234567890e5"])
def test_a_fingerprint_that_looks_like_a_number_is_one_nevertheless(
    root: Path, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = root / ".ddd/mapping.yaml"
    tidy = sha256((root / CODE).read_bytes()).hexdigest()
    spec = digests((root / SPEC).read_bytes())[0]
    text = mapping.read_text().replace(tidy, prefix).replace(spec, prefix)
    mapping.write_text(text.replace(f'"{prefix}"', prefix).replace(f"'{prefix}'", prefix))
    assert mapping.read_text().count(f": {prefix}\n") == 2
    found = (prefix + tidy[12:],)
    monkeypatch.setattr("ddd_lab.implementation.code_files.digests", lambda *_, **__: found)
    assert states(root) == {"in_sync"}
