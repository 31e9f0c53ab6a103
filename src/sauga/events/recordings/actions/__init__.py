"""Every write about recordings."""
