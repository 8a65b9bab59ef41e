"""Where the files of a design lie, relative to its folder."""

from __future__ import annotations

SYSTEM_FILE = "specs/system.yaml"
LAYOUT_FILE = "specs/system-layout.yaml"
ARCHITECTURE_FILE = "specs/architecture.yaml"
CONFIG_FILE = "specs/config.yaml"
ERRORS_FILE = "specs/shared/errors.yaml"
PROJECT_FILE = "ddd-project.json"
INFRASTRUCTURE_FILE = "specs/infrastructure.yaml"
PAGES_FILE = "specs/ui/pages.yaml"
MAPPING_FILE = ".ddd/mapping.yaml"


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
