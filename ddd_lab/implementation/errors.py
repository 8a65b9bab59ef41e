"""What building refuses."""

from ddd_lab.visible import VisibleError


class RunError(VisibleError, RuntimeError):
    """A run cannot be started, found or used; the message says what to do."""
