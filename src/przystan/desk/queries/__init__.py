"""Reads that put together what several modules know."""
