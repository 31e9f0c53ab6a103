"""The HTTP client of the monitor: its transport, what it reads of a body, and why a request failed."""
