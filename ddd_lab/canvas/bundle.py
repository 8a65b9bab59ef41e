"""The built files of the front end."""

from __future__ import annotations

from importlib.resources import files


class BundleError(RuntimeError):
    """The canvas's JavaScript is not there; the message says how to get it."""


def bundle(name: str) -> str:
    """The text of a built file of the front end.

    Raises:
        BundleError: it was not built.
    """
    file = files("ddd_lab.canvas").joinpath("static", name)
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise BundleError(
            f"{file} is missing: the canvas is not built in this copy of DDD Lab. "
            "Run `make setup` in its folder, or install the package."
        ) from None
