"""Every write of check-in."""
