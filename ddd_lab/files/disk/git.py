"""Git, asked about a project or told to do something in it: the one way to call it.

A repository's own settings can name programs (``core.fsmonitor``, filters, ``gpg.program``, ...),
and whoever made the folder wrote them. So `Git` overrides in each call every setting that could
start a program or reach the network, writes nothing, and has a limit of time. What runs is Git
alone. `ActingGit` is for a person's own acts: hooks, filters and credential helpers are part of
them, so its callers ask for trust first where the repository itself names programs.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from ddd_lab.capabilities import lack_of
from ddd_lab.files.disk.storage import LARGEST
from ddd_lab.visible import VisibleError

LIMIT: Final = 60.0
"""Seconds that Git has for an answer."""
_FOR_SETTINGS: Final = 10.0
"""Seconds that Git has for telling its settings."""
_SETTINGS: Final[Mapping[str, str]] = {
    "core.fsmonitor": "",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.sshCommand": "false",
    "core.gitProxy": "",
    "core.askPass": "",
    "core.alternateRefsCommand": "",
    "credential.helper": "",
    "diff.external": "",
    "diff.ignoreSubmodules": "all",
    "diff.submodule": "short",
    "gc.auto": "0",
    "gpg.program": "false",
    "gpg.openpgp.program": "false",
    "gpg.ssh.program": "false",
    "gpg.ssh.defaultKeyCommand": "",
    "gpg.x509.program": "false",
    "log.follow": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.allow": "never",
    "status.submoduleSummary": "false",
    "submodule.recurse": "false",
}
"""What every call is set to, whatever the repository says."""
_DRIVER = re.compile(
    r"(?:filter|diff|merge)\..+\.(clean|smudge|process|required|command|textconv|driver)"
)
"""Settings with a name in them that start programs; the repository chooses the names."""
_ENVIRONMENT: Final[Mapping[str, str]] = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ASKPASS": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
}
_ACTING_LIMIT: Final = 600.0
"""Seconds that Git has for doing something: a hook may run tests, and a network may be slow."""
_ACTING_SETTINGS: Final[Mapping[str, str]] = {
    "core.pager": "cat",
    # A folder that merely looks like a repository is none: its settings were not shown to anybody.
    "safe.bareRepository": "explicit",
    "user.useConfigOnly": "true",
}
_ACTING_ENVIRONMENT: Final[Mapping[str, str]] = {
    "GCM_INTERACTIVE": "never",
    "GIT_ASKPASS": "",
    "GIT_EDITOR": ":",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "SSH_ASKPASS_REQUIRE": "never",
}
"""Nobody is there to answer a question, so none is asked."""
_CHOSEN: Final = "GIT_PYTHON_GIT_EXECUTABLE"
"""The variable in which a person names another Git."""
_OWN_SSH: Final = ("GIT_SSH", "GIT_SSH_COMMAND")
_REDIRECTING: Final = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_WORK_TREE",
)
"""Variables that a hook of Git, or a person, may have set for another repository or purpose."""


class GitError(VisibleError, RuntimeError):
    """Git is not here, refuses, or takes too long; the message says which.

    Attributes:
        complaint: all that Git, or a hook of it, has said.
    """

    def __init__(self, message: str, complaint: str = "") -> None:
        super().__init__(message)
        self.complaint = complaint


class Git:
    """Git, asked about the repository that a folder lies in; what fails raises `GitError`."""

    def __init__(self, folder: Path, *, limit: float = LIMIT) -> None:
        self._folder = os.path.abspath(folder)  # noqa: PTH100 - a text
        self._limit = limit
        self._given_up = ""

    def ask(self, *words: str, stdin: bytes = b"") -> bytes:
        """What Git answers to a command, which reads ``stdin``.

        Names that come from data go behind ``--`` or ``--end-of-options``; paths are no patterns.
        """
        drivers = {name: "false" if name.endswith(".required") else "" for name in self._drivers()}
        return self._answer({**_SETTINGS, **drivers}, words, stdin, self._limit)

    def text(self, *words: str) -> str:
        """What Git answers, as text; bytes that are no text are kept as Python keeps them."""
        return self.ask(*words).decode("utf-8", "surrogateescape")

    def prefix(self) -> str:
        """The folder's path from the top of its work tree, with a slash at its end unless empty."""
        within, _, prefix = self.text(
            "rev-parse", "--is-inside-work-tree", "--show-prefix"
        ).partition("\n")
        if within != "true":
            raise GitError(f"{self._folder} is not in the work tree of a Git repository")
        return prefix.removesuffix("\n")

    def commit(self, revision: str) -> str:
        """The hash of the commit that a revision names."""
        # Git itself reads the name: it knows every way to name a commit.
        words = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return self.text("rev-parse", *words).strip()

    def tree(self, commit: str, *paths: str) -> Iterator[tuple[str, str]]:
        """The regular files of a commit: each one's path from the top, and its content's hash."""
        listing = self.text("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
        for entry in listing.split("\0"):
            about, _, path = entry.partition("\t")
            mode, _, hash = about.rpartition(" ")
            # Links lead who knows where, and submodules are not this repository's.
            if mode.startswith("100"):
                yield path, hash

    def staged(self, *paths: str) -> Iterator[tuple[str, str]]:
        """The regular files of the index below paths from the folder, as `tree` has them.

        Of a file in conflict it is the version of the branch that one stands on.
        """
        listing = self.text("ls-files", "--stage", "--full-name", "-z", "--", *paths)
        for entry in listing.split("\0"):
            about, _, path = entry.partition("\t")
            mode, hash, stage = about.split() or ("", "", "")
            if mode.startswith("100") and stage in ("0", "2"):
                yield path, hash

    def contents(self, hashes: Iterable[str], *, limit: int = LARGEST) -> dict[str, bytes]:
        """The contents of files by hash, without those that are not here or have more bytes."""
        names = "".join(f"{hash}\n" for hash in dict.fromkeys(hashes)).encode()
        sizes = self.ask("cat-file", "--batch-check", stdin=names).decode().splitlines()
        small = [line.split() for line in sizes if line.split()[1:2] == ["blob"]]
        small = [line for line in small if int(line[2]) <= limit]
        request = "".join(f"{line[0]}\n" for line in small).encode()
        answer = self.ask("cat-file", "--batch", stdin=request)
        by_hash: dict[str, bytes] = {}
        at = 0
        for hash, _, size in small:
            begin = answer.index(b"\n", at) + 1
            at = begin + int(size) + 1
            by_hash[hash] = answer[begin : at - 1]
        return by_hash

    def _drivers(self) -> list[str]:
        """The settings that name a program for some files, wherever they were set."""
        listed = ("config", "--list", "--includes", "--name-only", "-z")
        listing = self._answer(_SETTINGS, listed, b"", min(self._limit, _FOR_SETTINGS))
        names = set(listing.decode("utf-8", "surrogateescape").split("\0"))
        drivers = [name for name in names if _DRIVER.fullmatch(name)]
        for name in drivers:
            if "=" in name or "\n" in name:
                raise GitError(f"the setting {name!r} of Git cannot be switched off: rename it")
        return drivers

    def _answer(
        self, settings: Mapping[str, str], words: Iterable[str], stdin: bytes, limit: float
    ) -> bytes:
        if self._given_up:
            raise GitError(self._given_up)
        call = _Call(self._folder, words, settings, _ENVIRONMENT, stdin, limit)
        with _prepared(call) as (command, options):
            import git

            try:
                return _outcome(git.Git().execute(command, **options))
            except TimeoutError:
                # A pipe in the repository, or a dead disk: the next question would wait as long.
                self._given_up = f"Git has not answered within {limit:g} seconds"
                raise GitError(self._given_up) from None


class ActingGit:
    """Git, as a person has set it up, to do something in the repository of a folder.

    Its hooks, filters and helpers run. It never asks a question: what needs an answer fails.
    """

    def __init__(self, folder: Path, *, limit: float = _ACTING_LIMIT) -> None:
        self._folder = os.path.abspath(folder)  # noqa: PTH100 - a text
        self._limit = limit

    def ask(self, *words: str, stdin: bytes = b"", index: str = "") -> str:
        """Do something; ``index`` is the file that stands for the repository's own index."""
        environment = {**_ACTING_ENVIRONMENT, **({"GIT_INDEX_FILE": index} if index else {})}
        call = _Call(
            self._folder, words, _ACTING_SETTINGS, environment, stdin, self._limit, own_ssh=True
        )
        return self._carried_out(call).decode("utf-8", "surrogateescape")

    def _carried_out(self, call: _Call) -> bytes:
        with _prepared(call) as (command, options):
            import git

            # Without a terminal, ssh cannot wait there for a password.
            begun = git.Git().execute(
                command,
                as_process=True,
                start_new_session=True,
                istream=options["istream"],
                shell=False,
                env=options["env"],
            )
            process = begun.proc  # which ends with `begun`
            try:
                answer, complaint = process.communicate(timeout=call.limit)
            except subprocess.TimeoutExpired:
                _stop(process.pid)
                process.communicate()
                raise GitError(
                    f"Git, or a hook of it, was stopped after {call.limit:g} seconds"
                ) from None
            return _outcome((process.returncode, answer, complaint.decode("utf-8", "replace")))


class _Call(NamedTuple):
    folder: str
    words: Iterable[str]
    settings: Mapping[str, str]
    environment: Mapping[str, str]
    stdin: bytes
    limit: float
    own_ssh: bool = False


def _stop(pid: int) -> None:
    """End a program and all that it has started."""
    if sys.platform == "win32":
        os.kill(pid, signal.SIGTERM)
    else:
        os.killpg(pid, signal.SIGKILL)


@contextlib.contextmanager
def _prepared(call: _Call) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """A call as GitPython carries it out, which is imported by then."""
    if lack := lack_of("git"):
        raise GitError(lack)
    program = _installed(os.environ.get(_CHOSEN) or "git")
    with _chosen(program):
        import git
    stray = [name for name in _REDIRECTING if name in os.environ]
    if stray and os.name == "nt":
        raise GitError(f"the variable {stray[0]} points Git to another place. Unset it")
    # GitPython only adds to the environment.
    allowed = {*call.environment, *(_OWN_SSH if call.own_ssh else ())}
    unset = [word for name in stray if name not in allowed for word in ("-u", name)]
    clean = [_installed("env"), *unset] if unset else []
    fixed = [word for name, value in call.settings.items() for word in ("-c", f"{name}={value}")]
    command = [*clean, program, "-C", call.folder, "--no-pager", "--literal-pathspecs", *fixed]
    command += call.words
    with tempfile.TemporaryFile() as file:
        file.write(call.stdin)
        file.seek(0)
        try:
            yield (
                command,
                {
                    "istream": file,
                    "with_extended_output": True,
                    "with_exceptions": False,
                    "stdout_as_string": False,
                    "strip_newline_in_stdout": False,
                    "kill_after_timeout": None if sys.platform == "win32" else call.limit,
                    "shell": False,
                    "env": dict(call.environment),
                },
            )
        except (git.GitError, OSError, ValueError) as error:
            raise GitError(f"Git cannot be run: {error}") from error


def _outcome(done: Any) -> bytes:
    """The answer of a call that has ended; `GitError` where Git refuses."""
    status, answer, complaint = done
    complaint = str(complaint).strip()
    if status and complaint.startswith("Timeout:"):
        raise TimeoutError
    if status:
        first_line = complaint.split("\n")[0] or f"it ended with status {status}"
        # What a hook prints is what people need to know of it.
        everything = "\n".join(filter(None, (complaint, answer.decode("utf-8", "replace").strip())))
        raise GitError(f"Git refuses: {first_line}", everything)
    return bytes(answer)


def _installed(name: str) -> str:
    """The absolute path of a program: an entry of PATH that is relative may lead into a project."""
    folders = [folder for folder in os.get_exec_path() if os.path.isabs(folder)]  # noqa: PTH117 - a text
    path = shutil.which(name, path=os.pathsep.join(folders))
    if path is None or not os.path.isabs(path):  # noqa: PTH117 - a text
        raise GitError(f"{name} was not found in any absolute folder of PATH")
    return path


@contextlib.contextmanager
def _chosen(program: str) -> Iterator[None]:
    """GitPython runs Git once when it is imported: this one."""
    before = os.environ.get(_CHOSEN)
    os.environ[_CHOSEN] = program
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_CHOSEN, None)  # another thread may have
        else:
            os.environ[_CHOSEN] = before
