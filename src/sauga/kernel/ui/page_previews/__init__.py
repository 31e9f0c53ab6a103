"""Previews of pages at the desk, in several widths and settings."""
