"""Reads of handovers."""
