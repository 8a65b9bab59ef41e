"""Edits of a whole design: refactoring, search and replace, the clipboard, new flows."""
