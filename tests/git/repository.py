"""Real Git repositories with a small design, as tests of Git need them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.canvas.shop import write_shop

FLOW = "specs/domains/orders/flows/place-order.yaml"
DOMAIN = "specs/domains/orders/domain.yaml"


def run_git(folder: Path, *words: str, given: bytes | None = None) -> str:
    """What Git answers, as a person calls it in a terminal."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, input=given)
    return done.stdout.decode().strip()


def committed_shop(folder: Path, **files: str) -> Path:
    """A repository with the shop in it, committed once; returns its folder."""
    root = write_shop(folder, **files)
    run_git(root, "init", "-q", "-b", "main")
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", "The shop")
    return root


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
