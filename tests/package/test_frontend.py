"""The canvas bundle as it is shipped: small enough for notebooks, free of leftovers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "ddd_lab" / "canvas" / "static"
KB = 1000


def lockfile() -> dict[str, Any]:
    lock: dict[str, Any] = json.loads((ROOT / "labextension" / "package-lock.json").read_text())
    return lock


def test_a_notebook_stores_at_most_500_kb_for_each_canvas() -> None:
    bundle = (STATIC / "canvas.js").read_bytes()

    assert len(bundle) <= 500 * KB
    assert len(gzip.compress(bundle)) <= 160 * KB


def test_the_bundle_is_built_for_production_without_a_source_map() -> None:
    bundle = (STATIC / "canvas.js").read_text("utf-8")

    assert "sourceMappingURL" not in bundle
    assert "development" not in bundle
    assert {path.name for path in STATIC.iterdir()} == {"canvas.js", "canvas.css"}


def test_the_bundle_fetches_nothing_from_elsewhere() -> None:
    style = (STATIC / "canvas.css").read_text("utf-8")

    assert "@import" not in style
    assert "url(http" not in style


def test_the_lock_file_names_versions_and_checksums_but_no_registry() -> None:
    packages = {path: entry for path, entry in lockfile()["packages"].items() if path}
    fetched = [entry for entry in packages.values() if not entry.get("link") and "version" in entry]

    assert not [path for path, entry in packages.items() if "://" in entry.get("resolved", "")]
    assert [entry for entry in fetched if "integrity" in entry]
