"""One reply while it is read: what has come, what it took, and whether its end is a good one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from ddd_lab.assist.providers.explainer import Explainer
from ddd_lab.assist.providers.think_tags import ThinkTags
from ddd_lab.assist.replies import (
    Finished,
    ReplyEvent,
    TextDelta,
    ThinkingDelta,
    ToolCalled,
    Usage,
)
from ddd_lab.assist.requests import Request, ToolCall

Stop = Literal["end", "tools", "length", "refusal", "context"]

_LETTERS_PER_TOKEN: Final = 3.6
_MOST_LETTERS_PER_TOKEN: Final = 5
_ENDLESS: Final = 100_000
_MOST_PER_TOKEN: Final = 40
"""Letters beyond which an answer has left its limit behind, however its tokens are counted."""
_WORTH_A_LOOK: Final = 400
"""Tokens of a prompt below which nothing is cut."""


class ReplyReader:
    """Takes the pieces of one reply from an adapter and makes events of them.

    Args:
        request: what was asked.
        explainer: for the words of an end that is not a good one.
        think_tags: whether thinking may stand between tags in the text.
    """

    def __init__(self, request: Request, explainer: Explainer, *, think_tags: bool) -> None:
        self.model = request.model
        self.usage: Usage | None = None
        self.refusal = ""
        self._request = request
        self._explainer = explainer
        self._tags = ThinkTags() if think_tags else None
        self._begun = False
        self._text = 0
        self._thinking = 0
        self._unshown = 0
        self._calls: list[ToolCall] = []

    def begin(self) -> None:
        """The server has taken the request, and it counts from now on."""
        self._begun = True

    def text(self, piece: str) -> Iterator[ReplyEvent]:
        """A piece of the answer, which may be thinking between tags."""
        for is_thinking, part in self._tags.split(piece) if self._tags else ((False, piece),):
            yield from self.thinking(part) if is_thinking else self._answer(part)

    def thinking(self, piece: str) -> Iterator[ReplyEvent]:
        """A piece of what is thought aloud."""
        if piece:
            self._thinking += len(piece)
            self._require_end()
            yield ThinkingDelta(piece)

    def unshown(self, piece: str) -> str:
        """A piece of what is read to its end before anything is made of it, such as a tool call."""
        self._unshown += len(piece)
        self._require_end()
        return piece

    def tool_call(self, id: str, name: str, arguments: object, **carried: Any) -> None:
        """A complete tool call; it counts only when the reply has come to its end.

        Args:
            arguments: a map, or the JSON of one.
            carried: what the vendor wants back with its result.

        Raises:
            ProviderError: the arguments are no map.
        """
        if isinstance(arguments, str):
            try:
                arguments = json.loads(arguments or "{}")
            except (ValueError, RecursionError):
                arguments = None
        if not isinstance(arguments, Mapping) or not name:
            raise self._explainer.unusable("asked to look something up in a broken way")
        call_id = id or f"call_{len(self._calls) + 1}"
        self._calls.append(ToolCall(call_id, name, arguments, carried))

    def end(self, reason: str | None, stops: Mapping[str, Stop]) -> Iterator[ReplyEvent]:
        """The last events of the reply.

        Args:
            reason: why it ended, in the vendor's words; None where it broke off.
            stops: what these mean; any other is a good end.

        Raises:
            ProviderError: it is broken off, refused, cut off, empty, or of a prompt that was cut.
        """
        if reason is None:
            raise self._explainer.broken_off()
        stop = stops.get(reason, "end")
        if self._tags:
            yield from self._answer(self._tags.rest())
        if stop == "refusal":
            raise self._explainer.refused(self.refusal)
        if stop == "context":
            raise self._explainer.window_full()
        if stop == "length":
            only_thought = bool(self._thinking) and not self._text
            raise self._explainer.truncated(self._request.max_tokens, only_thought=only_thought)
        self._require_whole_prompt()
        if not self._text and not self._calls:
            raise self._explainer.unusable("answered with nothing")
        for call in self._calls:
            yield ToolCalled(call)
        model = self._explainer.shown(self.model)
        yield Finished(model, self.usage or self._estimated(), wants_tools=bool(self._calls))

    def so_far(self) -> Usage | None:
        """What a reply that ends here has taken; None where the model had not begun."""
        return self._estimated() if self._begun else None

    def _answer(self, part: str) -> Iterator[ReplyEvent]:
        if part:
            self._text += len(part)
            self._require_end()
            yield TextDelta(part)

    def _require_end(self) -> None:
        """Stop a server that has no limit of its own before it fills the memory."""
        letters = self._text + self._thinking + self._unshown
        if letters > _ENDLESS + _MOST_PER_TOKEN * self._request.max_tokens:
            raise self._explainer.unusable("does not come to an end")

    def _estimated(self) -> Usage:
        """With the server's figures as far as it gave any."""
        usage = self.usage or Usage()
        read = usage.input + usage.cache_read + usage.cache_write
        output = math.ceil((self._text + self._thinking) / _LETTERS_PER_TOKEN)
        if read and usage.output >= output:
            return usage
        return Usage(
            input=usage.input if read else math.ceil(self._letters() / _LETTERS_PER_TOKEN),
            cache_read=usage.cache_read,
            cache_write=usage.cache_write,
            output=max(usage.output, output),
            how="estimate",
        )

    def _require_whole_prompt(self) -> None:
        usage = self.usage
        if usage is None:
            return
        expected = self._letters() // _MOST_LETTERS_PER_TOKEN
        read = usage.input + usage.cache_read + usage.cache_write
        if expected > _WORTH_A_LOOK and 0 < read < expected / 2:
            raise self._explainer.prompt_cut(read, expected)

    def _letters(self) -> int:
        return sum(map(len, self._request.system)) + sum(
            len(message.text) for message in self._request.messages
        )
