"""Reads of check-in."""
