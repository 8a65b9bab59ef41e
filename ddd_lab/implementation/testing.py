"""Running the tests of a flow's code, and keeping what came of them.

What did not run never counts as passed: no runner, nothing collected, a crash and a time-out are
failures that say so.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.globbing import matching
from ddd_lab.implementation.config import Testing, read_config
from ddd_lab.implementation.errors import RunError
from ddd_lab.implementation.reports import Ended, Outcome, ReportError, TestCase, read_report
from ddd_lab.implementation.runners import runners
from ddd_lab.implementation.trust import require_trust
from ddd_lab.implementation.trust_request import tests_program
from ddd_lab.spec.lenient import items, mapping, text
from ddd_lab.spec.models.base import Frozen
from ddd_lab.visible import visible

REPORT = "{junit}"
"""Stands in the arguments of a command for the file that its report goes to."""
_ANY_REPORT = "{report}"
"""The same, for reports of any format."""
_MISSING = "there is no program {!r}. Install it, or set testing.command in .ddd/config.yaml"
_SET = "Set testing.command in .ddd/config.yaml."
_SEVERAL = "the project has several test runners: {}."
_NONE = "no test runner was found (pytest, npm, pnpm or yarn test, vitest, jest, go, cargo)."
_SHOWN = 4000
"""Characters of a runner's output that are kept to explain a failure."""
_READ = 5_000_000
"""Bytes of a runner's output, at its end, that are read."""


class TestRun(Frozen):
    """What came of running the tests of a flow.

    Attributes:
        flow: ``domain/flow``; empty for all tests.
        command: what was run, word by word.
        tests: in the order of the report.
        duration_ms: of the whole.
        problem: why there is no result that could be believed; empty if there is one.
    """

    __test__ = False

    flow: str = ""
    command: tuple[str, ...] = ()
    tests: tuple[TestCase, ...] = ()
    duration_ms: int = 0
    problem: str = ""

    def count(self, status: Outcome) -> int:
        """How many tests ended so."""
        return sum(test.status == status for test in self.tests)

    @property
    def passed(self) -> bool:
        """Whether tests ran, and none of them failed."""
        ran = self.count("passed") + self.count("skipped")
        return not self.problem and self.count("passed") > 0 and ran == len(self.tests)

    @property
    def failures(self) -> tuple[TestCase, ...]:
        """The tests that failed or could not be run."""
        return tuple(test for test in self.tests if test.status in ("failed", "error"))

    def summary(self) -> dict[str, Any]:
        """What the mapping keeps: counts, each test, and why they are not to be believed, if so."""
        return {
            "total": len(self.tests),
            "passed": self.count("passed"),
            "failed": self.count("failed"),
            "errors": self.count("error"),
            "duration_ms": self.duration_ms,
            "tests": [_kept(test) for test in self.tests],
            **({"problem": self.problem} if self.problem else {}),
        }

    def __str__(self) -> str:
        return visible("\n".join(self._lines()), lines=True)

    def _lines(self) -> Iterator[str]:
        if self.problem:
            yield f"The tests of {self.flow or 'the project'} gave no result: {self.problem}"
            return
        words = [
            f"{count} {status}"
            for status in ("passed", "failed", "error", "skipped")
            if (count := self.count(status))
        ]
        yield f"{self.flow or 'all tests'}: {', '.join(words)} in {self.duration_ms} ms"
        yield from (f"  {test.name}: {test.message or test.status}" for test in self.failures)

    __repr__ = __str__


def _kept(test: TestCase) -> dict[str, Any]:
    results: dict[str, Any] = {
        "name": test.name,
        "status": test.status,
        "duration_ms": test.duration_ms,
    }
    if test.message:
        results["error_message"] = test.message
    if test.detail:
        results["error_detail"] = test.detail[-_SHOWN:]
    return results


def tests_in_mapping(key: str, entry: Mapping[str, Any]) -> TestRun | None:
    """What the mapping keeps of the tests of a flow; None where it keeps nothing to go by.

    Args:
        entry: what stands in the mapping of the flow, keys written either way.
    """
    results = mapping(entry.get("test_results") or entry.get("testResults"))
    tests = tuple(
        TestCase(
            name=text(case.get("name")),
            status=case["status"],
            message=text(case.get("error_message") or case.get("errorMessage")),
            detail=text(case.get("error_detail") or case.get("errorDetail")),
        )
        for case in map(mapping, items(results.get("tests")))
        if case.get("status") in get_args(Outcome)
    )
    problem = text(results.get("problem"))
    return TestRun(flow=key, tests=tests, problem=problem) if tests or problem else None


def _camel(name: str) -> str:
    return re.sub(r"[-_](.)", lambda match: match[1].upper(), name)


_WAYS: Sequence[Callable[[str], str]] = (str, lambda name: name.replace("-", "_"), _camel)
"""How files may write the name of a flow."""


def files_in_scope(root: Path, key: str, pattern: str) -> list[str]:
    """The test files of a flow, relative to the project.

    Args:
        pattern: globs with ``{flow_id}`` and ``{domain}``, with ``|`` between them; each name is
            tried as it is and as Python and JavaScript write it: ``_`` for ``-``, ``placeOrder``.

    Where flows of several domains have the same id, the files that name the flow's own domain are
    its tests; if there are none, those that name none of the others.
    """
    domain, _, flow = key.partition("/")
    in_scope: set[str] = set()
    for written, glob in itertools.product(_WAYS, pattern.split("|")):
        one, other = (_literal(written(name)) for name in (flow, domain))
        in_scope.update(matching(root, glob.replace("{flow_id}", one).replace("{domain}", other)))
    paths = sorted(path for path in in_scope if "__pycache__" not in path)
    flows = matching(root, f"specs/domains/*/flows/{_literal(flow)}.y*ml")
    others = {path.split("/")[2] for path in flows} - {domain}
    if not others:
        return paths
    own = [path for path in paths if _names(path, domain)]
    return own or [path for path in paths if not any(_names(path, other) for other in others)]


def _names(path: str, domain: str) -> bool:
    """Whether the words of a domain's name stand in a path, one after another."""
    words, domain_words = (
        re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") for text in (path, domain)
    )
    return f"-{domain_words}-" in f"-{words}-"


def _literal(name: str) -> str:
    """A name in which no character means anything to a glob."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


class AlreadyTestedError(RunError):
    """The tests of a flow, or all tests, run just now."""


_running: set[tuple[Path, str]] = set()
_running_lock = threading.Lock()


@contextlib.contextmanager
def only_once(root: Path, key: str) -> Iterator[None]:
    """While the tests of a flow (all tests: empty) run, this program does not run them again.

    Raises:
        AlreadyTestedError: they run already.
    """
    with _running_lock:
        if (root, key) in _running:
            raise AlreadyTestedError(
                f"the tests of {key or 'the project'} are running already. Wait for them to end"
            )
        _running.add((root, key))
    try:
        yield
    finally:
        with _running_lock:
            _running.discard((root, key))


def tests_running(root: Path) -> list[str]:
    """The flows of a project whose tests this program runs just now; empty for all tests."""
    with _running_lock:
        return sorted(key for folder, key in _running if folder == root)


def run_tests(root: Path, config: Testing, key: str = "") -> TestRun:
    """Run the tests of a flow, or all of them, and read what they said.

    Args:
        root: the project's folder, in which the command runs.
        config: the settings of tests.
        key: ``domain/flow``; all tests if empty, or where the settings say ``scoped: false``.

    Raises:
        NotTrustedError: nobody has trusted the project with these settings.
        AlreadyTestedError: they run already.
        ConfigError: the settings of the project are broken.
    """
    with only_once(root, key):
        return _tested(root, config, key)


def _tested(root: Path, config: Testing, key: str) -> TestRun:
    scope: list[str] = []
    candidates = [] if config.command else runners(root)
    if candidates:
        commands = ", ".join(runner.command for runner in candidates)
        return TestRun(flow=key, problem=f"{_SEVERAL.format(commands)} {_SET}")
    if key and config.scoped:
        scope = files_in_scope(root, key, config.scope_pattern)
        if not scope:
            what = f"no file matches {config.scope_pattern} for {key}"
            configured = "command" in config.model_fields_set
            advice = "see testing.scope_pattern" if configured else f"{_NONE} {_SET}"
            return TestRun(flow=key, problem=f"{what}; {advice}")
    with tempfile.TemporaryDirectory(prefix="ddd-lab-tests-") as folder:
        report = Path(folder, "junit.xml")
        try:
            words = _words(config, report, scope)
        except ValueError as error:
            return TestRun(flow=key, problem=str(error))
        started = time.monotonic()
        output, status, problem = _run(root, words, config)
        took = round((time.monotonic() - started) * 1000)
        shown = tuple(word.replace(str(report), REPORT) for word in words)
        run = TestRun(flow=key, command=shown, duration_ms=took)
        if problem:
            return run.model_copy(update={"problem": problem})
        try:
            tests = read_report(config.report, Ended(shlex.join(shown), report, output, status))
        except ReportError as error:
            tests, problem = (), str(error)
        if not problem and not tests:
            problem = "no test was collected"
        run = run.model_copy(update={"tests": tests})
        if not problem and status and not run.failures:
            problem = f"no test failed, but the runner ended with status {status}"
        if problem:
            problem = f"{problem}.\n{output[-_SHOWN:]}".strip()
        return run.model_copy(update={"problem": problem})


def _words(config: Testing, report: Path, scope: Sequence[str]) -> list[str]:
    words = [*tests_program(config), *config.args]
    words = [word.replace(_ANY_REPORT, REPORT) for word in words]
    if config.report == "junit" and not any(REPORT in word for word in words):
        words.append(f"--junitxml={REPORT}")
    return [*(word.replace(REPORT, str(report)) for word in words), *map(_path, scope)]


def _path(path: str) -> str:
    """A path as a word that can be no option, nor ``@file``, the name of a file of options."""
    return path if path[0].isalnum() or path[0] in "_." else f"./{path}"


def _run(root: Path, words: Sequence[str], config: Testing) -> tuple[str, int, str]:
    """What the command printed, its status, and why its result does not count, if so."""
    if shutil.which(words[0]) is None and not storage.is_file(root, words[0]):
        return "", 0, _MISSING.format(words[0])
    used = read_config(root).model_copy(update={"testing": config})
    require_trust(root, "the test runner", config=used)
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                words,
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return "", 0, f"{words[0]} cannot be started: {error.strerror or error}"
        try:
            process.wait(config.timeout)
            problem = ""
        except subprocess.TimeoutExpired:
            problem = f"the tests did not end within {config.timeout:g} seconds"
        finally:
            _end(process)
        if process.returncode < 0 and not problem:
            problem = f"the runner was ended by signal {-process.returncode}"
        output.seek(max(0, output.seek(0, os.SEEK_END) - _READ))
        text = output.read().decode("utf-8", "replace")
    if problem:
        problem = f"{problem}.\n{text[-_SHOWN:]}".strip()
    return text, process.returncode, problem


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
