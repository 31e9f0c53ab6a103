"""Writes of handovers."""
