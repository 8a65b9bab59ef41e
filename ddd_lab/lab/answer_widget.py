"""An answer of a model in the output of a cell, while it comes and after."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ddd_lab.assist.answer import Answer, AnswerEvent
from ddd_lab.lab.answer_view import view_of

_PAUSE = 0.1
"""Seconds between two looks at what has come."""


class AnswerWidget(anywidget.AnyWidget):
    """Shows one answer, and follows it to its end."""

    _esm = Path(__file__).with_name("answer.js")
    _css = Path(__file__).with_name("answer.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, answer: Answer) -> None:
        super().__init__(view=view_of(answer))
        self._answer = answer
        self._news = threading.Event()
        answer.listen(self._heard)
        threading.Thread(target=self._follow, name="ddd-lab answer view", daemon=True).start()
        self.on_msg(self._asked)

    def look(self) -> None:
        """Show how the answer stands now."""
        if self.comm is not None:
            self.view = view_of(self._answer)

    def bundle(self, text: str) -> Any:
        """What a notebook shows: the widget, or some text where there are no widgets."""
        bundle = self._repr_mimebundle_()
        if bundle is None:
            return {"text/plain": text}
        data, more = bundle
        return {**data, "text/plain": text}, more

    def _heard(self, _event: AnswerEvent) -> None:
        self._news.set()

    def _asked(self, _widget: object, content: object, _buffers: object) -> None:
        if content == {"kind": "stop"}:
            self._answer.cancel()

    def _follow(self) -> None:
        while self._answer.running and self.comm is not None:
            self._news.wait()
            self._news.clear()
            with contextlib.suppress(RuntimeError):  # what is shown grows meanwhile
                self.look()
            self._answer.wait(_PAUSE)
        self.look()
