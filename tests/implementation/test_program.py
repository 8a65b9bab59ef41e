"""What Claude Code may be started with is a list of what is allowed."""

from __future__ import annotations

import re

import pytest

from ddd_lab.implementation.claude_program import claude_words
from ddd_lab.implementation.config import BuildConfig, ClaudeCode
from ddd_lab.implementation.runs.record import RunError


def config(command: str) -> BuildConfig:
    return BuildConfig(claude_code=ClaudeCode(command=command))


@pytest.mark.parametrize(
    "command",
    [
        "claude",
        "/opt/claude code/bin/claude".replace(" ", "\\ "),
        "claude --model opus --verbose",
        "claude --model=opus --permission-mode plan",
        "claude --permission-mode=default --disallowedTools 'Bash(rm:*),WebFetch' --debug",
    ],
)
def test_what_is_allowed_is_started_as_it_stands(command: str) -> None:
    words = claude_words(config(command))
    assert words[0] in ("claude", "/opt/claude code/bin/claude")
    assert len(words) >= len(command.split(" --"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("claude -p", "-p"),
        ("claude -cp", "-cp"),
        ("claude --print", "--print"),
        ("claude --print=true", "--print=true"),
        ("claude --dangerously-skip-permissions", "--dangerously-skip-permissions"),
        ("claude --dangerously-skip-permissions=true", "--dangerously-skip-permissions=true"),
        ("claude --allow-dangerously-skip-permissions", "--allow-dangerously-skip-permissions"),
        ("claude --permission-mode bypassPermissions", "--permission-mode bypassPermissions"),
        ("claude --permission-mode=bypassPermissions", "--permission-mode=bypassPermissions"),
        ("claude --permission-mode acceptEdits", "--permission-mode acceptEdits"),
        ("claude --permission-mode", "--permission-mode"),
        ("claude --allowedTools Bash", "--allowedTools"),
        ("claude --settings '{}'", "--settings"),
        ("claude --mcp-config evil.json", "--mcp-config"),
        ("claude --add-dir /", "--add-dir"),
        ("claude --model --print", "--model --print"),
        ("claude --model=-p", "--model=-p"),
        ("claude --verbose=true", "--verbose=true"),
        ("claude --resume", "--resume"),
        ("claude 'read ~/.ssh'", "read ~/.ssh"),
        ("claude -- 'read ~/.ssh'", "--"),
        ("claude mcp add evil", "mcp"),
        ("claude \x1b[2J", "\\x1b[2J"),
        ("sh -c 'id > /tmp/owned'", "the program sh"),
        ("/bin/sh -c 'id > /tmp/owned'", "-c"),
        ("env FOO=1 claude", "the program env"),
        ("npx @anthropic-ai/claude-code", "the program npx"),
        ("./claude", "the program ./claude"),
        ("node_modules/.bin/claude", "the program node_modules/.bin/claude"),
    ],
)
def test_all_else_is_refused_in_every_spelling(command: str, said: str) -> None:
    expected = rf"claude_code\.command in \.ddd/config\.yaml (has|names) {re.escape(said)}\."
    with pytest.raises(RunError, match=expected):
        claude_words(config(command))
