"""The prompt that has failing tests of flows fixed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.prompts.parts import AFTERWARDS, REPORT, beginning, numbered
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.quoting import SHOWN, fenced, named, quoted
from ddd_lab.implementation.testing import REPORT as JUNIT
from ddd_lab.implementation.testing import TestRun, files_in_scope
from ddd_lab.spec.no_such import no_such

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync

_TESTS = 50
"""Failed tests of a flow that the prompt tells of."""
_ROOM = 40_000
"""Letters for what all tests said: systems limit how long the words of a command may be."""
_LEAST = 400
"""Letters of what one test said, however many have failed."""


def fix_prompt(sync: Sync, tests: Mapping[str, TestRun], config: BuildConfig) -> Prompt:
    """The prompt that has failing tests fixed.

    Args:
        tests: what the tests said when they ran last, by ``domain/flow``.
    """
    failed = {key: run for key, run in tests.items() if not run.passed}
    if not failed:
        raise ValueError("no test has failed: there is nothing to fix")
    files: dict[str, str] = {}
    for key in failed:
        files.update(_files(sync, key, config))
    lines = [*beginning("Fix the failing tests of", failed), *numbered(files.items())]
    count = sum(min(len(run.failures), _TESTS) for run in failed.values())
    share = min(SHOWN, max(_LEAST, _ROOM // max(1, 2 * count)))
    for key, run in failed.items():
        lines += _failures(key, run, share)
    lines += [*_instructions(failed), *AFTERWARDS, *REPORT]
    return Prompt(
        flows=tuple(failed), kind="fix", mode="update", text="\n".join(lines), files=tuple(files)
    )


def _files(sync: Sync, key: str, config: BuildConfig) -> Iterator[tuple[str, str]]:
    if key not in sync.workspace.design.flow_keys:
        raise no_such("flow", key, sync.workspace.design.flow_keys)
    yield sync.workspace.flow_path(key), f"the flow {named(key)}"
    mapped = sync.flow(key).mapped
    for path in mapped.files if mapped else ():
        if sync.files.digests(path):
            yield path, f"code of {named(key)}"
    for path in files_in_scope(sync.workspace.root, key, config.testing.scope_pattern):
        yield path, f"tests of {named(key)}"


def _failures(key: str, run: TestRun, share: int) -> Iterator[str]:
    """What failed in a flow: of each test the beginning of its message, the end of its details."""
    yield f"## What failed in {named(key)}"
    yield ""
    if run.problem:
        yield "The tests gave no result:"
        yield ""
        yield from fenced(run.problem[-SHOWN:])
        yield ""
    for test in run.failures[:_TESTS]:
        yield f"### {quoted(test.name)}"
        yield ""
        if test.message:
            yield from fenced(test.message[:share])
            yield ""
        if test.detail:
            yield from fenced(test.detail[-share:])
            yield ""
    if (left := len(run.failures) - _TESTS) > 0:
        yield f"And {left} more have failed."
        yield ""


def _instructions(failed: Mapping[str, TestRun]) -> Iterator[str]:
    yield "## What to do"
    yield ""
    yield "- Find out for each of them whether the code or the test is wrong; the spec decides."
    yield "- Change the code so that it does what the spec says and the tests pass."
    yield "- Change a test only where it wants something else than the spec, and report it."
    yield "- Delete no test, skip none, and let none assert less."
    commands = {_command(run): None for run in failed.values() if run.command}
    for command in commands:
        yield f"- Run the tests: {quoted(command, SHOWN)}"
    yield ""


def _command(run: TestRun) -> str:
    return shlex.join(word for word in run.command if JUNIT not in word)
