"""Pages of check-in."""
