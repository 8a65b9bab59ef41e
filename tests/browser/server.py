"""A real `jupyter lab` server that knows nothing of the person's own settings."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.browser.timeouts import Timeouts

# Switched off, so that no news or update dialogue ever comes between a test and its page, and no
# page asks with Node.js whether JupyterLab should be built anew.
SWITCHED_OFF = {"@jupyterlab/apputils-extension:announcements": True}
QUIET = {"disabledExtensions": SWITCHED_OFF, "buildCheck": False}
SETTINGS: dict[str, dict[str, Any]] = {
    # Every cell is in the page, also those out of view: a test finds cells by number.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    # A test must not race a background save.
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}


@dataclass(frozen=True)
class JupyterServer:
    """A running server.

    Attributes:
        url: its address, without a trailing slash.
        token: what a request must carry.
        root: the folder it shows.
        runtime: the folder of the kernels' connection files.
        log: the file it writes its messages to.
        git: the Git that it uses; without this file there is none.
    """

    url: str
    token: str
    root: Path
    runtime: Path
    log: Path
    git: Path

    def api(self, path: str, method: str = "GET") -> Any:
        """Call the server's REST API.

        Args:
            path: such as `sessions`.
            method: the HTTP method.

        Returns:
            The answer's JSON, or None where it has none.

        Raises:
            urllib.error.HTTPError: the server refused.
        """
        request = urllib.request.Request(
            f"{self.url}/api/{path}",
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=Timeouts.REQUEST) as answer:
            body = answer.read()
        return json.loads(body) if body else None


@contextlib.contextmanager
def jupyter_server(folder: Path, *arguments: str, without: str = "") -> Iterator[JupyterServer]:
    """Run JupyterLab while the context is open; afterwards nothing of it is left running.

    Args:
        folder: an empty folder for its files, settings and log.
        arguments: more of them for its command line.
        without: an extension, or a plugin of one, that JupyterLab's pages do not load.

    Yields:
        The server, ready to answer.

    Raises:
        RuntimeError: it did not become ready; the message ends with its log.
    """
    root, config = folder / "root", folder / "config"
    root.mkdir(parents=True, exist_ok=True)
    quiet = {**QUIET, "disabledExtensions": SWITCHED_OFF | ({without: True} if without else {})}
    _write(config / "labconfig" / "page_config.json", quiet)
    for name, values in SETTINGS.items():
        _write(folder / "settings" / f"{name}.jupyterlab-settings", values)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = JupyterServer(
        url=f"http://127.0.0.1:{port}",
        token=secrets.token_hex(16),
        root=root,
        runtime=folder / "runtime",
        log=folder / "jupyterlab.log",
        git=folder / "git",
    )
    server.git.unlink(missing_ok=True)
    server.git.symlink_to(shutil.which("git") or "git")
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            [*without_root_powers(), *_command(server, port), *arguments],
            cwd=root,
            env=_environment(folder, server),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(server, process)
        yield server
    finally:
        _end(process)


def _command(server: JupyterServer, port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={server.root}",
        f"--IdentityProvider.token={server.token}",
        "--LabApp.expose_app_in_browser=True",
        # Should the tests be killed before they can end it, it ends itself.
        f"--MappingKernelManager.cull_idle_timeout={Timeouts.ABANDONED}",
        "--MappingKernelManager.cull_connected=True",
        f"--ServerApp.shutdown_no_activity_timeout={Timeouts.ABANDONED}",
    ]


@functools.cache
def without_root_powers() -> tuple[str, ...]:
    """What starts a program that may write only where its user may, also where that is root."""
    words = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if os.geteuid() != 0 or shutil.which(words[0]) is None:
        return ()
    return words if subprocess.run([*words, "true"], check=False).returncode == 0 else ()


def _environment(folder: Path, server: JupyterServer) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY_"))}
    return {
        **inherited,
        "GIT_PYTHON_GIT_EXECUTABLE": str(server.git),
        "HOME": str(folder / "home"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        # What is trusted here is trusted there: a test's programs are all one person's.
        "JUPYTER_DATA_DIR": os.environ.get("JUPYTER_DATA_DIR", str(folder / "data")),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }


def _write(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values), "utf-8")


def _wait_until_ready(server: JupyterServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + Timeouts.SERVER_START
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            server.api("status")
            return
        time.sleep(0.1)
    log = server.log.read_text("utf-8", "replace")
    raise RuntimeError(f"JupyterLab did not become ready. Its log:\n{log}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it started: kernels and terminals have sessions of their own."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.terminate()
    try:
        process.wait(Timeouts.SERVER_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    psutil.wait_procs(family, timeout=Timeouts.SERVER_END)
