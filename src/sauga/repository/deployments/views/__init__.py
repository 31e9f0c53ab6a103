"""Views of deployments: each parses, calls one action or query, and renders."""
