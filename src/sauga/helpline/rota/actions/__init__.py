"""Every write, one file a noun."""
