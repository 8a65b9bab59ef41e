"""`ddd-lab trace`: where a flow leads, headless."""

import json

import ddd_lab as ddd
from tests.cli.program import SAMPLE, ddd_lab


def test_a_trace_is_told_as_a_tree_and_as_the_data_that_the_notebook_gives() -> None:
    told = ddd_lab("trace", SAMPLE, "lending/return-item", "--depth", "2")
    data = ddd_lab("trace", SAMPLE, "lending/return-item", "--format", "json")

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "lending/return-item leads to 3 flows",
        "  event copy.available → reservations/allocate-copy",
        "    event copy.needs_transport → vans/queue-transfer",
        "    event reservation.ready → notices/ready-to-collect (… leads on)",
    ]
    with ddd.open(SAMPLE, watch=False) as project:
        assert json.loads(data.stdout) == project.trace("lending/return-item")


def test_what_is_no_flow_is_refused_with_a_name_that_is() -> None:
    assert "did you mean 'lending/return-item'" in ddd_lab("trace", SAMPLE, "lending/return").stderr
    assert "name one as domain/flow" in ddd_lab("trace", SAMPLE, "lending").stderr
    assert "at least 1" in ddd_lab("log", SAMPLE, "lending/return-item", "-n", "-1").stderr
    assert "at least 1" in ddd_lab("trace", SAMPLE, "lending/return-item", "--depth", "0").stderr
