"""One thing under different file names: endings, and letters with their accents apart."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.implementation.claude_md import claude_md
from ddd_lab.implementation.config import ConfigError, read_config
from ddd_lab.implementation.quick_status import Unopened
from tests.files.projects import DOMAIN, FLOW_PATH, GUIDE_FLOW, KEY, SYSTEM

ERRORS = "errors:\n  VALIDATION_ERROR: {http_status: 422, message: No}\n"
FILES = {
    "system": SYSTEM,
    "system-layout": "system_layout:\n  domains:\n    payments: {x: 10, y: 20}\n",
    "architecture": "architecture:\n  structure: {src: code}\n",
    "config": "config:\n  required:\n    - {name: KEY, type: string}\n",
    "infrastructure": "services:\n  - {id: api, type: server}\n",
    "shared/errors": ERRORS,
    "schemas/card": "schema:\n  name: Card\n  fields:\n    number: {type: string}\n",
    "ui/pages": "pages:\n  - {id: home, route: /}\n",
    "domains/payments/domain": DOMAIN,
    "domains/payments/flows/charge-card": GUIDE_FLOW,
}


def project_in_yml(root: Path, ending: str = "yml") -> Path:
    for name, text in FILES.items():
        path = root / f"specs/{name}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / ".ddd").mkdir()
    (root / f".ddd/mapping.{ending}").write_text(
        f"flows:\n  {KEY}:\n    spec: {FLOW_PATH.removesuffix('yaml')}{ending}\n    files: {{}}\n"
    )
    return root


def files_of(root: Path) -> list[str]:
    found = (path for path in root.rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in found)
    own = (".ddd/locks", ".ddd/journal", ".ddd/memory")
    return sorted(name for name in names if not name.startswith(own))


def told(project: ddd.Project) -> list[tuple[str, str, str]]:
    return sorted(
        (p.path.replace(".yml", ".yaml"), p.rule, p.message.replace(".yml", ".yaml"))
        for p in project.problems
    )


def test_every_kind_of_file_is_read_under_both_endings(tmp_path: Path) -> None:
    usual = ddd.open(project_in_yml(tmp_path / "one", "yaml"), watch=False)
    other = ddd.open(project_in_yml(tmp_path / "two"), watch=False)
    assert other.design.system == usual.design.system
    assert other.design.layout == usual.design.layout
    assert other.design.architecture == usual.design.architecture
    assert other.design.config == usual.design.config
    assert other.design.errors == usual.design.errors
    assert dict(other.design.schemas) == dict(usual.design.schemas)
    assert dict(other.design.domains) == dict(usual.design.domains)
    assert other.design.flow_keys == usual.design.flow_keys == (KEY,)
    assert told(other) == told(usual)
    assert all(p.path in other.workbench.documents for p in other.problems)
    assert KEY in other.workbench.sync.code_map.flows


def test_edits_go_to_the_files_that_are_there(tmp_path: Path) -> None:
    root = project_in_yml(tmp_path)
    before = files_of(root)
    project = ddd.open(root, watch=False)
    project.workbench.describe_domain("payments", "All about money")
    project.flows[KEY].nodes["charge"].spec.timeout = 45
    made = project.new_flow("Refund", "payments")
    project.add_domain("Billing")
    project.save()
    assert "All about money" in (root / "specs/domains/payments/domain.yml").read_text()
    assert "id: refund" in (root / "specs/domains/payments/domain.yml").read_text()
    assert "billing" in (root / "specs/system.yml").read_text()
    assert "timeout: 45" in (root / "specs/domains/payments/flows/charge-card.yml").read_text()
    assert sorted(set(files_of(root)) - set(before)) == [
        "specs/domains/billing/domain.yaml",
        f"specs/domains/payments/flows/{made.id}.yaml",
    ]
    project.undo()
    project.undo()


def test_what_is_renamed_and_deleted_keeps_its_ending(tmp_path: Path) -> None:
    root = project_in_yml(tmp_path)
    project = ddd.open(root, watch=False)
    project.flows[KEY].rename("Take Money")
    project.domains["payments"].rename("Cash Desk")
    project.save()
    assert "specs/domains/cash-desk/flows/take-money.yml" in files_of(root)
    assert "specs/domains/cash-desk/domain.yml" in files_of(root)
    assert not [name for name in files_of(root) if name.endswith(".yaml")]
    assert "name: Cash Desk" in (root / "specs/domains/cash-desk/domain.yml").read_text()
    mapping = (root / ".ddd/mapping.yml").read_text()
    assert "cash-desk/take-money:" in mapping
    assert "specs/domains/cash-desk/flows/take-money.yml" in mapping
    project.workbench.delete_domain("cash-desk", with_flows=True)
    project.save()
    assert not [name for name in files_of(root) if "domains" in name]


@pytest.mark.parametrize("name", FILES)
def test_two_files_of_one_thing_are_an_error_that_names_both(tmp_path: Path, name: str) -> None:
    root = project_in_yml(tmp_path, "yaml")
    second = root / f"specs/{name}.yml"
    second.write_text(FILES[name])
    project = ddd.open(root, watch=False)
    [problem] = [p for p in project.problems if p.rule == "file.two-for-one"]
    assert problem.severity == "error"
    assert problem.path == f"specs/{name}.yml"
    assert f"specs/{name}.yaml describes the same part of the design" in problem.message
    assert project.workbench.flow_keys() == [KEY]
    assert list(project.design.flow_keys) == [KEY]
    assert Unopened(root).flow_keys == (KEY,)
    second.unlink()
    project.refresh()
    assert not [p for p in project.problems if p.rule == "file.two-for-one"]


def test_a_file_that_gets_the_other_ending_while_it_is_open_is_followed(tmp_path: Path) -> None:
    root = project_in_yml(tmp_path, "yaml")
    project = ddd.open(root, watch=False)
    assert project.flows[KEY].nodes["charge"].spec.timeout == 30
    assert project.design.system.name == "shop"
    for name in ("system", "domains/payments/flows/charge-card"):
        (root / f"specs/{name}.yaml").rename(root / f"specs/{name}.yml")
    project.refresh()
    assert project.design.system.name == "shop"
    project.flows[KEY].nodes["charge"].spec.timeout = 45
    assert project.save() == [FLOW_PATH.replace(".yaml", ".yml")]


def test_a_design_that_nobody_opened_is_read_under_both_endings(tmp_path: Path) -> None:
    unopened = Unopened(project_in_yml(tmp_path))
    assert unopened.name == "shop"
    assert unopened.flow_keys == (KEY,)
    assert unopened.flow_path(KEY) == FLOW_PATH.replace(".yaml", ".yml")
    assert KEY in unopened.mapping()[1]["flows"]


@pytest.mark.parametrize("disk", ["NFC", "NFD"])
@pytest.mark.parametrize("said", ["NFC", "NFD"])
def test_a_domain_is_one_however_its_accents_are_written(
    tmp_path: Path, disk: str, said: str
) -> None:
    folder = unicodedata.normalize(disk, "café")  # type: ignore[arg-type]  # a literal in a list
    name = unicodedata.normalize(said, "café")  # type: ignore[arg-type]  # a literal in a list
    root = tmp_path
    (root / "specs/domains").mkdir(parents=True)
    (root / "specs/system.yaml").write_text(SYSTEM.replace("payments", name))
    own = root / "specs/domains" / folder
    (own / "flows").mkdir(parents=True)
    (own / "domain.yaml").write_text(DOMAIN.replace("payments", name))
    (own / "flows/charge-card.yaml").write_text(GUIDE_FLOW.replace("payments", name))
    project = ddd.open(root, watch=False)
    assert list(project.domains) == ["café"]
    assert list(project.flows) == ["café/charge-card"]
    assert not [p for p in project.problems if p.rule.startswith("domains.")]
    before = files_of(root)
    project.workbench.describe_domain("café", "Coffee")
    project.new_flow("Serve", "café")
    project.save()
    assert len(files_of(root)) == len(before) + 1
    assert [path.name for path in (root / "specs/domains").iterdir()] == [folder]
    assert "Coffee" in (own / "domain.yaml").read_text()
    assert (own / "flows/serve.yaml").is_file()


def test_settings_are_read_under_both_endings(tmp_path: Path) -> None:
    root = project_in_yml(tmp_path)
    text = "llm:\n  models:\n    one: {model_id: m-1}\nreconciliation: {auto_accept: [x]}\n"
    (root / ".ddd/config.yml").write_text("llm:\n  models:\n    one: {model_id: m-1}\n")
    assert [model.name for model in ddd.open(root, watch=False).workbench.models] == ["m-1"]
    (root / ".ddd/config.yml").write_text("claude_code: {enabled: false}\n")
    assert not read_config(root).claude_code.enabled
    (root / ".ddd/config.yaml").write_text(text)
    with pytest.raises(ConfigError, match=r"config.yaml and .ddd/config.yml are both there"):
        read_config(root)


def test_what_is_told_to_claude_code_names_the_files_that_are_there(tmp_path: Path) -> None:
    root = project_in_yml(tmp_path)
    project = ddd.open(root, watch=False)
    text = project.prompt(KEY).text
    for name in ("architecture", "shared/errors", "domains/payments/flows/charge-card"):
        assert f"specs/{name}.yml" in text
        assert f"specs/{name}.yaml" not in text
    assert "specs/system.yml" in claude_md(project.workbench.sync, "")


def test_quick_fixes_mend_the_files_that_are_there(tmp_path: Path) -> None:
    root = project_in_yml(tmp_path)
    own = root / "specs/domains/billing"
    (own / "flows").mkdir(parents=True)
    (own / "domain.yml").write_text("domain:\n  name: billing\n  flows: []\n")
    flow = GUIDE_FLOW.replace("charge-card", "pay").replace("payments", "billing")
    (own / "flows/pay.yml").write_text(flow.replace("/charges", "/pay"))
    project = ddd.open(root, watch=False)
    [unlisted] = [p for p in project.problems if p.rule == "domains.unlisted"]
    assert list(project.workbench.preview_fix(project.fixes(unlisted)[0])) == ["specs/system.yml"]
    assert len(project.fix_all()) == 2
    assert project.save() == ["specs/domains/billing/domain.yml", "specs/system.yml"]
    assert project.problems == []
