"""Thousands of merges of specs that two people changed at random, by Git itself."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from tests.git.driver_server import driver_server
from tests.git.merge_oracle import check_merge
from tests.git.random_designs import any_file, edited, text_of
from tests.profiles import tries

FILES = 80
"""In each repository; each is one merge of three versions."""
ATTRIBUTES = "*.yaml merge=ddd\n"


@pytest.fixture(scope="module")
def driver() -> Iterator[str]:
    with driver_server() as command:
        yield command


def git(folder: Path, *words: str, check: bool = True) -> None:
    subprocess.run(["git", *words], cwd=folder, check=check, capture_output=True)


def merge(folder: Path) -> None:
    git(folder, "merge", "-q", "theirs", check=False)


def rebase(folder: Path) -> None:
    git(folder, "checkout", "-q", "theirs")
    git(folder, "rebase", "-q", "ours", check=False)


def cherry_pick(folder: Path) -> None:
    git(folder, "cherry-pick", "theirs", check=False)


def commit(folder: Path, branch: str, texts: dict[str, str], parent: str = "") -> None:
    """Commit some files on a new branch, without looking at any other file."""
    if parent:
        git(folder, "checkout", "-q", "-b", branch, parent)
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", branch)


@hypothesis.given(st.integers(0, 2**32), st.sampled_from([merge, rebase, cherry_pick]))
@hypothesis.settings(
    max_examples=tries(25, 500), suppress_health_check=list(hypothesis.HealthCheck)
)
def test_nothing_is_lost_and_nothing_else_is_said(
    driver: str, seed: int, way: Callable[[Path], None]
) -> None:
    rng = random.Random(seed)
    versions: dict[str, tuple[str, str, str]] = {}
    for number in range(FILES):
        place, tree, style = any_file(rng)
        trees = (tree, edited(rng, tree, "o"), edited(rng, tree, "t"))
        base, ours, theirs = (text_of(one, style) for one in trees)
        versions[f"{place}/{number}.yaml"] = base, ours, theirs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        git(folder, "init", "-q", "-b", "base")
        (folder / ".git/config").open("a").write("[core]\n\tautocrlf = false\n")
        git(folder, "config", "merge.ddd.driver", driver)
        (folder / ".gitattributes").write_text(ATTRIBUTES)
        for side, branch in enumerate(("base", "theirs", "ours")):
            which = (0, 2, 1)[side]
            texts = {path: texts[which] for path, texts in versions.items()}
            commit(folder, branch, texts, "base" if side else "")
        way(folder)
        for path, (base, ours, theirs) in versions.items():
            merged = (folder / path).read_bytes().decode()
            if theirs in (base, ours):
                assert merged == ours
            elif ours == base:
                assert merged == theirs
            else:
                check_merge(base, ours, theirs, merged)
