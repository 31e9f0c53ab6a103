"""Pages of tools at the desk, and what programs ask for."""
