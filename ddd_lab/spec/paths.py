"""Where the files of a design lie, relative to its folder."""

from __future__ import annotations

import unicodedata

SYSTEM_FILE = "specs/system.yaml"
LAYOUT_FILE = "specs/system-layout.yaml"
ARCHITECTURE_FILE = "specs/architecture.yaml"
CONFIG_FILE = "specs/config.yaml"
ERRORS_FILE = "specs/shared/errors.yaml"
PROJECT_FILE = "ddd-project.json"
INFRASTRUCTURE_FILE = "specs/infrastructure.yaml"
PAGES_FILE = "specs/ui/pages.yaml"
MAPPING_FILE = ".ddd/mapping.yaml"


def composed(name: str) -> str:
    """A name with letters and their accents as one (NFC), to be compared with others."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def usual(path: str) -> str:
    """The path that a file has in the words of this module.

    The same file may end in ``.yml``, and disks that people bring along write letters with their
    accents apart (NFD), where specs have them as one (NFC).
    """
    if path.endswith(".yml"):
        path = f"{path[:-4]}.yaml"
    return composed(path)


def domain_file(domain: str) -> str:
    """Path of a domain's own file, relative to the project."""
    return f"specs/domains/{domain}/domain.yaml"


def flow_file(key: str) -> str:
    """Path of a flow's file for its key ``domain/flow``, relative to the project."""
    domain, _, flow = key.partition("/")
    return f"specs/domains/{domain}/flows/{flow}.yaml"


def schema_file(stem: str) -> str:
    """Path of a schema's file for its file stem, relative to the project."""
    return f"specs/schemas/{stem}.yaml"
