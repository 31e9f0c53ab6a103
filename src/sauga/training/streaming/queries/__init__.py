"""Questions about broadcasts."""
