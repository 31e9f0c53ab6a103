"""Addresses and fingerprints as people paste them: cleaned, checked, brought to one canonical key.

No database, no network.
"""
