"""Real Git repositories with a small design, as tests of Git need them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.canvas.shop import write_shop

FLOW = "specs/domains/orders/flows/place-order.yaml"
DOMAIN = "specs/domains/orders/domain.yaml"
FOLDERS, EACH = 500, 100


def run_git(folder: Path, *words: str, given: bytes | None = None) -> str:
    """What Git answers, as a person calls it in a terminal."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, input=given)
    return done.stdout.decode().strip()


def committed_shop(folder: Path, **files: str) -> Path:
    """A repository with the shop in it, committed once; returns its folder."""
    root = write_shop(folder, **files)
    commit_first(root, "The shop")
    return root


def commit_first(root: Path, message: str = "First commit") -> None:
    """Make a folder a repository, and commit all that is in it."""
    run_git(root, "init", "-q", "-b", "main")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", message)


def change(root: Path, old: str, new: str, path: str = FLOW) -> None:
    """Change a text in a file, as an editor would."""
    text = (root / path).read_text("utf-8")
    assert old in text, text
    (root / path).write_text(text.replace(old, new), "utf-8")


def hook(root: Path, name: str, script: str) -> None:
    """Put a hook into a repository."""
    path = root / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def shared(folder: Path) -> tuple[Path, Path]:
    """Two clones of one repository with the shop: ours and theirs."""
    first = committed_shop(folder / "first")
    run_git(folder, "clone", "-q", "--bare", str(first), "remote.git")
    for name in ("ours", "theirs"):
        run_git(folder, "clone", "-q", "remote.git", name)
    return folder / "ours", folder / "theirs"


def large_repository(folder: Path) -> Path:
    """A repository with 50,000 files and a design in a folder of it; returns the design's."""
    root = write_shop(folder / "designs/shop")
    run_git(folder, "init", "-q", "-b", "main")
    who = "committer Ada <ada@example.org> 1700000000 +0000"
    lines = ["blob", "mark :1", "data 5", "code", ""]
    lines += ["commit refs/heads/main", who, "data 3", "All"]
    lines += [
        f"M 100644 :1 src/package{number}/module{other}.py"
        for number in range(FOLDERS)
        for other in range(EACH)
    ]
    run_git(folder, "fast-import", "--quiet", given="\n".join([*lines, ""]).encode())
    run_git(folder, "reset", "-q")
    run_git(folder, "add", "designs")
    run_git(folder, "commit", "-qm", "The design")
    return root
