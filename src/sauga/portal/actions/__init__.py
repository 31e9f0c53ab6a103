"""Actions of the portal: every write, one file per noun."""
