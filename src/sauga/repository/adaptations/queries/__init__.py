"""Queries of adaptations: whole questions answered."""
