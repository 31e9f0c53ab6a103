"""Actions of catalogue: every write, one file per noun."""
