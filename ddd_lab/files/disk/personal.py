"""The folder for what the lab keeps of a person, outside of any project."""

from __future__ import annotations

from pathlib import Path


def person_folder() -> Path:
    """Jupyter's own folder for data of a person; where it would be if Jupyter is not installed."""
    try:
        from jupyter_core.paths import jupyter_data_dir
    except ModuleNotFoundError:  # in a browser
        return Path.home() / ".local/share/jupyter"
    return Path(jupyter_data_dir())
