"""How a design begins on the canvas."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.project import Project
from tests.canvas.screen import Screen
from tests.canvas.shop import write_shop

FERNHILL = Path(__file__).parents[2] / "notebooks/fernhill/specs"


def test_the_sample_is_one_step_in_an_empty_project_and_not_saved(tmp_path: Path) -> None:
    with Project(tmp_path, watch=False) as project:
        screen = Screen(project)
        assert screen.board["empty"].startswith("This system has no domains yet.")
        screen.ask("open_sample")
        assert len(screen.cards) == 7
        assert not (tmp_path / "specs").exists()
        screen.ask("save")
        for file in FERNHILL.rglob("*.yaml"):
            assert (tmp_path / "specs" / file.relative_to(FERNHILL)).read_bytes() == (
                file.read_bytes()
            )
        screen.ask("undo")
        assert screen.cards == {}


def test_the_sample_goes_into_an_empty_project_only(tmp_path: Path) -> None:
    with Project(write_shop(tmp_path / "shop"), watch=False) as project:
        assert "has a design already" in Screen(project).refused("open_sample")
        assert not project.dirty


def test_a_template_makes_its_domain_in_the_same_step(tmp_path: Path) -> None:
    with Project(tmp_path, watch=False) as project:
        screen = Screen(project)
        template = screen.ask("templates")["templates"][0]["id"]
        use = {"template": template, "name": "", "domain": "", "new_domain": "Order desk"}
        flows = screen.ask("preview_template", **use)["flows"]
        assert not project.domains

        at = screen.ask("new_flow", **use)["at"]
        assert at == flows[0]["at"]
        assert at.startswith("order-desk/")
        screen.ask("undo")
        assert not project.domains
        assert "choose a domain" in screen.refused("new_flow", name="A flow", domain="").lower()
