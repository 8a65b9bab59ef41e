"""What travels between the parts of JupyterLab and Python: messages, by the part that asks."""
