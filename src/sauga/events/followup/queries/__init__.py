"""Every question about what follows an event."""
