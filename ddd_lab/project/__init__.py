"""The public API: a project, open, with all that can be done to it."""

from ddd_lab.files.workspace.workspace import ProjectError
from ddd_lab.project.parts import Domain, Domains, Flows
from ddd_lab.project.project import Project

__all__ = ["Domain", "Domains", "Flows", "Project", "ProjectError"]
