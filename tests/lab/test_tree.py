"""What the tree in the sidebar and the ways into a design are told, without a kernel."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests.lab.conftest import FERNHILL, FLOW, Answer, Design, call, wait_for

SPEC = f"specs/domains/members/flows/{FLOW.partition('/')[2]}.yaml"


def tree_of(design: Design) -> dict[str, Any]:
    """The tree as soon as its problems are counted."""
    found: dict[str, Any] = wait_for(
        lambda: body if (body := design.get("tree").body)["checked"] else None
    )
    return found


def row(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(one for one in rows if one["key"] == key)


def located(design: Design, path: str) -> Answer:
    folder = design.root.relative_to(design.server.root)
    return call(design.server, "locate", query={"file": (folder / path).as_posix()})


def test_the_tree_has_every_domain_flow_and_schema_with_its_file(design: Design) -> None:
    tree = tree_of(design)

    assert (tree["name"], tree["root"]) == ("fernhill", str(design.root))
    assert [domain["key"] for domain in tree["domains"]][:2] == ["members", "catalogue"]
    assert row(tree["flows"], FLOW)["name"] == "Join the library"
    assert row(tree["flows"], "helpdesk/ask-a-librarian")["agent"] is True
    for one in (*tree["domains"], *tree["flows"], *tree["schemas"]):
        assert (design.root / one["path"]).is_file()
    assert (tree["errors"], tree["troubles"]) == (0, [])


def test_a_known_tree_is_not_sent_again_and_a_broken_flow_changes_it(design: Design) -> None:
    tree = tree_of(design)
    assert design.get("tree", rev=tree["rev"]).status == 304

    spec = design.root / SPEC
    spec.write_text(spec.read_text().replace("next:", "nexxt:", 1))

    news = design.get("tree", rev=tree["rev"], wait="true").body
    assert news["rev"] != tree["rev"]
    broken = wait_for(lambda: row(tree_of(design)["flows"], FLOW)["errors"])
    assert tree_of(design)["errors"] == broken


def test_a_link_leads_to_the_folder_itself_whose_tab_may_be_open(design: Design) -> None:
    link = design.root.with_name("link")
    link.symlink_to(design.root)
    answer = call(design.server, "locate", query={"file": f"{link.parent.name}/link/{SPEC}"})
    assert answer.body == {"root": str(design.root), "at": FLOW}


def test_a_flow_that_goes_is_gone_from_the_tree(design: Design) -> None:
    tree_of(design)
    (design.root / SPEC).unlink()
    wait_for(lambda: FLOW not in [flow["key"] for flow in tree_of(design)["flows"]])


def test_settings_that_are_broken_are_told_and_the_tree_is_there(design: Design) -> None:
    (design.root / ".ddd/config.yaml").write_text("claude_code: [")
    tree = tree_of(design)
    assert len(tree["flows"]) == 20
    assert any("config.yaml" in trouble for trouble in tree["troubles"])


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("", ""),
        ("specs", ""),
        ("specs/system.yaml", ""),
        ("specs/domains/members", "members"),
        ("specs/domains/members/domain.yaml", "members"),
        ("specs/domains/members/flows", "members"),
        (SPEC, FLOW),
        ("specs/schemas/_base.yaml", ""),
    ],
)
def test_a_file_or_folder_leads_to_its_place_in_the_design(
    design: Design, path: str, at: str
) -> None:
    assert located(design, path).body == {"root": str(design.root), "at": at}


def test_what_is_no_spec_says_so(design: Design) -> None:
    (design.root / "compose.yaml").write_text("services: {}\n")
    for path, words in (
        ("compose.yaml", "is not a spec of a design. Open it as text"),
        ("../script.json", "there is no file or folder"),
    ):
        answer = located(design, path)
        assert answer.status == 404
        assert words in answer.body["message"]


def test_the_innermost_of_two_designs_is_meant(design: Design) -> None:
    inner = design.root / "examples/inner"
    shutil.copytree(design.root / "specs", inner / "specs")
    assert located(design, f"examples/inner/{SPEC}").body == {"root": str(inner), "at": FLOW}


def test_walkthroughs_are_copied_once_and_a_persons_own_changes_stay(design: Design) -> None:
    first = call(design.server, "walkthroughs", body={}).body["path"]
    assert first == "ddd-lab-walkthroughs/01-first-steps.ipynb"
    folder = design.server.root / "ddd-lab-walkthroughs"
    assert {path.name for path in folder.glob("*.ipynb")} == {
        path.name for path in FERNHILL.parent.glob("*.ipynb")
    }
    (folder / "01-first-steps.ipynb").write_text("{}")
    assert call(design.server, "walkthroughs", body={}).body["path"] == first
    assert (folder / "01-first-steps.ipynb").read_text() == "{}"
