"""What the tests of building share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def quick_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pytest that runs the code of a flow needs none of the plugins that are here for ours."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
