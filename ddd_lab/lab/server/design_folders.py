"""What a design's tab asks the server before it has a kernel."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.bundle import bundle
from ddd_lab.lab.kernel_folder import shadowing
from ddd_lab.lab.protocol.panel import CanvasFiles, DesignFolder
from ddd_lab.lab.server.project_cache import OpenProjects
from ddd_lab.lab.server.project_discovery import server_path
from ddd_lab.visible import visible


def design_folder(base: Path, projects: OpenProjects, root: str) -> DesignFolder:
    """Where a design lies, below the folder that a server shows or in one that its owner added."""
    folder = projects.folder(root)
    inside = folder.is_relative_to(base)
    return DesignFolder(
        root=str(folder),
        path=server_path(folder, base) if inside else None,
        shadow=visible(shadowing(folder)) if inside else "",
    )


def canvas_files() -> CanvasFiles:
    """The canvas as the browser loads it."""
    return CanvasFiles(js=bundle("canvas.js"), css=bundle("canvas.css"))
