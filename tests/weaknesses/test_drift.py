"""W6 and W19: an accepted drift stays accepted, and costs nothing else of the mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddd_lab.lossless_yaml import decode, parse
from ddd_lab.project import Project
from tests.canvas.shop import write_shop
from tests.recorded import record_implementation

KEY = "orders/place-order"
CODE = "src/place_order.py"
OTHERS = """\
pages:
  checkout: {spec: specs/pages/checkout.yaml, files: [src/checkout.tsx]}   # another tool's
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose code has moved since it was implemented."""
    write_shop(tmp_path)
    (tmp_path / ".ddd").mkdir()
    (tmp_path / ".ddd/mapping.yaml").write_text(OTHERS)
    code = tmp_path / CODE
    code.parent.mkdir()
    code.write_text("LIMIT = 1\n")
    project = Project(tmp_path, watch=False)
    record_implementation(project.workbench.sync, KEY, (CODE,))
    code.write_text("LIMIT = 2\n")
    assert [status.state for status in project.stale()] == ["code_ahead"]
    project.accept_drift(KEY, "a hot fix")
    return project


def test_w06_accepting_a_drift_keeps_what_other_tools_wrote(project: Project) -> None:
    text = (project.root / ".ddd/mapping.yaml").read_text()

    assert text.startswith(OTHERS)
    data = parse(decode(text.encode())).data
    assert isinstance(data, dict)
    assert set(data) == {"pages", "flows"}


def test_w19_accepted_code_stays_accepted_until_something_moves(project: Project) -> None:
    assert not project.stale()
    assert not Project(project.root, watch=False).stale()

    (project.root / CODE).write_text("LIMIT = 3\n")
    assert [status.state for status in project.stale()] == ["code_ahead"]
