"""From a paragraph to a design, in gates: each step is approved before the next begins."""
