"""Actions of resources: every write, one file per noun."""
