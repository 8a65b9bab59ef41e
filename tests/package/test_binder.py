"""What Binder starts with: the sample design in a tab, the walkthrough beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ddd_lab.lab.server.settings import DDDLab

ROOT = Path(__file__).parents[2]


def test_binder_opens_the_sample_design_and_the_walkthrough() -> None:
    script = (ROOT / "binder/postBuild").read_text("utf-8")
    written = re.search(r"<<END\n(.*)\nEND", script)
    link = re.search(r"urlpath=lab/tree/([\w/.-]+)", (ROOT / "README.md").read_text("utf-8"))

    assert written is not None
    settings = json.loads(written[1].replace("$PWD", str(ROOT)))["DDDLab"]
    assert set(settings) <= set(DDDLab.class_trait_names(config=True))
    assert (Path(settings["design"]) / "specs").is_dir()
    assert link is not None
    assert (ROOT / link[1]).is_file()


def test_binder_installs_the_versions_that_were_tested() -> None:
    script = (ROOT / "binder/postBuild").read_text("utf-8")

    for path in re.findall(r"--requirement (\S+)", script):
        assert "--hash=sha256:" in (ROOT / path).read_text("utf-8")
