"""Queries of catalogue: whole questions answered."""
