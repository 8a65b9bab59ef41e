"""The notebook that ``ddd-lab lab`` puts beside a design."""

from __future__ import annotations

from typing import Any

NOTEBOOK = "ddd-lab.ipynb"

_INTRODUCTION = """\
# Design on a canvas

Double-click a domain or a flow to open it, edit, and press Save: only the lines that changed are
written. After a restart run the cells below again (Shift+Enter)."""
CODE = (
    'import ddd_lab as ddd\n\nproject = ddd.open(".")\nproject.canvas()',
    "project.problems",
)
"""Its code, cell by cell. The first is run when JupyterLab opens, where all still say this."""


def new_notebook() -> dict[str, Any]:
    """The notebook, as it is written when there is none."""
    cells = [("markdown", _INTRODUCTION), *(("code", source) for source in CODE)]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return {
        "cells": [
            {
                "cell_type": kind,
                "id": f"ddd-lab-{number}",
                "metadata": {},
                "source": source,
                **({"execution_count": None, "outputs": []} if kind == "code" else {}),
            }
            for number, (kind, source) in enumerate(cells)
        ],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
