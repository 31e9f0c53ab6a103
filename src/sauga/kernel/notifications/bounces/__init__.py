"""Mail that comes back: received, read, and given to the service that sent it."""
