"""Pages of the repository: thin, one query or action each."""
