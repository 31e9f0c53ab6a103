"""Every write of what follows an event."""
