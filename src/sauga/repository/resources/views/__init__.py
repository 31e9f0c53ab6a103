"""Views of resources: each parses, calls one action or query, and renders."""
