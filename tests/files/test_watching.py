"""What other programs write is noticed, whatever the system gives and whatever they do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import ddd_lab as ddd
from ddd_lab.files.disk import watching
from ddd_lab.files.disk.listing import Listing, listed
from ddd_lab.files.disk.watching import WatchWarning, _Places
from tests.files.projects import DOMAIN, FLOW_PATH, GUIDE_FLOW, KEY, small_project
from tests.patience import PATIENCE

WITHOUT_WATCHES = """
import sys, time, warnings
from pathlib import Path
import ddd_lab as ddd
root, key, path = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
heard = []
warnings.showwarning = lambda words, kind, *rest: heard.append(f"{kind.__name__}: {words}")
warnings.simplefilter("always")
with ddd.open(root) as project:
    canvas = project.canvas()
    told = []
    canvas._session._send = told.append
    canvas._session.show()
    assert project.flows[key].nodes["charge"].spec.timeout == 30
    (root / path).write_text((root / path).read_text().replace("timeout: 30", "timeout: 45"))
    end = time.monotonic() + 120
    while project.flows[key].nodes["charge"].spec.timeout != 45 and time.monotonic() < end:
        time.sleep(0.05)
    print(project.flows[key].nodes["charge"].spec.timeout)
    canvas._session.show()
    canvas._session.show()
    print([message["notice"]["text"] for message in told if "notice" in message])
    for _ in range(3):
        project.flows
    print(heard)
"""


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def has_timeout(project: ddd.Project, timeout: int) -> Callable[[], bool]:
    return lambda: (
        KEY in project.flows and project.flows[KEY].nodes["charge"].spec.timeout == timeout
    )


def write_timeout(root: Path, timeout: int) -> None:
    text = GUIDE_FLOW.replace("timeout: 30", f"timeout: {timeout}")
    (root / FLOW_PATH).write_text(text)


@pytest.mark.parametrize("limit", ["watches=5", "watches=0", "instances=0"])
def test_where_the_system_gives_no_more_watches_files_are_looked_at_and_it_is_said(
    tmp_path: Path, limit: str
) -> None:
    root = small_project(tmp_path)
    for number in range(9):
        (root / f"specs/domains/d{number}").mkdir()
    name, _, value = limit.partition("=")
    shell = f'echo {value} > /proc/sys/user/max_inotify_{name} && exec "$0" "$@"'
    command = [sys.executable, "-c", WITHOUT_WATCHES, str(root), KEY, FLOW_PATH]
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", shell, *command],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "max_inotify" in done.stderr:
        pytest.skip(f"no namespace of one's own here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    seen, told, heard = done.stdout.splitlines()
    assert seen == "45"
    assert told.count("The system's limit for watching files is reached") == 1
    assert heard.count("WatchWarning: The system's limit for watching files is reached") == 1
    assert "raise the limit" in heard


def test_a_project_that_is_removed_and_made_anew_is_followed(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project")
    with ddd.open(root) as project:
        assert has_timeout(project, 30)()
        for timeout in (45, 60):
            shutil.rmtree(root)
            assert until(lambda: KEY not in project.flows)
            small_project(root)
            write_timeout(root, timeout)
            assert until(has_timeout(project, timeout))
        write_timeout(root, 75)
        assert until(has_timeout(project, 75))


def as_the_watching_begins(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something after the files were listed, and before the system watches them."""
    done: list[object] = []

    def listed_a_moment_early(folder: Path) -> Listing:
        found = listed(folder)
        if threading.current_thread().name == "ddd-lab-watch" and not done:
            done.append(do())
        return found

    monkeypatch.setattr(watching, "listed", listed_a_moment_early)


def test_a_folder_that_comes_while_the_watching_begins_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_project(tmp_path / "project")
    domain, away = root / "specs/domains/payments", tmp_path / "away"
    domain.rename(away)
    as_the_watching_begins(monkeypatch, lambda: away.rename(domain))
    with ddd.open(root) as project:
        assert until(has_timeout(project, 30))
        write_timeout(root, 75)
        assert until(has_timeout(project, 75))


@pytest.mark.parametrize("comes", [True, False])
def test_a_file_that_comes_or_goes_while_the_watching_begins_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comes: bool
) -> None:
    root = small_project(tmp_path / "project")
    flow, away = root / FLOW_PATH, tmp_path / "away.yaml"
    if comes:
        flow.rename(away)
    move = (away, flow) if comes else (flow, away)
    as_the_watching_begins(monkeypatch, lambda: move[0].rename(move[1]))
    with ddd.open(root) as project:
        assert until(lambda: (KEY in project.flows) is comes)


@pytest.mark.parametrize("place", ["specs", "specs/domains", "specs/domains/payments"])
def test_a_folder_that_another_takes_the_place_of_is_followed(tmp_path: Path, place: str) -> None:
    root = small_project(tmp_path / "project")
    other = small_project(tmp_path / "other")
    write_timeout(other, 45)
    with ddd.open(root) as project:
        assert has_timeout(project, 30)()
        (root / place).rename(tmp_path / "away")
        (other / place).rename(root / place)
        assert until(has_timeout(project, 45))
        write_timeout(root, 60)
        assert until(has_timeout(project, 60))


def test_new_folders_are_followed_however_quickly_they_fill(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    with ddd.open(root) as project:
        for number in range(5):
            own = root / f"specs/domains/d{number}"
            (own / "flows").mkdir(parents=True)
            (own / "domain.yaml").write_text(DOMAIN)
            (own / "flows/charge-card.yaml").write_text(GUIDE_FLOW)
            assert until(lambda n=number: f"d{n}/charge-card" in project.flows)  # type: ignore[misc]  # a default binds
        assert project.workbench.watcher is not None
        assert project.workbench.watcher.trouble == ""


def test_a_domain_behind_a_link_is_followed_and_goes_with_it(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "specs/domains/payments").rename(root / "payments-design")
    (root / "specs/domains/payments").symlink_to("../../payments-design")
    with ddd.open(root) as project:
        assert has_timeout(project, 30)()
        write_timeout(root, 45)
        assert until(has_timeout(project, 45))
        (root / "specs/domains/payments").unlink()
        assert until(lambda: KEY not in project.flows)
        (root / "specs/domains/payments").symlink_to("../../payments-design")
        assert until(has_timeout(project, 45))


def test_a_file_behind_a_link_is_followed(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "shared").mkdir()
    (root / FLOW_PATH).rename(root / "shared/flow.yaml")
    (root / FLOW_PATH).symlink_to("../../../../shared/flow.yaml")
    with ddd.open(root) as project:
        assert has_timeout(project, 30)()
        (root / "new.yaml").write_text(GUIDE_FLOW.replace("timeout: 30", "timeout: 45"))
        (root / "new.yaml").replace(root / "shared/flow.yaml")
        assert until(has_timeout(project, 45))


def test_a_change_that_hides_its_time_and_size_is_noticed(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    before = _Places(root, frozenset()).times()
    times = (root / FLOW_PATH).stat()
    write_timeout(root, 45)
    os.utime(root / FLOW_PATH, ns=(times.st_atime_ns, times.st_mtime_ns))
    after = _Places(root, frozenset()).times()
    assert {path for path in after if before.get(path) != after[path]} == {FLOW_PATH}


def test_only_folders_of_specs_and_of_mapped_code_are_watched(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    for folder in ("node_modules/a/b", ".git/objects/aa", ".venv/lib", "src/app", ".ddd/runs/x"):
        (root / folder).mkdir(parents=True)
    (root / "src/app/pay.py").write_text("")
    with ddd.open(root) as project:
        assert project.workbench.watcher is not None
        moved: list[str] = []
        project.workbench.watcher.moved = moved.extend
        project.workbench.watcher.follow(["src/app/pay.py"])

        def watched() -> set[str]:
            found = set()
            for info in Path("/proc/self/fdinfo").iterdir():
                try:
                    text = info.read_text()
                except OSError:
                    continue
                for line in text.splitlines():
                    if line.startswith("inotify"):
                        found.add(int(line.split()[2].partition(":")[2], 16))
            folders = (path for path in [root, *root.rglob("*")] if path.is_dir())
            return {
                path.relative_to(root).as_posix() for path in folders if path.stat().st_ino in found
            }

        if not Path("/proc/self/fdinfo").is_dir():
            pytest.skip("what is watched can be looked up on Linux only")
        assert until(lambda: "src/app" in watched())
        assert watched() == {
            *(".", ".ddd", "specs", "specs/domains", "specs/domains/payments"),
            *("specs/domains/payments/flows", "src", "src/app"),
        }
        (root / "src/app/pay.py").write_text("# paid")
        assert until(lambda: "src/app/pay.py" in moved)
        (root / "src/app").rename(root / "src/gone")
        assert until(lambda: "src/app" in moved)


def test_a_watcher_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("an odd file system")

    monkeypatch.setattr("watchfiles.watch", refuse)
    root = small_project(tmp_path)
    with ddd.open(root) as project:
        assert project.workbench.watcher is not None
        assert until(
            lambda: (
                project.workbench.watcher is not None and project.workbench.watcher.trouble != ""
            )
        )
        assert "cannot watch the files of this project (an odd file system)" in (
            project.workbench.watcher.trouble
        )
        with pytest.warns(WatchWarning, match="itself, about once a second"):
            assert has_timeout(project, 30)()
        write_timeout(root, 45)
        assert until(has_timeout(project, 45))


def test_a_spec_that_gets_its_right_ending_is_noticed(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    wrong = (root / FLOW_PATH).rename((root / FLOW_PATH).with_suffix(".YAML"))
    with ddd.open(root) as project:
        assert "file.ending" in [problem.rule for problem in project.problems]
        wrong.rename(root / FLOW_PATH)
        assert until(lambda: KEY in project.flows)
        assert until(lambda: "file.ending" not in [p.rule for p in project.problems])
        (root / FLOW_PATH).rename(wrong)
        assert until(lambda: "file.ending" in [p.rule for p in project.problems])
