"""Which files may belong to which flow after a run: what a person is asked to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddd_lab.build.runs import Run
from ddd_lab.build.staleness import Sync

from .wire import Proposed


def proposed(sync: Sync, run: Run, changed: Iterable[str]) -> Iterator[Proposed]:
    """The files that belonged to the flows of a run before, then those that came or changed.

    Args:
        sync: of the project.
        run: whose flows are asked about.
        changed: paths of the files that came or changed since it began.
    """
    mapped = sync.code_map.flows
    before: dict[str, list[str]] = {}
    for key in run.flows:
        for path in mapped[key].files if key in mapped else ():
            if sync.files.digests(path):
                before.setdefault(path, []).append(key)
    for path, flows in before.items():
        yield Proposed(path=path, flows=flows, known=True)
    for path in changed:
        # What has no name in Unicode can be in no mapping either.
        if path not in before and path.isprintable():
            yield Proposed(path=path, flows=_likely(path, run.flows), known=False)


def _likely(path: str, flows: tuple[str, ...]) -> list[str]:
    """The flows that a file is for: those that its path names, or else all of them."""
    plain = path.replace("_", "-").lower()
    named = [key for key in flows if key.rpartition("/")[2].replace("_", "-").lower() in plain]
    return named or list(flows)
