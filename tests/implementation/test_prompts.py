"""What Claude Code is told: every file that is named exists, and nothing is forgotten."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.prompts import fix_prompt, migration_prompt
from ddd_lab.implementation.reports import TestCase
from ddd_lab.implementation.testing import TestRun
from ddd_lab.project import Project
from tests.corpus import real_projects
from tests.recorded import record_implementation, record_schema

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the sample design."""
    shutil.copytree(FERNHILL, tmp_path / "fernhill")
    return ddd.open(tmp_path / "fernhill", watch=False)


def implement(project: Project, key: str) -> str:
    code = "src/code.py"
    (project.root / "src").mkdir(exist_ok=True)
    (project.root / code).write_text("pass\n")
    record_implementation(project.workbench.sync, key, (code,))
    return code


@pytest.mark.covers("T27.1", "S08.2", "T32.1", "S09.1")
def test_a_new_flow_names_what_to_read_and_what_to_report(project: Project) -> None:
    prompt = project.prompt("members/join-library")
    assert prompt.mode == "new"
    assert prompt.files[0] == "specs/architecture.yaml"
    assert "specs/shared/errors.yaml" in prompt.files
    assert prompt.files[-1] == "specs/domains/members/flows/join-library.yaml"
    assert "## Implementation Notes" in prompt.text
    assert "No deviations." in prompt.text


@pytest.mark.covers("T27.1")
def test_every_path_in_every_prompt_exists(project: Project) -> None:
    for key in project.flows:
        prompt = project.prompt(key)
        named = set(re.findall(r"specs/[\w./-]+\.ya?ml", prompt.text))
        assert named <= set(prompt.files)
        for path in prompt.files:
            assert (project.root / path).is_file(), path


@pytest.mark.covers("T27.2", "S08.3")
def test_only_schemas_that_the_flow_refers_to_are_named(project: Project) -> None:
    schemas = [
        path for path in project.prompt("members/suspend-borrowing").files if "/schemas/" in path
    ]
    assert schemas == ["specs/schemas/member.yaml"]


@pytest.mark.covers("S08.3")
@pytest.mark.parametrize(("said", "named"), [("Notice", True), ("a list of names", False)])
def test_a_schema_that_an_event_carries_is_named_too(
    project: Project, said: str, named: bool
) -> None:
    path = project.root / "specs/domains/vans/flows/scan-crate.yaml"
    event = "event: copy.available"
    path.write_text(path.read_text().replace(event, f"{event}\n      schema: {said}"))
    files = ddd.open(project.root, watch=False).prompt("vans/scan-crate").files
    assert ("specs/schemas/notice.yaml" in files) == named


def test_the_flows_that_it_calls_are_named_with_their_code(project: Project) -> None:
    key, called = "lending/borrow-item", "members/check-standing"
    spec = project.workbench.flow_path(called)
    before = project.prompt(key)
    assert spec in before.files
    assert f"It calls {called}" in before.text
    assert "yet to come" in before.text
    code = implement(project, called)
    after = project.prompt(key)
    assert f"its code is in {code}" in after.text
    assert code in after.files
    assert "It calls" not in project.prompt(key, called).text


@pytest.mark.covers("T27.3", "S08.4")
def test_agents_have_a_part_of_their_own(project: Project) -> None:
    agents = [key for key in project.flows if project.workbench.flow_data(key).is_agent]
    assert agents
    for key in project.flows:
        assert ("guardrails" in project.prompt(key).text) == (key in agents), key


@pytest.mark.covers("T27.4", "S08.5", "T28.4")
def test_an_update_lists_what_changed_and_where_the_code_is(project: Project) -> None:
    key = "members/join-library"
    code = implement(project, key)
    flow = project.flows[key]
    node = next(node for node in flow.nodes.values() if node.type == "terminal")
    flow.nodes[node.id].label = "Welcome them"
    project.save()
    prompt = project.prompt(key)
    assert prompt.mode == "update"
    assert f"- {code}" in prompt.text
    assert "Welcome them" in prompt.text
    assert "do not start anew" in prompt.text


def failing(project: Project, key: str) -> TestRun:
    test = TestCase(
        name="tests/test_join_library.py::test_it",
        status="failed",
        message="assert 3 == 4",
        detail="def test_it():\n```\n>   assert LIMIT == 4",
    )
    passed = TestCase(name="tests/test_join_library.py::test_other", status="passed")
    return TestRun(flow=key, command=("pytest", "-q", "--junitxml={junit}"), tests=(test, passed))


@pytest.mark.covers("T29.4", "S08.13")
def test_failing_tests_are_told_with_their_code_and_spec(project: Project) -> None:
    key = "members/join-library"
    code = implement(project, key)
    (project.root / "tests").mkdir()
    (project.root / "tests/test_join_library.py").write_text("def test_it(): ...\n")
    prompt = fix_prompt(
        project.workbench.sync, {key: failing(project, key)}, read_config(project.root)
    )
    assert (prompt.kind, prompt.flows) == ("fix", (key,))
    assert prompt.files == (
        "specs/domains/members/flows/join-library.yaml",
        code,
        "tests/test_join_library.py",
    )
    assert "### `tests/test_join_library.py::test_it`\n\n```\nassert 3 == 4\n```\n" in prompt.text
    assert "````\ndef test_it():\n```\n" in prompt.text
    assert "test_other" not in prompt.text
    assert "Run the tests: `pytest -q`" in prompt.text
    assert "undefined" not in prompt.text


def test_tests_that_gave_no_result_are_told_too(project: Project) -> None:
    run = TestRun(flow="members/join-library", problem="no test was collected.\nusage: pytest")
    prompt = fix_prompt(project.workbench.sync, {run.flow: run}, read_config(project.root))
    assert "no test was collected" in prompt.text
    passed = TestRun(flow=run.flow, tests=(TestCase(name="x", status="passed"),))
    with pytest.raises(ValueError, match="nothing to fix"):
        fix_prompt(project.workbench.sync, {run.flow: passed}, read_config(project.root))


def test_a_schema_that_changed_is_migrated_in_words(project: Project) -> None:
    key = "members/join-library"
    code = implement(project, key)
    record_schema(project.workbench.sync, "Member")
    assert project.workbench.sync.schema("Member").state == "in_sync"
    with pytest.raises(ValueError, match="no schema has changed"):
        migration_prompt(project.workbench.sync, ["Member"], read_config(project.root))
    change_schema(project)
    assert project.workbench.sync.schema("Member").state == "spec_ahead"
    assert [status.key for status in project.stale()] == ["Member"]
    prompt = migration_prompt(project.workbench.sync, ["Member"], read_config(project.root))
    assert (prompt.kind, prompt.schemas, prompt.flows) == ("migrate", ("Member",), (key,))
    assert prompt.files == ("specs/architecture.yaml", "specs/schemas/member.yaml", code)
    assert "- `fields.nickname added`" in prompt.text
    assert "with `alembic`" in prompt.text
    assert "nullable or have a default" in prompt.text
    project.accept_drift("Member", "nobody uses it yet")
    assert project.workbench.sync.schema("Member").state == "in_sync"


def test_the_first_migration_of_a_schema_says_so(project: Project) -> None:
    prompt = migration_prompt(project.workbench.sync, ["Member"], read_config(project.root))
    assert "this is its first migration" in prompt.text
    assert prompt.flows == ()
    with pytest.raises(KeyError, match="no schema 'Nothing'"):
        migration_prompt(project.workbench.sync, ["Nothing"], read_config(project.root))


def change_schema(project: Project) -> None:
    path = project.root / "specs/schemas/member.yaml"
    text = path.read_text()
    path.write_text(text.replace("    email:\n", "    nickname: {type: string}\n    email:\n", 1))
    project.refresh()


def test_the_settings_leave_things_out(project: Project) -> None:
    (project.root / ".ddd").mkdir(exist_ok=True)
    (project.root / ".ddd/config.yaml").write_text(
        "claude_code: {prompt: {include_errors: false, include_schemas: none}}\n"
    )
    files = project.prompt("members/suspend-borrowing").files
    assert not [path for path in files if "errors" in path or "/schemas/" in path]


def test_several_flows_come_in_one_prompt(project: Project) -> None:
    prompt = project.prompt("members/join-library", "lending/borrow-item")
    assert prompt.flows == ("members/join-library", "lending/borrow-item")
    assert prompt.text.count("## Report") == 1
    assert "## lending/borrow-item" in prompt.text


def test_own_instructions_stand_at_the_end(project: Project) -> None:
    prompt = project.prompt("members/join-library").with_instructions("Use `uv`.")
    assert prompt.text.endswith("## Further instructions\n\nUse `uv`.\n")
    assert prompt.tokens > 100


@pytest.mark.parametrize("root", real_projects(), ids=lambda root: root.name)
def test_prompts_of_real_projects_name_real_paths(root: Path) -> None:
    project = ddd.open(root, watch=False)
    for key in list(project.flows)[::7]:
        prompt = project.prompt(key)
        assert prompt.files[-1] == project.workbench.flow_path(key)
        for path in prompt.files:
            assert (root / path).is_file(), path
            assert re.search(rf"[ `]{re.escape(path)}[ `,.]", prompt.text), path
