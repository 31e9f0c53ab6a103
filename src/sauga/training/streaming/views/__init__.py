"""Pages of broadcasts, and the origin that viewers are sent segments from."""
