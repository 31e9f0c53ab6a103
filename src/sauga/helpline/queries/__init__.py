"""Whole questions answered, one file a page or a subject."""
