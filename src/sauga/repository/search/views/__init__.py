"""Views of search: each parses, calls one action or query, and renders."""
