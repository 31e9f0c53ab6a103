"""Queries of syndication: whole questions answered."""
