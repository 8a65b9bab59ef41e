"""The place that two versions of a design are compared at, whatever each of them calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ddd_lab.files.disk.paths import domain_of, flow_key
from ddd_lab.files.workspace.snapshot import FileDifference
from ddd_lab.maps.location import FLOWS, Level
from ddd_lab.spec.models.design import Design
from ddd_lab.spec.no_such import no_such


class DiffPlace(NamedTuple):
    """A place in two versions.

    Attributes:
        at: in the new one; None where it is not there.
        was: in the old one; None where it is not there.
        notice: why only one of them is shown; empty where both are.
    """

    level: Level
    at: str | None
    was: str | None
    notice: str = ""

    @property
    def name(self) -> str:
        """What people call it now."""
        return (self.was if self.at is None else self.at) or ""


def place_in_both(old: Design, new: Design, at: str, files: Sequence[FileDifference]) -> DiffPlace:
    """The place in both versions; one that was renamed is found by either name.

    Raises:
        KeyError: there is no such place in either version; says what is nearest.
    """
    if at in ("", FLOWS):
        return DiffPlace("flows" if at else "system", at, at)
    if "/" not in at:
        return _domain(old, new, at, files)
    renamed = renamed_flows(files)
    now = next((new_key for new_key, key in renamed.items() if key == at), at)
    now = at if at in new.flow_keys else now
    was = renamed.get(now, now)
    there, was_there = now in new.flow_keys, was in old.flow_keys
    if not there and not was_there:
        raise no_such("flow", at, dict.fromkeys([*new.flow_keys, *old.flow_keys]))
    unreadable = [
        which
        for which, is_there, key, design in (
            ("earlier", was_there, was, old),
            ("later", there, now, new),
        )
        if is_there and key not in design.flows
    ]
    notice = next((file.reason for file in files if file.flow == now and file.reason), "")
    if unreadable and not notice:
        one = f"the {unreadable[0]} version cannot" if len(unreadable) == 1 else "no version can"
        notice = f"{one} be read: see the problems of the design"
    return DiffPlace("flow", now if there else None, was if was_there else None, notice)


def _domain(old: Design, new: Design, at: str, files: Sequence[FileDifference]) -> DiffPlace:
    renamed = renamed_domains(files)
    now = next((new_id for new_id, id in renamed.items() if id == at), at)
    now = at if at in new.domains else now
    was = renamed.get(now, now)
    there, was_there = now in new.domains, was in old.domains
    if not there and not was_there:
        raise no_such("domain", at, dict.fromkeys([*new.domains, *old.domains, FLOWS]))
    return DiffPlace("domain", now if there else None, was if was_there else None)


def renamed_flows(files: Sequence[FileDifference]) -> Mapping[str, str]:
    """New key to old key of the flows that were renamed or moved."""
    return {file.flow: flow_key(file.was) for file in files if file.was and file.flow}


def renamed_domains(files: Sequence[FileDifference]) -> Mapping[str, str]:
    """New id to old id of the domains that were renamed."""
    return {id: domain_of(file.was) for file in files if file.was and (id := domain_of(file.path))}
