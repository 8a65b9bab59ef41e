"""What runners tell of each test, in the formats that they have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from xml.etree import ElementTree

from ddd_lab.files.disk import storage
from ddd_lab.spec.lenient import items, mapping, text
from ddd_lab.spec.models.base import Frozen

Outcome = Literal["passed", "failed", "error", "skipped"]
Format = Literal["junit", "jest", "go", "cargo", "status"]
_LARGEST = 50_000_000
"""Bytes of a report beyond which it is not read."""
_WORDS: Final[dict[str, Outcome]] = {
    **{"passed": "passed", "pass": "passed", "ok": "passed"},
    **{"failed": "failed", "fail": "failed", "FAILED": "failed"},
    **{"skip": "skipped", "ignored": "skipped"},
}
"""How the runners name what came of a test; jest calls a skipped one by several names."""
_RUST_TEST = re.compile(r"^test (.+?) \.\.\. (ok|FAILED|ignored)\b", re.MULTILINE)
_RUST_DETAIL = re.compile(
    r"^---- (.+?) stdout ----\n(.*?)(?=^---- |^failures:$)", re.MULTILINE | re.DOTALL
)


class TestCase(Frozen):
    """One test.

    Attributes:
        name: with the file or class that it stands in.
        status: ``passed``, ``failed``, ``error`` (it could not be run) or ``skipped``.
        duration_ms: how long it took.
        message: of a failure, its first line.
        detail: of a failure, all of it.
    """

    __test__ = False

    name: str
    status: Outcome
    duration_ms: int = 0
    message: str = ""
    detail: str = ""


class Ended(NamedTuple):
    """A runner that has ended.

    Attributes:
        command: what was run, in words.
        report: the file that it was told to write.
        output: what it printed.
        status: with which it ended.
    """

    command: str
    report: Path
    output: str
    status: int


class ReportError(ValueError):
    """A report cannot be read; the message says why and what to do."""


def read_report(format: Format, ended: Ended) -> tuple[TestCase, ...]:
    """The tests that a runner tells of, in its order."""
    try:
        return tuple(_READERS[format](ended))
    except FileNotFoundError as error:
        raise ReportError(
            "the command wrote no report; put {report} into testing.args where its path belongs, "
            "or set testing.report to what the command prints"
        ) from error
    except OSError as error:
        raise ReportError(f"its report cannot be read: {error.strerror or error}") from error
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ReportError(f"its report cannot be read: {error}") from error


def _written(ended: Ended) -> bytes:
    return storage.read(ended.report.parent, ended.report.name, limit=_LARGEST)


def _junit(ended: Ended) -> Iterator[TestCase]:
    for case in ElementTree.fromstring(_written(ended)).iter("testcase"):
        status: Outcome = "passed"
        reason: ElementTree.Element | None = None
        for tag, word in (("skipped", "skipped"), ("failure", "failed"), ("error", "error")):
            element = case.find(tag)
            if element is not None:
                status, reason = word, element  # type: ignore[assignment]  # one of the words above
        where = case.get("classname", "") or case.get("file", "")
        yield TestCase(
            name="::".join(part for part in (where, case.get("name", "")) if part),
            status=status,
            duration_ms=_milliseconds(case.get("time", "")),
            message=_first_line(reason.get("message", "") if reason is not None else ""),
            detail=(reason.text or "").strip() if reason is not None else "",
        )


def _jest(ended: Ended) -> Iterator[TestCase]:
    for suite in map(mapping, items(mapping(json.loads(_written(ended))).get("testResults"))):
        path, cases = text(suite.get("name")), items(suite.get("assertionResults"))
        if not cases and suite.get("status") == "failed":
            why = text(suite.get("message"))
            yield TestCase(name=path, status="error", message=_first_line(why), detail=why)
        for case in map(mapping, cases):
            why = "\n".join(map(text, items(case.get("failureMessages"))))
            yield TestCase(
                name=f"{path}::{text(case.get('fullName'))}",
                status=_WORDS.get(text(case.get("status")), "skipped"),
                duration_ms=_milliseconds(case.get("duration"), 1),
                message=_first_line(why),
                detail=why,
            )


def _go(ended: Ended) -> Iterator[TestCase]:
    printed: dict[tuple[str, str], str] = {}
    for line in ended.output.splitlines():
        try:
            event = mapping(json.loads(line))
        except ValueError:  # what the compiler says
            continue
        key = text(event.get("Package")), text(event.get("Test"))
        output = event.get("Output")
        if isinstance(output, str) and not output.startswith("==="):
            printed[key] = printed.get(key, "") + output
        status = _WORDS.get(text(event.get("Action")))
        if key[1] and status is not None:
            why = printed.get(key, "") if status == "failed" else ""
            yield TestCase(
                name="::".join(key),
                status=status,
                duration_ms=_milliseconds(event.get("Elapsed")),
                message=_first_line(why),
                detail=why.strip(),
            )


def _cargo(ended: Ended) -> Iterator[TestCase]:
    details = {name: why.strip() for name, why in _RUST_DETAIL.findall(ended.output)}
    for name, word in _RUST_TEST.findall(ended.output):
        why = details.get(name, "")
        yield TestCase(name=name, status=_WORDS[word], message=_first_line(why), detail=why)


def _status(ended: Ended) -> Iterator[TestCase]:
    status: Outcome = "failed" if ended.status else "passed"
    why = ended.output.strip() if ended.status else ""
    message = f"ended with status {ended.status}" if ended.status else ""
    yield TestCase(name=ended.command, status=status, message=message, detail=why)


_READERS: Final[dict[Format, Callable[[Ended], Iterator[TestCase]]]] = {
    "junit": _junit,
    "jest": _jest,
    "go": _go,
    "cargo": _cargo,
    "status": _status,
}


def _first_line(why: str) -> str:
    return why.strip().split("\n")[0]


def _milliseconds(took: Any, factor: float = 1000) -> int:
    try:
        return round(float(took or 0) * factor)
    except (ValueError, OverflowError, TypeError):
        return 0
