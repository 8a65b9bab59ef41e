"""Conversations with a model about a design, as they are kept beside it."""
