"""Notices to providers: drafted, approved, delivered, answered, escalated, withdrawn; templates, providers
and their contacts."""
