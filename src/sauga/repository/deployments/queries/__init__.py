"""Queries of deployments: whole questions answered."""
