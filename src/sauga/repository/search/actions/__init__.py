"""Actions of search: every write, one file per noun."""
