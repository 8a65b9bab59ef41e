"""What a model is told of a design: chosen, counted, and shown before it is sent."""
