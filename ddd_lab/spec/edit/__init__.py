"""Changing a flow: each edit takes the data of a flow and gives the changed data."""
