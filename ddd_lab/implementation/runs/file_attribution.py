"""Which files may belong to which flow after a run: what a person is asked to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ddd_lab.implementation.runs.record import Run
from ddd_lab.spec.models.base import Frozen

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync


class Proposal(Frozen):
    """A file that may belong to flows of a run.

    Attributes:
        path: of the file.
        flows: those of the run that it is proposed for, as ``domain/flow``.
        known: it belonged to one of them before.
    """

    path: str
    flows: tuple[str, ...]
    known: bool


def proposed(sync: Sync, run: Run, changed: Iterable[str]) -> Iterator[Proposal]:
    """The files that belong to the flows of a run, then those that came or changed.

    Once a run is confirmed, its flows have the files that a person has confirmed, and what else
    changed is nobody's.

    Args:
        changed: paths of the files that came or changed since it began.
    """
    before: dict[str, list[str]] = {}
    for key, paths in _recorded(sync, run).items():
        for path in paths:
            if sync.files.digests(path):
                before.setdefault(path, []).append(key)
    for path, flows in before.items():
        yield Proposal(path=path, flows=tuple(flows), known=True)
    for path in changed:
        # What has no name in Unicode can be in no mapping either.
        if path not in before and path.isprintable():
            likely = () if run.confirmed else _likely(path, run.flows)
            yield Proposal(path=path, flows=tuple(likely), known=False)


def proposed_by_flow(sync: Sync, run: Run, changed: Iterable[str]) -> dict[str, list[str]]:
    """The paths that are proposed for each flow of a run; see :func:`proposed`."""
    by_flow: dict[str, list[str]] = {key: [] for key in run.flows}
    for file in proposed(sync, run, changed):
        for key in file.flows:
            by_flow[key].append(file.path)
    return by_flow


def assigned(sync: Sync, run: Run, paths: Iterable[str]) -> dict[str, list[str]]:
    """Paths that a person has named for a run, by the flow that each is most likely for."""
    named = list(dict.fromkeys(paths))
    flows_of = {file.path: file.flows for file in proposed(sync, run, ())}
    by_flow: dict[str, list[str]] = {key: [] for key in run.flows}
    for path in named:
        for key in flows_of.get(path) or _likely(path, run.flows):
            by_flow[key].append(path)
    return by_flow


def _recorded(sync: Sync, run: Run) -> Mapping[str, Sequence[str]]:
    """The files that are known to belong to the flows of a run: by itself, or by the mapping."""
    if run.confirmed:
        files = run.confirmation.files
        return {key: files[key] for key in run.flows if key in files}
    mapped = sync.code_map.flows
    return {key: mapped[key].files for key in run.flows if key in mapped}


def _likely(path: str, flows: Sequence[str]) -> Sequence[str]:
    """The flows that a file is for: those that its path names, or else all of them.

    ``list_loans.py`` names ``list-loans``, and not also ``list``.
    """
    plain = path.replace("_", "-").lower()
    names = {key: key.rpartition("/")[2].replace("_", "-").lower() for key in flows}
    named = {key: name for key, name in names.items() if name in plain}
    longest = [
        key
        for key, name in named.items()
        if not any(name != other and name in other for other in named.values())
    ]
    return longest or flows
