"""Everything that writes to assessments, reviews and labels."""
