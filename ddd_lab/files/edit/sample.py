"""The sample design, to look around in a project that is still empty."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.files.disk.folder import ProjectError
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.spec.edit.nodes import EditError

_PACKAGE = Path(__file__).parents[2]
_FOLDERS = (_PACKAGE / "sample", _PACKAGE.parent / "notebooks/fernhill")
"""Where it lies: in an installed package, and in a checkout, which has it once."""


def open_sample(workspace: Workspace) -> None:
    """Put the sample design into a project without a design, as one step that is not saved.

    Raises:
        EditError: there is a design already, or the sample is not installed.
    """
    if any(workspace.documents):
        raise EditError("this project has a design already. The sample goes into an empty one")
    sample = _sample()
    models, texts = {}, {}
    for path in sample.documents:
        document = sample.document(path)
        if document is not None and document.version is not None:
            models[path], texts[path] = document.version.model, document.text()
    workspace.change(models, "open the sample", texts=texts)


def _sample() -> Workspace:
    for folder in _FOLDERS:
        try:
            sample = Workspace(folder, only_look=True)
        except ProjectError:
            continue
        if sample.documents:
            return sample
    raise EditError("the sample is not installed here. It comes with the package ddd-lab")
