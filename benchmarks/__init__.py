"""Measures DDD Lab against its goals and against its neighbours, all in one run: `make bench`."""
