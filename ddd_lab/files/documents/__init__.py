"""Files as documents: text with positions, dialects, and lossless changes."""
