"""Fingerprints of files: in pieces as well as whole, and in little memory."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from ddd_lab.implementation import fingerprints
from ddd_lab.implementation.code_files import CodeFiles

PARTS = [b"a", b" ", b"\t", b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\0", b"  \n", b"\n\n"]
GIGABYTE = 1 << 30
LITTLE = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
from pathlib import Path
from ddd_lab.implementation.code_files import CodeFiles
print(CodeFiles(Path(sys.argv[1])).digests("src/large.bin")[0])
"""


def whole(raw: bytes) -> set[str]:
    """The fingerprints of code that is read at once."""
    plain = raw.replace(b"\r\n", b"\n")
    forms = [plain, raw]
    if b"\0" not in raw:
        tidy = re.sub(rb"[ \t]+(?=\n)", b"", plain.removeprefix(b"\xef\xbb\xbf"))
        tidy = tidy.rstrip(b" \t\r\n")
        forms.append(tidy + b"\n" if tidy or plain.startswith(b"\xef\xbb\xbf") else b"")
    return {hashlib.sha256(form).hexdigest() for form in forms}


@hypothesis.given(st.lists(st.sampled_from(PARTS), max_size=12).map(b"".join))
def test_a_file_that_is_read_in_pieces_has_the_fingerprints_of_the_whole(raw: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprints, "_PIECE", 4)
        in_pieces = fingerprints.stream_digests(BytesIO(raw), code=True)
    assert set(in_pieces) <= whole(raw)
    assert {hashlib.sha256(raw).hexdigest()} <= set(in_pieces)
    assert set(fingerprints.stream_digests(BytesIO(raw), code=True)) == whole(raw)
    assert fingerprints.stream_digests(BytesIO(raw), code=False) == fingerprints.digests(raw)


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    with (tmp_path / "src/large.bin").open("wb") as file:
        file.truncate(GIGABYTE)
    words = [sys.executable, "-c", LITTLE, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert re.fullmatch("[0-9a-f]{64}\n", done.stdout), done.stderr


def test_a_pipe_in_place_of_code_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "code.py")
    (tmp_path / "linked.py").symlink_to("code.py")
    files = CodeFiles(tmp_path)
    for path in ("code.py", "linked.py"):
        assert files.digests(path) == ()
        assert files.read(path) is None


def test_code_behind_a_link_counts_only_where_it_leads_to_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "real").mkdir(parents=True)
    (root / "real/code.py").write_text("inside\n")
    (tmp_path / "outside.py").write_text("outside\n")
    (root / "linked").symlink_to("real")
    (root / "out.py").symlink_to("../outside.py")
    (root / "out").symlink_to("..")
    files = CodeFiles(root)
    assert files.digests("linked/code.py") == files.digests("real/code.py") != ()
    for path in ("out.py", "out/outside.py", "../outside.py", str(tmp_path / "outside.py")):
        assert files.digests(path) == ()
        assert files.read(path) is None
