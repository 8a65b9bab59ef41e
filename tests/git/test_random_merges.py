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


def git(folder: Path, *words: str, check: bool = True, given: bytes | None = None) -> None:
    subprocess.run(["git", *words], cwd=folder, check=check, capture_output=True, input=given)


def merge(folder: Path) -> None:
    git(folder, "merge", "-q", "theirs", check=False)


def rebase(folder: Path) -> None:
    git(folder, "checkout", "-q", "theirs")
    git(folder, "rebase", "-q", "ours", check=False)


def cherry_pick(folder: Path) -> None:
    git(folder, "cherry-pick", "theirs", check=False)


def commits(versions: dict[str, tuple[str, str, str]]) -> Iterator[bytes]:
    """Branches base, ours and theirs of one commit each, as ``git fast-import`` reads them."""
    for side, branch in enumerate(("base", "ours", "theirs")):
        texts = {".gitattributes": ATTRIBUTES, **{p: texts[side] for p, texts in versions.items()}}
        yield f"commit refs/heads/{branch}\ncommitter A <a@b> 0 +0000\ndata 0\n".encode()
        yield b"from refs/heads/base\n" if side else b""
        for path, text in texts.items():
            raw = text.encode()
            yield f"M 100644 inline {path}\ndata {len(raw)}\n".encode() + raw + b"\n"


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
        git(folder, "init", "-q", "-b", "nothing")
        git(folder, "fast-import", "--quiet", given=b"".join(commits(versions)))
        git(folder, "config", "merge.ddd.driver", driver)
        git(folder, "config", "core.fsync", "none")
        git(folder, "checkout", "-q", "ours")
        way(folder)
        for path, (base, ours, theirs) in versions.items():
            merged = (folder / path).read_bytes().decode()
            if theirs in (base, ours):
                assert merged == ours
            elif ours == base:
                assert merged == theirs
            else:
                check_merge(base, ours, theirs, merged)
