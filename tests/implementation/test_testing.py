"""Tests of code are run for real; what did not run is never a pass."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psutil
import pytest

from ddd_lab.implementation.config import Testing
from ddd_lab.implementation.testing import TestRun, files_in_scope, run_tests
from ddd_lab.implementation.trust import NotTrustedError
from tests.implementation.stand_in import wait_for
from tests.trusting import trusting

KEY = "orders/place-order"
SLEEP = "import time; time.sleep(3600)"
PYTEST = Testing(command=f"{sys.executable} -m pytest", args=("-q", "-p", "no:cacheprovider"))


def write(root: Path, path: str, text: str = "") -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


def said_by_tests(root: Path, config: Testing) -> TestRun:
    """What the tests of a flow say, in a project that is trusted with these settings."""
    settings = {"testing": config.model_dump(mode="json")}
    write(root, ".ddd/config.yaml", json.dumps(settings))
    trusting(root)
    return run_tests(root, config, KEY)


@pytest.mark.covers("T29.6")
def test_the_scope_is_found_in_kebab_and_snake_case(tmp_path: Path) -> None:
    for name in (
        "unit/test_place_order.py",
        "unit/test_place_order_rules.py",
        "place-order.test.js",
    ):
        write(tmp_path, f"tests/{name}")
    write(tmp_path, "tests/unit/test_track_order.py")
    found = files_in_scope(tmp_path, KEY, "tests/**/test_{flow_id}*")
    assert found == ["tests/unit/test_place_order.py", "tests/unit/test_place_order_rules.py"]
    assert files_in_scope(tmp_path, KEY, "tests/{flow_id}*") == ["tests/place-order.test.js"]


def test_flows_of_the_same_name_have_their_own_tests(tmp_path: Path) -> None:
    for domain in ("orders", "members", "shop-floor"):
        write(tmp_path, f"specs/domains/{domain}/flows/create.yaml")
    for path in ("orders/test_create.py", "test_create_members.py", "test_create.py"):
        write(tmp_path, f"tests/{path}")

    def found(key: str) -> list[str]:
        return files_in_scope(tmp_path, key, "tests/**/test_{flow_id}*")

    assert found("orders/create") == ["tests/orders/test_create.py"]
    assert found("members/create") == ["tests/test_create_members.py"]
    assert found("shop-floor/create") == ["tests/test_create.py"]
    write(tmp_path, "tests/shop_floor/test_create.py")
    assert found("shop-floor/create") == ["tests/shop_floor/test_create.py"]


@pytest.mark.covers("T29.2", "T29.6", "S08.12")
def test_each_test_is_told_with_its_message(tmp_path: Path) -> None:
    write(
        tmp_path,
        "tests/test_place_order.py",
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert 1 == 2, 'one is not two'\n"
        "@pytest.fixture\ndef broken(): raise OSError('no disk')\n"
        "def test_odd(broken): pass\n"
        "@pytest.mark.skip(reason='later')\ndef test_later(): pass\n",
    )
    write(tmp_path, "tests/test_other.py", "def test_other(): assert False\n")
    run = said_by_tests(tmp_path, PYTEST)
    assert {test.name.rpartition("::")[2]: test.status for test in run.tests} == {
        "test_good": "passed",
        "test_bad": "failed",
        "test_odd": "error",
        "test_later": "skipped",
    }
    assert not run.passed
    bad = next(test for test in run.failures if test.name.endswith("test_bad"))
    assert "one is not two" in bad.message
    assert "assert 1 == 2" in bad.detail
    assert run.summary()["failed"] == 1


def test_what_passes_passes(tmp_path: Path) -> None:
    write(tmp_path, "tests/test_place_order.py", "def test_good(): pass\n")
    run = said_by_tests(tmp_path, PYTEST)
    assert run.passed
    assert "{junit}" in " ".join(run.command)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (Testing(command="no-such-runner-here"), "there is no program"),
        (Testing(command="'"), "cannot be read"),
        (Testing(command=""), "it is empty"),
        (Testing(command=f"{sys.executable} -c pass", args=()), "wrote no report"),
        (
            Testing(command=f"{sys.executable} -c", args=("import os; os.kill(os.getpid(), 9)",)),
            "signal 9",
        ),
        (
            Testing(command=f"{sys.executable} -c", args=(SLEEP,), timeout=1),
            "did not end within 1 seconds",
        ),
        (PYTEST.model_copy(update={"args": ("-q", "-k", "nothing")}), "no test was collected"),
        (
            PYTEST.model_copy(update={"args": (*PYTEST.args, "-p", "broken_at_the_end")}),
            "no test failed, but the runner ended with status 3",
        ),
        (
            Testing(
                command=f"{sys.executable} -c",
                args=("import sys; open(sys.argv[1], 'w').write('<oops')", "{junit}"),
            ),
            "report cannot be read",
        ),
    ],
)
def test_no_result_is_a_failure_that_says_so(tmp_path: Path, config: Testing, said: str) -> None:
    write(tmp_path, "tests/test_place_order.py", "def test_good(): pass\n")
    ends_badly = "import os\ndef pytest_unconfigure(): os._exit(3)\n"
    write(tmp_path, "broken_at_the_end.py", ends_badly)
    run = said_by_tests(tmp_path, config)
    assert not run.passed
    assert said in run.problem


def test_nothing_in_scope_is_a_failure(tmp_path: Path) -> None:
    run = said_by_tests(tmp_path, PYTEST)
    assert not run.passed
    assert "no file matches" in run.problem


def test_a_run_that_takes_too_long_is_ended_with_all_its_children(tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{SLEEP} # {tmp_path}'])"
    write(tmp_path, "tests/test_place_order.py")
    config = Testing(command=f"{sys.executable} -c", args=(code,), timeout=1)
    assert "did not end within 1 seconds" in said_by_tests(tmp_path, config).problem
    wait_for(lambda: not any(str(tmp_path) in word for word in all_words()))


def all_words() -> list[str]:
    """The words of the command lines of all programs that run."""
    return [word for one in psutil.process_iter(["cmdline"]) for word in one.info["cmdline"] or ()]


def test_settings_that_nobody_trusted_run_nothing_whatever_the_file_says_by_now(
    tmp_path: Path,
) -> None:
    write(tmp_path, "tests/test_place_order.py")
    trusting(tmp_path)
    read_before = Testing(command="touch", args=("ran", "{junit}"))
    with pytest.raises(NotTrustedError, match="touch ran"):
        run_tests(tmp_path, read_before, KEY)
    assert not (tmp_path / "ran").exists()
