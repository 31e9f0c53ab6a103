"""Questions answered, one file a subject."""
