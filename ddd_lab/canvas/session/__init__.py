"""One open canvas, and what the open canvases of a project share."""
