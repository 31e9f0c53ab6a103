"""English as European institutions write it: day before month, 24 hours, Monday first."""
