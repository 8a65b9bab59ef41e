"""What moved between a spec and its code, to look at: the lines of the spec, and its tests."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ddd_lab.implementation.mapping import Mapped, snake
from ddd_lab.lossless_yaml import YamlError, decode
from ddd_lab.spec.lenient import mapping, text
from ddd_lab.spec.models.base import Frozen
from ddd_lab.text_diff import unified_diff

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync, SyncStatus


class TestCounts(Frozen):
    """What the tests of a flow said when they ran last.

    Attributes:
        passed: how many passed.
        failed: how many failed or could not be run.
        skipped: how many were left out.
        problem: why these counts are not to be believed; empty if they are.
    """

    __test__ = False

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problem: str = ""

    @property
    def total(self) -> int:
        """How many tests there are."""
        return self.passed + self.failed + self.skipped

    def __add__(self, other: TestCounts) -> TestCounts:
        return TestCounts(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            skipped=self.skipped + other.skipped,
            problem=self.problem or other.problem,
        )


def recorded_tests(mapped: Mapped | None) -> TestCounts | None:
    """How the tests went that are recorded of a flow; None where none are."""
    for name, value in (mapped.extra if mapped is not None else {}).items():
        if snake(name) == "test_results":
            results = mapping(value)
            passed, failed = _count(results.get("passed")), _count(results.get("failed"))
            failed += _count(results.get("errors"))
            total = max(_count(results.get("total")), passed + failed)
            skipped, problem = total - passed - failed, text(results.get("problem"))
            if total or problem:
                return TestCounts(passed=passed, failed=failed, skipped=skipped, problem=problem)
    return None


def spec_diff(sync: Sync, status: SyncStatus) -> str:
    """The spec since it was implemented, as a unified diff; empty where it did not change.

    Args:
        status: of a flow or schema. Where nobody kept its version of then, there is no diff.
    """
    before, path = sync.version_then(status), sync.spec_path(status)
    if before is None:
        return ""
    current = sync.files.read(path)
    return unified_diff(
        _text(before), _text(current or b""), f"a/{path}", f"b/{path}" if current else "/dev/null"
    )


def drift_seal(sync: Sync, status: SyncStatus) -> str:
    """What is another as soon as anything that a status is about moves again.

    Args:
        status: of a flow or schema.
    """
    files = status.mapped.files if status.mapped is not None else ()
    paths = (sync.spec_path(status), *files)
    digests = (status.state, [(path, sync.files.digests(path)) for path in paths])
    return hashlib.sha256(repr(digests).encode("utf-8", "replace")).hexdigest()[:24]


def _text(raw: bytes) -> str:
    try:
        content = decode(raw)
    except YamlError:
        content = raw.decode("utf-8", "replace")
    # Line ends differ from system to system, and that is no change.
    return content.replace("\r\n", "\n")


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
