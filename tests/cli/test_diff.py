"""`ddd-lab diff`: what changed, in people's words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import git
import pytest

from tests.cli.program import SAMPLE, ddd_lab, replace
from tests.files.projects import DOMAIN, FLOW_PATH, small_project

MakeRepo = Callable[[Path], git.Repo]


@pytest.fixture
def repo(tmp_path: Path, git_repo: MakeRepo) -> Path:
    """A project in a folder of a repository, committed, then changed."""
    project = small_project(tmp_path / "designs" / "shop")
    git_repo(tmp_path)
    replace(project / FLOW_PATH, "timeout: 30", "timeout: 45")
    replace(project / FLOW_PATH, "status: 201", "status: 202")
    return project


def test_a_revision_is_compared_with_the_files_as_they_are(repo: Path) -> None:
    done = ddd_lab("diff", "HEAD", repo)

    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"payments/charge-card ({FLOW_PATH})"
    assert "30 → 45" in lines[1]
    assert "201 → 202" in lines[2]
    assert lines[-1] == "2 differences in 1 file."


def test_without_arguments_the_last_commit_and_this_folder_are_meant(repo: Path) -> None:
    assert "30 → 45" in ddd_lab("diff", cwd=repo).stdout
    assert "30 → 45" in ddd_lab("diff", "shop", cwd=repo.parent).stdout
    assert "30 → 45" in ddd_lab("diff", "shop/specs", cwd=repo.parent).stdout


def test_two_revisions_are_compared_and_nothing_is_checked_out(repo: Path) -> None:
    history = git.Repo(repo, search_parent_directories=True)
    history.git.commit("--all", "--message", "Longer timeout")
    replace(repo / FLOW_PATH, "timeout: 45", "timeout: 60")
    before = (repo / FLOW_PATH).read_bytes()

    done = ddd_lab("diff", "HEAD~1", "HEAD", cwd=repo)

    assert "30 → 45" in done.stdout
    assert (repo / FLOW_PATH).read_bytes() == before
    assert "45 → 60" in ddd_lab("diff", "HEAD", ".", cwd=repo).stdout


def test_a_file_is_compared_with_itself_at_a_revision(repo: Path) -> None:
    top = repo.parents[1]
    by_name = ddd_lab("diff", f"HEAD:designs/shop/{FLOW_PATH}", repo / FLOW_PATH, cwd=top)
    from_here = ddd_lab("diff", f"HEAD:./{FLOW_PATH}", FLOW_PATH, cwd=repo)
    short = ddd_lab("diff", "HEAD", FLOW_PATH, cwd=repo)

    assert "30 → 45" in by_name.stdout
    assert [line for line in from_here.stdout.splitlines() if "→" in line] == [
        line for line in short.stdout.splitlines() if "→" in line
    ]
    assert "30 → 45" in short.stdout


def test_two_folders_are_compared_file_by_file(tmp_path: Path) -> None:
    old, new = small_project(tmp_path / "old"), small_project(tmp_path / "new")
    replace(new / "specs/domains/payments/domain.yaml", "Taking money", "Taking and giving")
    (new / "specs/domains/stock").mkdir()
    (new / "specs/domains/stock/domain.yaml").write_text(DOMAIN.replace("payments", "stock"))
    (new / FLOW_PATH).unlink()

    done = ddd_lab("diff", old, new)

    assert "specs/domains/payments/domain.yaml\n" in done.stdout
    assert "“Taking money” → “Taking and giving”" in done.stdout
    assert "specs/domains/stock/domain.yaml\n  the file was added\n" in done.stdout
    assert f"({FLOW_PATH})\n  the file was removed\n" in done.stdout


def test_comments_quotes_and_order_are_no_difference(tmp_path: Path) -> None:
    old, new = small_project(tmp_path / "old"), small_project(tmp_path / "new")
    replace(new / FLOW_PATH, "'Charge the card'", '"Charge the card"  # at last')
    method, path = "  method: POST\n", "  path: /charges   # public\n"
    replace(new / FLOW_PATH, method + path, path + method)

    done = ddd_lab("diff", old, new, "--exit-code")

    assert (done.returncode, done.stdout) == (0, "No differences.\n")


def test_loose_files_are_compared_as_flows_where_they_look_like_flows(tmp_path: Path) -> None:
    source = SAMPLE / "specs/domains/lending/flows/borrow-item.yaml"
    for name in ("before.yaml", "after.yaml"):
        (tmp_path / name).write_bytes(source.read_bytes())
    replace(tmp_path / "after.yaml", "label: Set the due date", "label: Pick the due date")

    done = ddd_lab("diff", "before.yaml", "after.yaml", cwd=tmp_path)

    assert "label “Set the due date” → “Pick the due date”" in done.stdout
    assert done.stdout.endswith("1 difference in 1 file.\n")


def test_json_lists_each_change_with_its_place(repo: Path) -> None:
    done = ddd_lab("diff", "HEAD", repo, "--format", "json")

    document = json.loads(done.stdout)
    assert document["equal"] is False
    (file,) = document["files"]
    assert (file["path"], file["flow"], file["state"]) == (
        FLOW_PATH,
        "payments/charge-card",
        "changed",
    )
    assert [(c["kind"], c["node"], c["path"]) for c in file["changes"]] == [
        ("node", "charge", ["spec", "timeout"]),
        ("node", "receipt", ["spec", "status"]),
    ]


def test_the_exit_status_tells_of_differences_only_on_request(repo: Path) -> None:
    assert ddd_lab("diff", "HEAD", repo).returncode == 0
    assert ddd_lab("diff", "HEAD", repo, "--exit-code").returncode == 1
    assert ddd_lab("diff", repo, repo, "--exit-code").returncode == 0


def test_a_version_that_cannot_be_read_is_never_taken_for_equal(repo: Path) -> None:
    (repo / FLOW_PATH).write_bytes(b"flow: [\n")

    done = ddd_lab("diff", "HEAD", repo)

    assert done.returncode == 2
    assert "the later version cannot be read" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("no-such-revision", "."), "'no-such-revision' names no commit"),
        (("--", "--output=x", "."), "'--output=x' names no commit"),
        (("HEAD:nowhere.yaml", FLOW_PATH), "there is no file 'nowhere.yaml'"),
        (("HEAD:designs", FLOW_PATH), "is a folder"),
        (("./nowhere", "."), "there is no file or folder './nowhere'"),
        ((FLOW_PATH, "specs"), "a file can be compared with a file only"),
    ],
)
def test_sides_that_do_not_exist_are_told(
    repo: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = ddd_lab("diff", *arguments, cwd=repo)

    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_without_git_has_no_revisions(tmp_path: Path) -> None:
    project = small_project(tmp_path)

    done = ddd_lab("diff", "HEAD", project)

    assert done.returncode == 2
    assert "is in no Git repository" in done.stderr


def test_links_in_a_revision_lead_nowhere(tmp_path: Path, git_repo: MakeRepo) -> None:
    project = small_project(tmp_path / "shop")
    (tmp_path / "secret.yaml").write_text("secret: 1\n")
    (project / "specs/link.yaml").symlink_to("../../secret.yaml")
    git_repo(project)

    done = ddd_lab("diff", "HEAD", project)

    assert "secret" not in done.stdout
    assert done.returncode == 0


def test_a_picture_of_a_place_marks_what_differs(repo: Path, tmp_path: Path) -> None:
    where = ("--at", "payments/charge-card")
    done = ddd_lab("diff", "HEAD", repo, "--to", "svg", *where, "--theme", "dark")

    assert done.returncode == 0
    root = ElementTree.fromstring(done.stdout)
    assert "changed: 2 cards" in {element.text for element in root.iter()}
    file = tmp_path / "both.svg"
    both = ddd_lab("diff", "HEAD", repo, *where, "--side-by-side", "-o", file)
    assert "wrote" in both.stderr
    assert {"HEAD", str(repo)} <= {one.text for one in ElementTree.parse(file).iter()}
    alone = ddd_lab("diff", "HEAD", FLOW_PATH, "--to", "svg", cwd=repo).stdout
    assert "changed: 2 cards" in alone
    assert ddd_lab("diff", "HEAD", repo, "--to", "svg", "--exit-code").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "svg", "--at", "payments/charge"), "did you mean 'payments/charge-card'?"),
        (("--to", "svg", "--format", "json"), "a picture is no JSON"),
        (("--at", "payments"), "--at is for pictures"),
        (("--side-by-side",), "--side-by-side is for pictures"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(
    repo: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = ddd_lab("diff", "HEAD", repo, *arguments)

    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_version_that_cannot_be_read_is_named_on_the_picture(repo: Path) -> None:
    (repo / FLOW_PATH).write_text("nodes: [", "utf-8")
    done = ddd_lab("diff", "HEAD", repo, "--to", "svg", "--at", "payments/charge-card")

    assert done.returncode == 2
    assert "the later version cannot be read" in done.stderr
    assert "the later version cannot be read" in done.stdout


def test_a_revision_that_is_mistyped_gets_the_nearest_name(repo: Path) -> None:
    git.Repo(repo, search_parent_directories=True).create_tag("v1.0-final")

    assert "did you mean 'v1.0-final'?" in ddd_lab("diff", "v1.0-finl", repo).stderr
