"""What a design is: the models, the node catalogue, edits, undo and the semantic diff."""
