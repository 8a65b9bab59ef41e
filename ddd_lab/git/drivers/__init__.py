"""What Git itself starts for a design: its merge driver and its diff."""
