"""The semantic difference of two versions of a flow."""
