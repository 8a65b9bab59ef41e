"""What is loaded when: the packages that ask models only when somebody asks one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "notebooks/fernhill"
SDKS = ("anthropic", "openai", "httpx2", "httpcore2")
OPENED = f"project = ddd_lab.open({str(SAMPLE)!r}, watch=False); project.system_map(); "


def loaded(code: str, *missing: str) -> set[str]:
    """The top packages, and our rooms, that are loaded after some code; some are not installed."""
    gone = "".join(f"sys.modules[{name!r}] = None; " for name in missing)
    names = "{m for m in sys.modules if sys.modules[m] is not None}"
    program = f"import sys; {gone}import ddd_lab; {code}\nprint(*{names})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {".".join(name.split(".")[:2]) for name in done.stdout.split()}


@pytest.mark.parametrize("code", ["", OPENED, f"{OPENED} project.problems; project.assist"])
def test_no_client_of_a_model_is_loaded_before_one_is_asked(code: str) -> None:
    names = loaded(code)
    assert not {name.partition(".")[0] for name in names} & {*SDKS}
    assert "ddd_lab.assist" not in names


def test_without_any_of_them_a_project_is_used_as_before() -> None:
    code = (
        f"{OPENED} project.problems; str(project.memory.summary); "
        "project.svg('lending/return-item'); repr(project.assist.models); "
        "from ddd_lab.assist.providers.connect import connect; "
        "from ddd_lab.assist.model_entry import ModelEntry\n"
        "for provider in ('anthropic', 'openai', 'ollama'):\n"
        "    try: connect(ModelEntry(id='m', provider=provider, model_id='m'))\n"
        "    except Exception as error: assert 'pip install' in str(error), error\n"
    )
    assert "ddd_lab.assist" in loaded(code, *SDKS)
