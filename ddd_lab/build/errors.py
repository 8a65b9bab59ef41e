"""What building refuses."""


class RunError(RuntimeError):
    """A run cannot be started, found or used; the message says what to do."""
