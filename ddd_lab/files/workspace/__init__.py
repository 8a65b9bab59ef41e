"""An open project: its documents, edits that can be undone, saving, conflicts."""
