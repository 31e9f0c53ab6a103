"""Journeys through several pages, in a real browser."""
