"""How long the tests search for counterexamples, as `HYPOTHESIS_PROFILE` says."""

from __future__ import annotations

import os

import hypothesis

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")


def load_profile() -> None:
    """Make Hypothesis follow the profile of this run."""
    hypothesis.settings.register_profile(
        "default",
        deadline=None,
        max_examples=50,
        # The same examples on every CI run: a failure there is always somebody's change.
        derandomize="CI" in os.environ,
        print_blob=True,
    )
    hypothesis.settings.register_profile(
        "thorough", parent=hypothesis.settings.get_profile("default"), max_examples=5000
    )
    hypothesis.settings.load_profile(PROFILE)
    if PROFILE == "thorough":
        os.environ.setdefault("PYTEST_TIMEOUT", "7200")


def tries(usual: int, thorough: int) -> int:
    """How often a test tries something at random.

    Args:
        usual: in `make test`.
        thorough: with the profile `thorough`.
    """
    return thorough if PROFILE == "thorough" else usual
