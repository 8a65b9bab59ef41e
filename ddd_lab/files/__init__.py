"""How a design lives on disk."""
