"""The public API: a project, open, with all that can be done to it."""

from ..files.workspace import ProjectError
from .parts import Domain, Domains, Flows
from .project import Project

__all__ = ["Domain", "Domains", "Flows", "Project", "ProjectError"]
