"""Sauga: the software of a national Safer Internet Centre. See docs/develop/architecture.md."""
