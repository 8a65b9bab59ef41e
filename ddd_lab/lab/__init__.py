"""How Jupyter hosts it all: the server's side of the panels, terminals, magics."""
