"""Sauga: the software of a national Safer Internet Centre. See docs/develop/structure.md for the house plan."""
