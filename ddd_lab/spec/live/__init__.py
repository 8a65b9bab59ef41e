"""Live objects: a flow, its nodes and connections, as a person holds them in a notebook."""
