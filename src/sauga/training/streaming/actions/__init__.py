"""Writes to broadcasts."""
