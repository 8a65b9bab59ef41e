"""The built files of the front ends."""

from __future__ import annotations

from importlib.resources import files


class BundleError(RuntimeError):
    """A front end's JavaScript is not there; the message says how to get it."""


def bundle(name: str, room: str = "canvas") -> str:
    """The text of a built file of a room's front end (``canvas``, ``maps.html``).

    Raises:
        BundleError: it was not built.
    """
    file = files(f"ddd_lab.{room}").joinpath("static", name)
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise BundleError(
            f"{file} is missing: its front end is not built in this copy of DDD Lab. "
            "Run `make setup` in its folder, or install the package."
        ) from None
