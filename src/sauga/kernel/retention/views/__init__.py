"""Desk pages of retention."""
