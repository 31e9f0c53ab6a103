"""Responses that are not pages of a service: errors, and what caches and compression are told."""
