"""Views of syndication: each parses, calls one action or query, and renders."""
