"""Editors of code lists and policies: which codes staff may change, and whether an edited policy still makes
sense."""
