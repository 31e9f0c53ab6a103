"""Queries of resources: whole questions answered."""
