"""Versions that partners make of a resource: the licence engine, slots, own texts, logos, and updates
of the original.
"""
