"""Lists which checklist items have a test that claims to prove them.

Usage: python -m scripts.covered [--missing] [PATH ...]

Exit status: 0 when the tests could be collected, whatever they cover.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections import defaultdict

import pytest

from tests.checklist import checklist, covered_by


class Collector:
    """A pytest plugin that notes the claims of every collected test."""

    def __init__(self) -> None:
        self.claims: defaultdict[str, list[str]] = defaultdict(list)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the claims once the collection is complete."""
        for item in session.items:
            for claim in covered_by(item):
                self.claims[claim].append(item.nodeid)


def main() -> int:
    """Collect the tests, print one line per checklist item, return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.covered", description=__doc__)
    parser.add_argument("paths", nargs="*", default=["tests"])
    parser.add_argument("--missing", action="store_true", help="only items that no test claims")
    options = parser.parse_args()

    collector = Collector()
    noise = io.StringIO()
    with contextlib.redirect_stdout(noise):
        status = pytest.main(["--collect-only", "-q", *options.paths], plugins=[collector])
    if status != pytest.ExitCode.OK:
        print(noise.getvalue(), file=sys.stderr)
        return int(status)

    total = proven = 0
    for section in checklist().values():
        items = section["items"]
        done = [name for name in items if name in collector.claims]
        total, proven = total + len(items), proven + len(done)
        print(f"{section['title']}: {len(done)} of {len(items)}")
        for name, text in items.items():
            if name in collector.claims and options.missing:
                continue
            tests = ", ".join(collector.claims.get(name, ["no test"]))
            print(f"  {name}  {text}: {tests}")
    print(f"{proven} of {total} items have a test")
    return 0


if __name__ == "__main__":
    sys.exit(main())
