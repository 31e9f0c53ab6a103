"""Writes of items."""
