"""Pages of what follows an event."""
