"""What every test folder shares: real projects, Git repositories, isolation, the checklist."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import git
import pytest

from notebooks.scripted_claude.program import ADVICE, find_claude, install_claude
from tests.checklist import check_covers
from tests.corpus import corpus_root
from tests.planted_keys import files_with_the_key
from tests.profiles import load_profile

ENVIRONMENT = {
    # A test's Git must not depend on who runs it.
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada Tester",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Tester",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_TERMINAL_PROMPT": "0",
}
SECRETS = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "OPENAI_API_KEY")

load_profile()

LONGEST_FIRST = (
    "test_canvas_every_type.py",
    "test_design_tabs.py",
    "test_assistant_in_lab.py",
    "test_panel_files.py",
    "test_live_run.py",
    "test_design_tree.py",
    "test_rich_answers.py",
    "test_panel_trouble.py",
    "test_html_page.py",
    "test_canvas_accessible.py",
    "test_canvas_view_alone.py",
    "test_canvas_alone.py",
    "test_canvas_turns.py",
    "test_flow_map.py",
    "test_panel_queue.py",
    "test_git_panel.py",
    "test_odd_repositories.py",
    "test_home_story.py",
)
"""The browser tests that take longest, so that all workers end at about the same time."""


def _turn(item: pytest.Item) -> tuple[bool, int]:
    """When it is the turn of a test's file.

    Browser tests come last: Playwright leaves an event loop running, in which other tests cannot
    run theirs.
    """
    name = item.path.name
    order = LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)
    return item.get_closest_marker("browser") is not None, order


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Check the checklist marks, and put the files in order."""
    for item in items:
        check_covers(item)
    items.sort(key=_turn)


@pytest.fixture(scope="session", autouse=True)
def no_key_is_written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Search all that the tests leave for the key that they give to the models' servers."""
    yield
    assert files_with_the_key(tmp_path_factory.getbasetemp()) == []


@pytest.fixture(scope="session", autouse=True)
def isolated_environment(
    no_key_is_written: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Take the person's own Git settings, API keys and Jupyter data away from the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(tmp_path_factory.mktemp("jupyter-data")))
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        for name in SECRETS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse connections that leave this computer: a test must not depend on the network."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"", "localhost", "::1"} and not str(host).startswith("127."):
            raise AssertionError(
                f"A test tried to connect to {address!r}; use a local fake instead."
            )
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real projects to test against; read only."""
    root = corpus_root()
    if root is None:
        pytest.skip("the corpus is not there: put it at ../shared/corpus or set DDD_LAB_CORPUS")
    return root


@pytest.fixture
def corpus_copy(corpus: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A function that copies a corpus project, such as `"nexus"`, to a place of its own."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(corpus / name, tmp_path / name, copy_function=shutil.copyfile))

    return copy


@pytest.fixture(scope="session")
def claude() -> Path:
    """The real Claude Code; it is installed where it is not there yet."""
    if find_claude() is None:
        install_claude()
    program = find_claude()
    if program is None:
        pytest.fail(ADVICE)
    return program


@pytest.fixture
def git_repo() -> Callable[[Path], git.Repo]:
    """A function that makes a folder a Git repository with one commit of all that is in it."""

    def init(path: Path) -> git.Repo:
        path.mkdir(parents=True, exist_ok=True)
        repo = git.Repo.init(path, initial_branch="main")
        repo.git.add("--all")
        repo.git.commit("--allow-empty", "--message", "First commit")
        return repo

    return init
