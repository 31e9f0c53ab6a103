"""Pages, one file a place; each lists its addresses at its end."""
