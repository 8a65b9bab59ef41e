"""The map of all flows to explore, in a cell and in a tab: what is drawn, and the cell's widget."""
