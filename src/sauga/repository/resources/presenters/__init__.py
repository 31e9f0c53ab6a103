"""Presenters of resources: labels, marks and context that pages show."""
