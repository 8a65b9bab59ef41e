"""What travels between the canvas in the browser and Python."""
