"""What other rooms refuse, in words for the person who asked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ddd_lab.implementation.runs import RunError
from ddd_lab.implementation.trust import NotTrustedError
from ddd_lab.spec.edit.nodes import EditError


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """Turn what cannot be done into a refusal.

    Raises:
        EditError: it cannot be done; the message says why.
        NotTrustedError: the project has to be trusted first.
    """
    try:
        yield
    except NotTrustedError:
        raise
    except (RunError, ValueError) as error:
        raise EditError(str(error)) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise EditError(f"{where}{error.strerror or error}; nothing else was written") from error
