"""How a design becomes code, and how the lab knows when either side has moved."""
