"""Actions of syndication: every write, one file per noun."""
