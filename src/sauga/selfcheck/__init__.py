"""Self-assessments: the personal test, and the label that schools earn by looking at their own work."""
