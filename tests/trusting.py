"""Trusts a project as a person does who was shown what it would run."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.implementation.trust import trust, trust_request


def trusting(root: str | Path) -> None:
    """Trust a project as it stands; what is changed in its settings later has to be trusted anew.

    Args:
        root: the project's folder.
    """
    folder = Path(root)
    trust(folder, trust_request(folder).fingerprint)
