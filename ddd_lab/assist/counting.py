"""How many tokens a text has, without a vendor's vocabulary.

An estimate from the kind of text and the family of the model, corrected by what replies really
used. It rather says too many than too few.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ddd_lab.assist.model_entry import ModelEntry
from ddd_lab.assist.requests import Request
from ddd_lab.assist.tokens import TextKind, Tokens

_RATIOS: Final[Mapping[TextKind, float]] = {"flow": 3.6, "spec": 3.84, "prose": 3.88, "code": 4.63}
"""Bytes for one token of o200k, measured on 60 flows and 130 other specs of public projects."""

_FAMILIES: Final = (
    (re.compile(r"claude.*?-[34](?!-[789](-|$))(-|$)"), 1.18),
    (re.compile(r"claude"), 1.53),
    (re.compile(r"gpt|^o\d|chatgpt|codex"), 1.0),
)
_OTHERS: Final = 1.18
"""Of models whose tokens nobody measured here."""

_LEAST, _MOST = 0.5, 2.0
_FALL = 0.2
"""How far the factor follows a reply that used less; one that used more counts at once."""


@dataclass(frozen=True)
class Correction:
    """What replies of a model have taught.

    Attributes:
        factor: by which the estimate is multiplied.
        replies: how many have been counted.
        as_of: the day of the last one, as ISO.
    """

    factor: float = 1.0
    replies: int = 0
    as_of: str = ""

    def after(self, estimated: int, real: int, today: str) -> Correction:
        """The correction with one more reply.

        Args:
            estimated: tokens of its whole input as estimated without a correction.
            real: tokens of its whole input as the server counted them.
            today: as ISO.
        """
        if estimated <= 0 or real <= 0:
            return self
        seen = min(max(real / estimated, _LEAST), _MOST)
        pull = 1.0 if not self.replies or seen > self.factor else _FALL
        factor = self.factor + pull * (seen - self.factor)
        return Correction(round(factor, 6), self.replies + 1, today)


@dataclass(frozen=True)
class ModelCounter:
    """Counts for one model; a `TokenCounter`.

    Attributes:
        entry: the model.
        correction: what its replies have taught.
    """

    entry: ModelEntry
    correction: Correction = Correction()

    def __call__(self, text: str, kind: TextKind = "spec") -> Tokens:
        """Tokens of a text of some kind."""
        # Letters beyond ASCII have more bytes, and need more tokens in about the same measure.
        size = len(text.encode("utf-8", "surrogatepass"))
        count = size / _RATIOS[kind] * _family(self.entry.model_id) * self.correction.factor
        return Tokens(-int(-count // 1), "calibrated" if self.correction.replies else "estimate")

    def request(self, request: Request) -> Tokens:
        """Tokens of all that is sent."""
        texts = [*request.system, *(message.text for message in request.messages)]
        shapes = [
            *([request.schema] if request.schema is not None else []),
            *([tool.name, tool.description, tool.parameters] for tool in request.tools),
            *(
                [call.name, call.arguments]
                for message in request.messages
                for call in message.tool_calls
            ),
        ]
        text = "\n".join([*texts, *(json.dumps(shape, default=str) for shape in shapes)])
        return self(text)


def _family(model_id: str) -> float:
    name = model_id.lower()
    return next((factor for family, factor in _FAMILIES if family.search(name)), _OTHERS)
