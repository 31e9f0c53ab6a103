"""Pages of the figures: one for everybody, one for whoever freezes them."""
