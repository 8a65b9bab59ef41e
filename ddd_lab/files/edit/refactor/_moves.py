"""Where the files of flows and domains go, and the map from flows to code that follows."""

from __future__ import annotations

from pathlib import PurePosixPath

from ddd_lab.files.edit.refactor._change_set import ChangeSet
from ddd_lab.spec.edit.data import set_in
from ddd_lab.spec.lenient import entries, named
from ddd_lab.spec.paths import MAPPING_FILE, flow_file


def path_of_flow(path: str, key: str) -> str:
    """The path of a flow's file under another key, with the suffix that it has."""
    return str(PurePosixPath(flow_file(key)).with_suffix(PurePosixPath(path).suffix))


def path_in_domain(path: str, domain: str) -> str:
    """The path of a file of a domain when the domain's folder is called otherwise."""
    parts = path.split("/")
    return "/".join([*parts[:2], domain, *parts[3:]])


def follow_in_mapping(changes: ChangeSet, moves: dict[str, str]) -> None:
    """Let the map from flows to code name the moved spec files where they are."""
    data = before = changes.data(MAPPING_FILE)
    for _, entry, at in entries(named(data, "flows")):
        target = moves.get(str(named(entry, "spec")))
        if target is not None:
            data = set_in(data, ("flows", *at, "spec"), target)
    if data is not before:
        changes.put(MAPPING_FILE, data)
