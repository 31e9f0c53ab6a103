"""Actions of adaptations: every write, one file per noun."""
