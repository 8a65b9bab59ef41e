"""Notebooks for tests to open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def new_notebook(cells: Sequence[str]) -> dict[str, Any]:
    """A notebook with these cells of code, as its file says it."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for number, source in enumerate(cells)
        ],
    }
