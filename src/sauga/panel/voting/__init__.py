"""Ballots, elections and groups of opinion."""
