"""Views of adaptations: each parses, calls one action or query, and renders."""
