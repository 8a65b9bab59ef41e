"""A real server of language models that answers from a script: for tests, walkthroughs and demos.

It listens on 127.0.0.1 only and speaks the wire formats of Anthropic, of OpenAI and of Ollama.

>>> with ScriptedServer([ScriptedReply("Orders need a refund flow.", when="refund")]) as server:
...     print([entry.id for entry in server.entries()])
['scripted-claude', 'scripted-gpt', 'scripted-llama']
"""

from __future__ import annotations

from ddd_lab.assist.scripted.reply import RecordedRequest, ScriptedReply
from ddd_lab.assist.scripted.server import ScriptedServer

__all__ = ["RecordedRequest", "ScriptedReply", "ScriptedServer"]
