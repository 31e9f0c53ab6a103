"""Reads of the repository: whole questions answered."""
