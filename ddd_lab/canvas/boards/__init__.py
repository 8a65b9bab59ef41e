"""Boards: what the canvas draws of a design."""
