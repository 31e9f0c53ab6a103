"""Forms of what follows an event."""
