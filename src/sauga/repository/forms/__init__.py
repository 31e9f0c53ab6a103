"""Forms of the repository."""
