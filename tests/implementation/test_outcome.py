"""What is stored of a run, and when: nothing before a person has confirmed it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.drift import TestCounts, recorded_tests
from ddd_lab.implementation.events import Events
from ddd_lab.implementation.prompts.by_kind import prompt_for
from ddd_lab.implementation.prompts.prompt import Kind, Prompt
from ddd_lab.implementation.runs import Run, RunError, runs
from ddd_lab.implementation.runs.confirming import confirm
from ddd_lab.implementation.runs.outcome import outcome, run_flow_tests
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.project import Project
from ddd_lab.spec.edit.nodes import EditError
from tests.implementation.stand_in import launched, stand_in
from tests.implementation.test_prompts import change_schema
from tests.patience import PATIENCE

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"
KEY = "members/join-library"
CODE = "src/join_library.py"
SPEC = "specs/domains/members/flows/join-library.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the sample design."""
    root = tmp_path / "fernhill"
    shutil.copytree(FERNHILL, root)
    return Project(root, watch=False)


def run_through(
    project: Project,
    script: str = "",
    kind: Kind = "implement",
    message: str = "Done.\n\n## Implementation Notes\n\nNo deviations.",
    **more: object,
) -> Run:
    """A run of a script that writes the flow's code, to its end."""
    write = f"""
os.makedirs("src", exist_ok=True)
open({CODE!r}, "a").write("x = 1\\n")
{script}
tell("Stop", last_assistant_message={message!r})
"""
    stand_in(project.root, write, more.pop("settings", ""))  # type: ignore[arg-type]
    values = {"flows": (KEY,), "text": "Do it.", "kind": kind, **more}
    run = prepared(project.workbench.sync, Prompt.model_validate(values))
    assert launched(run).wait(PATIENCE) == 0
    project.refresh()
    return run


def confirmed(project: Project, run: Run) -> None:
    confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))


def change_spec(root: Path) -> None:
    text = (root / SPEC).read_text()
    (root / SPEC).write_text(text.replace("status: 201", "status: 202"))


def test_an_implementation_is_stored_with_the_schemas_that_it_uses(project: Project) -> None:
    run = run_through(project)
    assert outcome(project.workbench.sync, run).files == (CODE,)
    assert project.workbench.sync.flow(KEY).state == "pending"
    confirmed(project, run)
    assert project.workbench.sync.flow(KEY).state == "in_sync"
    assert [status.key for status in project.workbench.sync.schemas()] == ["Member"]
    change_schema(project)
    assert project.workbench.sync.schema("Member").words == ("fields.nickname added",)


def test_a_spec_that_was_edited_meanwhile_is_stale_from_the_start(project: Project) -> None:
    edit = f"text = open({SPEC!r}).read()\n"
    edit += f"open({SPEC!r}, 'w').write(text.replace('status: 201', 'status: 202'))"
    run = run_through(project, edit)
    assert outcome(project.workbench.sync, run).moved == (KEY,)
    confirmed(project, run)
    status = project.workbench.sync.flow(KEY)
    assert status.state == "spec_ahead"
    assert any("status 201 → 202" in line for line in status.words)


@pytest.mark.parametrize(
    "edit",
    ["'# a remark\\n' + text", "text.replace('position:', 'position:  ')", "text + 'notes: []\\n'"],
    ids=["comment", "style", "note"],
)
def test_an_edit_that_says_the_same_makes_nothing_stale(project: Project, edit: str) -> None:
    run = run_through(project, f"text = open({SPEC!r}).read()\nopen({SPEC!r}, 'w').write({edit})\n")
    assert outcome(project.workbench.sync, run).moved == ()


@pytest.mark.parametrize("older", [False, True], ids=["", "a run of an older version"])
def test_a_schema_that_was_edited_meanwhile_is_stale_from_the_start(
    project: Project, older: bool
) -> None:
    run = run_through(project)
    change_schema(project)
    if older:
        kept = run.folder / "schemas/Member.yaml"
        kept.rename(run.folder / "specs/@schemas--Member.yaml")
    confirmed(project, run)
    assert project.workbench.sync.schema("Member").words == ("fields.nickname added",)


@pytest.mark.parametrize("kind", ["fix", "migrate"])
def test_what_was_only_fixed_stays_as_stale_as_it_was(project: Project, kind: Kind) -> None:
    confirmed(project, run_through(project))
    change_spec(project.root)
    run = run_through(project, kind=kind)
    assert project.workbench.sync.flow(KEY).state == "diverged"
    confirmed(project, run)
    assert project.workbench.sync.flow(KEY).state == "spec_ahead"


def test_a_migration_is_noted_in_the_history_of_its_schema(project: Project) -> None:
    confirmed(project, run_through(project))
    change_schema(project)
    confirmed(project, run_through(project, kind="migrate", schemas=("Member",)))
    mapped = project.workbench.sync.schema("Member").mapped
    assert project.workbench.sync.schema("Member").state == "in_sync"
    assert mapped is not None
    (entry,) = mapped.extra["migration_history"]
    assert (entry["version"], entry["description"]) == ("001", "fields.nickname added")
    assert "schema_migrated" in [event["what"] for event in Events(project.root)]


def test_the_mapping_that_claude_edited_itself_is_merged(project: Project) -> None:
    edit = "open('.ddd/mapping.yaml', 'w').write('flows:\\n  a/b: {spec_hash: x}  # mine\\n')"
    confirmed(project, run_through(project, edit))
    text = (project.root / ".ddd/mapping.yaml").read_text()
    assert "a/b: {spec_hash: x}  # mine" in text
    assert project.workbench.sync.flow(KEY).state == "in_sync"


def test_what_the_tests_said_leads_to_a_prompt_that_has_them_fixed(project: Project) -> None:
    settings = f"testing: {{scope_pattern: {CODE}, args: [-q, -p, 'no:cacheprovider']}}\n"
    run = run_through(
        project, f"open({CODE!r}, 'w').write('def test_it(): assert 3 == 4')", settings=settings
    )
    confirmed(project, run)
    config = read_config(project.root)
    with pytest.raises(ValueError, match="nothing to fix"):
        prompt_for(project.workbench.sync, config, [KEY], "fix")
    assert not run_flow_tests(project.workbench.sync, KEY, config).passed
    assert "assert 3 == 4" in prompt_for(project.workbench.sync, config, [KEY], "fix").text
    shutil.rmtree(project.root / ".ddd/runs")
    prompt = prompt_for(project.workbench.sync, config, [KEY], "fix")
    assert "assert 3 == 4" in prompt.text
    assert prompt.files == (SPEC, CODE)


def test_tests_without_a_result_take_the_place_of_those_that_passed(project: Project) -> None:
    args = "args: [-q, -p, 'no:cacheprovider']"
    settings = f"testing: {{scope_pattern: {CODE}, {args}, timeout: 20}}\n"
    code = f"open({CODE!r}, 'w').write('def test_it(): pass')"
    confirmed(project, run_through(project, code, settings=settings))
    config = read_config(project.root)
    assert run_flow_tests(project.workbench.sync, KEY, config).passed
    mapping = project.root / ".ddd/mapping.yaml"
    text = mapping.read_text()
    mapping.write_text(text.replace("test_results:\n", "test_results:\n      by: another tool\n"))

    (project.root / CODE).write_text("import os\n\ndef test_it(): os.abort()\n")
    assert "signal 6" in run_flow_tests(project.workbench.sync, KEY, config).problem
    counts = recorded_tests(project.workbench.sync.flow(KEY).mapped)
    assert counts is not None
    assert "signal 6" in counts.problem
    assert counts.total == 0
    assert "by: another tool" in mapping.read_text()
    shutil.rmtree(project.root / ".ddd/runs")
    assert "signal 6" in prompt_for(project.workbench.sync, config, [KEY], "fix").text

    (project.root / CODE).write_text("def test_it(): pass\n")
    assert run_flow_tests(project.workbench.sync, KEY, config).passed
    assert recorded_tests(project.workbench.sync.flow(KEY).mapped) == TestCounts(passed=1)
    assert "by: another tool" in mapping.read_text()


def test_a_claude_md_that_cannot_be_written_is_left_with_a_word(project: Project) -> None:
    run = run_through(project)
    (project.root / "CLAUDE.md").symlink_to(project.root.parent / "mine.md")
    confirmation = confirm(project.workbench.sync, run, {KEY: [CODE]}, read_config(project.root))
    assert "CLAUDE.md was left as it is" in confirmation.notices[0]
    assert run.confirmed
    assert project.workbench.sync.flow(KEY).state == "in_sync"
    assert Events(project.root)[-1]["what"] == "claude_md_left"


def test_a_prompt_with_half_a_character_can_be_read_again(project: Project) -> None:
    stand_in(project.root, "")
    run = prepared(project.workbench.sync, Prompt(flows=(KEY,), text="before \ud83d after"))
    assert run.prompt.startswith("before �")
    assert run.prompt.endswith("� after")


def test_nothing_is_stored_while_it_works_or_for_other_flows(project: Project) -> None:
    stand_in(project.root, "")
    run = prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))
    with pytest.raises(RunError, match="not done yet"):
        confirm(project.workbench.sync, run, {KEY: []}, read_config(project.root))
    with pytest.raises(RunError, match="is not a flow of this run"):
        confirm(project.workbench.sync, run, {"a/b": []}, read_config(project.root))
    assert not (project.root / ".ddd/mapping.yaml").exists()


def test_a_turn_that_wrote_nothing_implements_nothing(project: Project) -> None:
    stand_in(project.root, "tell('Stop', last_assistant_message='Which database shall I use?')")
    run = prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))
    assert launched(run).wait(PATIENCE) == 0
    with pytest.raises(RunError, match=f"no file is given for {KEY}: give its files"):
        confirm(project.workbench.sync, run, {KEY: []}, read_config(project.root))
    assert project.workbench.sync.flow(KEY).state == "pending"
    assert not run.confirmed


def test_of_several_flows_those_without_a_file_are_left_out(project: Project) -> None:
    other = "lending/borrow-item"
    run = run_through(project, flows=(KEY, other))
    files = {KEY: [CODE, CODE], other: []}
    confirmation = confirm(project.workbench.sync, run, files, read_config(project.root))
    assert confirmation.files == {KEY: (CODE,)}
    assert project.workbench.sync.flow(KEY).state == "in_sync"
    assert project.workbench.sync.flow(other).state == "pending"


def test_of_several_flows_all_are_recorded_or_none(project: Project) -> None:
    other = "lending/borrow-item"
    run = run_through(project, flows=(KEY, other))
    files = {KEY: [CODE], other: ["src/gone.py"]}
    with pytest.raises(EditError, match=r"src/gone\.py is not a file of this project"):
        confirm(project.workbench.sync, run, files, read_config(project.root))
    assert project.workbench.sync.flow(KEY).state == "pending"
    assert not run.confirmed
    assert not [event for event in Events(project.root) if event["what"] == "implemented"]


@pytest.mark.parametrize("kind", ["fix", "migrate"])
def test_a_fix_that_names_no_file_leaves_the_flow_its_files(project: Project, kind: Kind) -> None:
    confirmed(project, run_through(project))
    run = run_through(project, kind=kind)
    confirm(project.workbench.sync, run, {KEY: []}, read_config(project.root))
    assert run.confirmed
    mapped = project.workbench.sync.flow(KEY).mapped
    assert mapped is not None
    assert mapped.files == (CODE,)


@pytest.mark.parametrize(
    ("setting", "said"),
    [("enabled: false", "is switched off"), ("command: /no/such-claude", "npm install -g")],
)
def test_without_claude_code_no_run_is_prepared(project: Project, setting: str, said: str) -> None:
    (project.root / ".ddd").mkdir(exist_ok=True)
    (project.root / ".ddd/config.yaml").write_text(f"claude_code: {{{setting}}}\n")
    with pytest.raises(RunError, match=said):
        prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))
    assert not runs(project.root)


@pytest.mark.parametrize(
    ("prompt", "command"),
    [
        (Prompt(flows=(KEY,), text="Do it."), f"ddd-lab implement {KEY} --prompt"),
        (
            Prompt(flows=(KEY,), text="Do it.", kind="fix"),
            f"ddd-lab implement {KEY} --fix --prompt",
        ),
        (
            Prompt(flows=(), schemas=("Member",), text="Do it.", kind="migrate"),
            "ddd-lab implement Member --migrate --prompt",
        ),
    ],
)
def test_without_claude_code_the_prompt_is_offered_as_a_file(
    project: Project, prompt: Prompt, command: str
) -> None:
    (project.root / ".ddd").mkdir(exist_ok=True)
    (project.root / ".ddd/config.yaml").write_text("claude_code: {command: /no/such-claude}\n")
    with pytest.raises(RunError, match=re.escape(f"{command} > prompt.md")):
        prepared(project.workbench.sync, prompt)


def test_a_run_that_never_began_cannot_be_confirmed(project: Project) -> None:
    stand_in(project.root, "")
    run = prepared(project.workbench.sync, Prompt(flows=(KEY,), text="Do it."))
    (project.root / ".ddd/config.yaml").write_text("claude_code: {command: /no/such-claude}\n")
    assert launched(run).wait(PATIENCE) == 127
    (project.root / "mine.py").write_text("x = 1\n")
    with pytest.raises(RunError, match=r"never started .*/no/such-claude"):
        confirm(project.workbench.sync, run, {KEY: ["mine.py"]}, read_config(project.root))


NOTES = "Done.\n\n## Implementation Notes\n\n- **Additions**\n  - a log line\n"


@pytest.mark.parametrize("wanted", [True, False])
def test_notes_that_say_something_ask_for_a_reconciliation(project: Project, wanted: bool) -> None:
    settings = f"reconciliation: {{auto_run: {str(wanted).lower()}}}\n"
    run = run_through(project, message=NOTES, settings=settings)
    confirmed(project, run)
    assert run.read("outcome.json")["to_reconcile"] == ["a log line"]
    asked = [event for event in Events(project.root) if event["what"] == "reconciliation_wanted"]
    assert [(event["flow"], event["notes"]) for event in asked] == (
        [(KEY, ["a log line"])] if wanted else []
    )


@pytest.mark.covers("T32.3")
def test_no_deviations_ask_for_none(project: Project) -> None:
    confirmed(project, run_through(project))
    assert "reconciliation_wanted" not in [event["what"] for event in Events(project.root)]
