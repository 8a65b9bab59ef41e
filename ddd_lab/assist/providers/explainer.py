"""Failures in words for a person: what happened, then what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ddd_lab.assist.providers.failures import Failure, Meaning, meaning
from ddd_lab.assist.providers.server import Server
from ddd_lab.assist.replies import Outcome, ProviderError
from ddd_lab.visible import one_line

CONFIG: Final = ".ddd/config.yaml"
_SHOWN: Final = 200
_SOON: Final = 60.0
"""Seconds that are worth waiting for the same model."""
_LIKE_A_KEY = re.compile(r"\b(sk|pk|key|gsk|xai|AIza)[-_][\w*.-]{6,}")

_OUTCOMES: Final[dict[Meaning, Outcome]] = {
    Meaning.NO_ANSWER: Outcome.RETRYABLE,
    Meaning.WRONG_KEY: Outcome.AUTH,
    Meaning.BUDGET: Outcome.QUOTA,
    Meaning.NO_ACCESS: Outcome.AUTH,
    Meaning.TOO_OFTEN: Outcome.RETRYABLE,
    Meaning.TOO_LONG: Outcome.TOO_LONG,
    Meaning.NO_TOOLS: Outcome.UNSUPPORTED,
    Meaning.NO_MODEL: Outcome.NOT_FOUND,
    Meaning.NO_ADDRESS: Outcome.FAILED,
    Meaning.UNREADABLE: Outcome.FAILED,
    Meaning.MID_STREAM: Outcome.RETRYABLE,
    Meaning.BUSY: Outcome.RETRYABLE,
    Meaning.BAD_REQUEST: Outcome.FAILED,
}


class Explainer:
    """Turns failures of one server into errors for people.

    Args:
        server: who failed.
        model: the vendor's id of the model that was asked.
    """

    def __init__(self, server: Server, model: str) -> None:
        self.model = model
        self._server = server
        self._entry = server.entry
        self._name = one_line(server.entry.name)
        self._words: dict[Meaning, Callable[[Failure], str]] = {
            Meaning.NO_ANSWER: self._no_answer,
            Meaning.WRONG_KEY: self._wrong_key,
            Meaning.BUDGET: self._budget,
            Meaning.NO_ACCESS: self._no_access,
            Meaning.TOO_OFTEN: self._too_often,
            Meaning.TOO_LONG: self._too_long,
            Meaning.NO_TOOLS: lambda _: self.no_tools(),
            Meaning.NO_MODEL: self._no_model,
            Meaning.NO_ADDRESS: self._no_address,
            Meaning.UNREADABLE: self._unreadable,
            Meaning.MID_STREAM: self._mid_stream,
            Meaning.BUSY: self._busy,
            Meaning.BAD_REQUEST: self._bad_request,
        }

    def error(self, failure: Failure) -> ProviderError:
        """The error of a failure."""
        what = meaning(failure)
        outcome = _OUTCOMES[what]
        if what is Meaning.TOO_OFTEN and (failure.retry_after or 0) > _SOON:
            outcome = Outcome.QUOTA
        return ProviderError(outcome, self._words[what](failure), failure.retry_after)

    def no_tools(self) -> str:
        """That the model cannot look anything up."""
        return f"“{self._name}” cannot look things up in the design. Choose another model."

    def refused(self, explanation: str) -> ProviderError:
        """The model declined."""
        said = self._quoted(explanation)
        return ProviderError(
            Outcome.REFUSED, f"“{self._name}” declined to answer{said} Ask in other words."
        )

    def truncated(self, limit: int, *, only_thought: bool) -> ProviderError:
        """The answer was cut off at the limit."""
        what = (
            f"“{self._name}” spent all of its {limit} tokens on thinking and did not answer."
            if only_thought
            else f"The answer of “{self._name}” was cut off after {limit} tokens."
        )
        fix = f"Ask for less, or raise max_tokens of “{self._entry.id}” in {CONFIG}."
        return ProviderError(Outcome.TRUNCATED, f"{what} {fix}")

    def window_full(self) -> ProviderError:
        """The prompt and the answer together do not fit."""
        return ProviderError(Outcome.TOO_LONG, self._too_long(Failure()))

    def prompt_cut(self, read: int, expected: int) -> ProviderError:
        """The server has cut the prompt and said nothing of it."""
        return ProviderError(
            Outcome.TOO_LONG,
            f"{self._server.name} read only {read} of at least {expected} tokens and left the rest "
            f"of the prompt out. Raise the context of “{self.model}” in the server, or leave parts "
            "of the prompt out.",
        )

    def broken_off(self) -> ProviderError:
        """The answer ended without an end."""
        return self.error(Failure())

    def unusable(self, what: str) -> ProviderError:
        """The answer came to its end and is of no use."""
        return ProviderError(
            Outcome.RETRYABLE, f"“{self._name}” {what}. Ask again, or choose another model."
        )

    def _no_answer(self, failure: Failure) -> str:
        who = self._server.name
        if failure.silent:
            return f"{who} has said nothing for minutes. Ask again, or choose another model."
        if not failure.unreachable:
            return (
                f"The connection to {self._server.in_sentence} broke before the answer was "
                "complete. Ask again."
            )
        if self._entry.provider == "ollama" and self._server.on_this_machine:
            return f"{who} cannot be reached. Start it with “ollama serve”, then ask again."
        if self._server.on_this_machine:
            return f"{who} cannot be reached. Start it, or {self._correct('base_url', 'correct')}"
        return f"{who} cannot be reached. Check the network, then ask again."

    def _wrong_key(self, _: Failure) -> str:
        who, name = self._server.name, self._server.key_name
        if name:
            return (
                f"{who} refused the key in {name}. Put a valid key there, "
                "then start JupyterLab again."
            )
        return (
            f"{who} asks for a key. Name the environment variable that holds it as api_key_env "
            f"of “{self._entry.id}” in {CONFIG}."
        )

    def _budget(self, failure: Failure) -> str:
        said = self._quoted(failure.message)
        return (
            f"The budget at {self._server.in_sentence} is used up{said} "
            "Raise it there, or choose another model."
        )

    def _no_access(self, failure: Failure) -> str:
        return (
            f"{self._server.name} does not let this key use “{one_line(self.model)}”"
            f"{self._quoted(failure.message)} Choose another model, or ask for access there."
        )

    def _too_often(self, failure: Failure) -> str:
        who, after = self._server.name, failure.retry_after
        if after is None:
            return f"{who} is asked too often. Ask again in a moment."
        if after <= _SOON:
            return f"{who} is asked too often. Ask again in {max(1, round(after))} s."
        wait = round(after / 60)
        return f"{who} is asked too often, and wants {wait} min of rest. Choose another model."

    def _too_long(self, failure: Failure) -> str:
        return (
            f"The prompt is too long for “{self._name}”{self._quoted(failure.message)} "
            "Leave parts of it out, or choose a model that takes more."
        )

    def _no_model(self, _: Failure) -> str:
        model = one_line(self.model)
        fix = self._correct("model_id")
        if self._entry.provider == "ollama":
            fix = f"Fetch it with “ollama pull {model}”, or {self._correct('model_id', 'correct')}"
        return f"{self._server.name} does not know the model “{model}”. {fix}"

    def _no_address(self, failure: Failure) -> str:
        who = self._server.name
        if failure.status == 404:
            return f"{who} has no such address (status 404). {self._correct('base_url')}"
        return f"{who} sends requests elsewhere (status {failure.status}). " + self._correct(
            "base_url"
        )

    def _unreadable(self, failure: Failure) -> str:
        who, said = self._server.in_sentence, self._quoted(failure.message)
        return f"The answer of {who} cannot be read{said} {self._correct('base_url')}"

    def _mid_stream(self, failure: Failure) -> str:
        said = self._quoted(failure.message)
        return f"{self._server.name} stopped in the middle of the answer{said} Ask again."

    def _busy(self, failure: Failure) -> str:
        who, words = self._server.name, failure.words.lower()
        if "loading model" in words:
            return f"{who} is still loading the model. Ask again in a moment."
        if failure.status == 529 or "overloaded" in words:
            return f"{who} is overloaded. Ask again in a moment, or choose another model."
        said = self._quoted(failure.message)
        return (
            f"{who} has an error of its own (status {failure.status}){said} Ask again in a moment."
        )

    def _bad_request(self, failure: Failure) -> str:
        said = self._quoted(failure.message)
        return (
            f"{self._server.name} refused the request (status {failure.status}){said} "
            f"Choose another model, or correct profile of “{self._entry.id}” in {CONFIG}."
        )

    def _correct(self, field: str, verb: str = "Correct") -> str:
        return f"{verb} {field} of “{self._entry.id}” in {CONFIG}."

    def shown(self, words: str) -> str:
        """A server's words on one line, without a key that it repeats."""
        return one_line(_LIKE_A_KEY.sub("…", self._server.without_key(words)), _SHOWN)

    def _quoted(self, message: str) -> str:
        """A server's words after a colon, or the end of the sentence."""
        said = self.shown(message).rstrip(".")
        return f": “{said}”." if said else "."
