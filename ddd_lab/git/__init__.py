"""A project's Git repository, in the words of the design."""
