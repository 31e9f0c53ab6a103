"""Pages of the hotline; each module lists its own addresses."""
