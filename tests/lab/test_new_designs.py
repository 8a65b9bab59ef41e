"""New designs, begun from a page."""

from __future__ import annotations

from typing import Any

from tests.browser.server import JupyterServer
from tests.lab.conftest import call


def begin(server: JupyterServer, root: str, **more: Any) -> dict[str, Any]:
    body = {"root": root, "name": "Shop", "kit": "web-service", "git": False, **more}
    answer: dict[str, Any] = call(server, "new", body=body).body
    return answer


def check(server: JupyterServer, root: str, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = call(
        server, "new/check", query={"root": root, "name": name}
    ).body["problems"]
    return found


def test_every_kit_has_a_line_and_a_picture(server: JupyterServer) -> None:
    for theme in ("light", "dark"):
        found = call(server, "new/choices", query={"theme": theme}).body
        assert [kit["id"] for kit in found["kits"] if not kit["map_svg"]] == ["empty"]
        assert all(kit["summary"] for kit in found["kits"])
        assert found["stacks"][0]["id"] == "python-fastapi"
        assert found["no_git"] == ""


def test_a_design_is_begun_below_the_folder_of_the_server(server: JupyterServer) -> None:
    begun = begin(server, "new/shop", stack="go-chi")
    assert begun["problems"] == []
    assert begun["root"] == str(server.root.resolve() / "new/shop")
    assert "name: Shop" in (server.root / "new/shop/specs/system.yaml").read_text()
    again = begin(server, "new/shop")
    assert [problem["field"] for problem in again["problems"]] == ["folder"]


def test_what_is_wrong_is_said_by_field_as_one_types(server: JupyterServer) -> None:
    wrong = check(server, "../elsewhere", "")
    assert [problem["field"] for problem in wrong] == ["name", "folder"]
    assert "outside the folder that JupyterLab shows" in wrong[1]["words"]
    assert check(server, "new/other", "Shop") == []
    assert not (server.root / "new/other").exists()
    assert begin(server, "../elsewhere")["problems"]
    assert not (server.root.parent / "elsewhere").exists()


def test_a_kit_that_is_not_there_is_a_wrong_call(server: JupyterServer) -> None:
    refused = call(server, "new", body={"root": "new/x", "name": "X", "kit": "web"})
    assert refused.status == 400
    assert "did you mean 'web-service'" in refused.body["message"]
    own = call(server, "new", body={"root": "x", "name": "X", "kit": "fernhill", "stack": "go-chi"})
    assert (own.status, "a stack of its own" in own.body["message"]) == (409, True)
