"""Queries of the portal: whole questions answered."""
