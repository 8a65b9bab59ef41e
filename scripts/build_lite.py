"""Build a JupyterLite site with DDD Lab in it (``make lite``): all of it from PyPI and npm.

The site holds Python for the browser (Pyodide's core) and every wheel that is needed, so that it
works wherever its folder is served, without any other address.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
SOURCE: Final = ROOT / "lite"
BUILD: Final = ROOT / "build/lite"
SITE: Final = BUILD / "site"
WHEELS: Final = BUILD / "pypi"
PYODIDE: Final = BUILD / "static/pyodide"
ENVIRONMENT: Final = ROOT / ".venv/lite/bin"
PLATFORM: Final = "pyemscripten_2026_0_wasm32"
"""What Pyodide 314 is called in the names of wheels."""
RUNTIME: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


def main() -> int:
    """Build the site into build/lite/site."""
    shutil.rmtree(BUILD, ignore_errors=True)
    WHEELS.mkdir(parents=True)
    shutil.copytree(SOURCE / "files", BUILD / "files")
    fetch_wheels()
    pack_pyyaml()
    own = build_own_wheel()
    copy_runtime()
    run(ENVIRONMENT / "python", "-m", "pip", "install", "--quiet", "--no-deps", own)
    # It looks for wheels in pypi, for Python in static/pyodide and for notebooks in files.
    run(ENVIRONMENT / "jupyter", "lite", "build", "--lite-dir", BUILD, "--output-dir", SITE)
    print(f"The site is in {SITE}; serve it, for instance by python -m http.server -d {SITE}")
    return 0


def fetch_wheels() -> None:
    """Everything that Python in the browser needs besides us, by the lock file."""
    target = ("--platform", PLATFORM, "--python-version", "3.14", "--implementation", "cp")
    options = ("--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--abi", "cp314")
    requirements = ROOT / "requirements/lite-browser.txt"
    pip = (sys.executable, "-m", "pip", "download")
    run(*pip, *options, *target, "--requirement", requirements, "--dest", WHEELS)


def pack_pyyaml() -> None:
    """PyYAML without its part in C, of which PyPI has none for browsers."""
    name = "pyyaml"
    known = importlib.metadata.distribution(name)
    inside = [path for path in known.files or () if path.parts[0] in ("yaml", "_yaml")]
    about = f"{name}-{known.version}.dist-info"
    files = {str(path): path.read_binary() for path in inside if path.suffix == ".py"}
    files[f"{about}/METADATA"] = (known.read_text("METADATA") or "").encode()
    lines = ("Wheel-Version: 1.0", "Generator: ddd-lab", "Root-Is-Purelib: true")
    files[f"{about}/WHEEL"] = "\n".join([*lines, "Tag: py3-none-any\n"]).encode()
    rows = [f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in files.items()]
    files[f"{about}/RECORD"] = "".join([*rows, f"{about}/RECORD,,\n"]).encode()
    with zipfile.ZipFile(WHEELS / f"{name}-{known.version}-py3-none-any.whl", "w") as wheel:
        for path, data in files.items():
            wheel.writestr(path, data, zipfile.ZIP_DEFLATED)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def build_own_wheel() -> Path:
    """The wheel of this copy of DDD Lab."""
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", WHEELS)
    run(*build, ROOT)
    (own,) = WHEELS.glob("ddd_lab-*.whl")
    return own


def copy_runtime() -> None:
    """Pyodide's core, and a list of packages with the one that the kernel begins with."""
    package = SOURCE / "node_modules/pyodide"
    PYODIDE.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copy(package / name, PYODIDE / name)
    (micropip,) = WHEELS.glob("micropip-*.whl")
    shutil.move(micropip, PYODIDE / micropip.name)
    lock = json.loads((package / "pyodide-lock.json").read_text("utf-8"))
    entry = lock["packages"]["micropip"]
    entry["file_name"] = micropip.name
    entry["version"] = micropip.name.split("-")[1]
    entry["sha256"] = hashlib.sha256((PYODIDE / micropip.name).read_bytes()).hexdigest()
    lock["packages"] = {"micropip": entry}
    (PYODIDE / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")


def run(*command: str | Path) -> None:
    """Run a program; it must succeed."""
    subprocess.run(list(map(str, command)), cwd=BUILD, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
