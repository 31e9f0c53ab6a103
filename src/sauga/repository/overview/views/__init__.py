"""Views of overview: each parses, calls one action or query, and renders."""
