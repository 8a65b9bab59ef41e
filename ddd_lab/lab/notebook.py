"""The notebook that earlier versions of ``ddd-lab lab`` put beside a design; it still opens."""

from __future__ import annotations

NOTEBOOK = "ddd-lab.ipynb"

CODE = (
    'import ddd_lab as ddd\n\nproject = ddd.open(".")\nproject.canvas()',
    "project.problems",
)
"""Its code, cell by cell. The first is run when JupyterLab opens, where all still say this."""
