"""Calls by phone and from the browser: recorded at the desk, reported by a switchboard.

No number and no sound is kept.
"""
