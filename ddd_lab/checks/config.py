"""Whether the system's environment variables and their rules agree."""

from __future__ import annotations

from collections.abc import Iterator

from ddd_lab.checks._design_index import DesignIndex
from ddd_lab.checks._flow_summary import runtime
from ddd_lab.checks._registry import Violation, design_rule
from ddd_lab.checks._values import entries, quoted, text
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.paths import CONFIG_FILE
from ddd_lab.spec.problem import Place


@design_rule("config.default", "warning", "A default that its variable does not allow")
def default(design: DesignIndex) -> Iterator[Violation]:
    """If the variable is not set, the system starts with an invalid value."""
    for variable in design.design.config.variables:
        value = variable.default
        if value is None or (isinstance(value, str) and (runtime(value) or "$" in value)):
            continue
        place = Place(file=CONFIG_FILE, path=(*variable.path, "default"))
        if variable.enum and value not in variable.enum:
            allowed = quoted([str(one) for one in variable.enum])
            yield Violation(
                place, f"The default {value!r} is not one of {allowed}. Choose one of them."
            )
        elif isinstance(value, int | float) and not isinstance(value, bool):
            low, high = variable.min, variable.max
            if (low is not None and value < low) or (high is not None and value > high):
                yield Violation(
                    place,
                    f"The default {value:g} is out of range for {variable.name}. Choose a value "
                    f"between min and max.",
                )


@design_rule("config.unknown-variable", "warning", "A rule for an unknown variable")
def unknown_variable(design: DesignIndex) -> Iterator[Violation]:
    """`production_required` and `production_disallowed` may only name declared variables."""
    config = design.design.config
    names = [variable.name for variable in config.variables]
    root: Path = ()
    if config.variables and config.variables[0].path[:1] == ("config",):
        root = ("config",)
    rules = config.validation
    for key in ("production_required", "production_disallowed"):
        for name, _, path in entries(rules.get(key)):
            if names and name and name not in names:
                yield Violation(
                    Place(file=CONFIG_FILE, path=(*root, "validation", key, *path)),
                    f"There is no variable {name}.{design.hint(name, names)} Name one that "
                    "exists, or declare it.",
                )


@design_rule("config.secret", "warning", "A secret in the design")
def secret(design: DesignIndex) -> Iterator[Violation]:
    """Everybody who can read the repository can read the secret.

    Only variables marked as sensitive are checked. Placeholders are fine.
    """
    for variable in design.design.config.variables:
        value = text(variable.default)
        if variable.sensitive and value and not runtime(value) and not _placeholder(value):
            yield Violation(
                Place(file=CONFIG_FILE, path=(*variable.path, "default")),
                f"{variable.name} is sensitive, but everybody can read its default here. Remove "
                f"it, and give an example if needed.",
            )


def _placeholder(value: str) -> bool:
    word = value.lower()
    marks = ("change", "your", "example", "xxx", "todo", "<", "dummy", "test", "dev", "local")
    return any(mark in word for mark in marks)
