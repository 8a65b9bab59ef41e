"""Run the walkthroughs and store their output as it is committed.

Run this after a change that shows in their output: ``python -m scripts.run_notebooks``. What is
of no use to a later reader is left out: widget models, counters, times, the kernel's version.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat as untyped
from nbclient import NotebookClient

nbformat: Any = untyped  # the package says that it is typed, and is only in part
NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}


def run(path: Path) -> None:
    """Run one notebook in its folder and write it back.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed; the file stays as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
    )
    client.execute()
    notebook.metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            _tidy(output)
    nbformat.write(notebook, path)


def _tidy(output: Any) -> None:
    """Leave out the reference to a widget's model, which dies with the kernel."""
    if "data" in output:
        output.data.pop(WIDGET, None)


def main(paths: list[str]) -> int:
    """Run the named notebooks, or all of them; returns the exit status."""
    for path in [Path(name) for name in paths] or sorted(NOTEBOOKS.glob("*.ipynb")):
        run(path.resolve())
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
