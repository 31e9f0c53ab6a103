"""What is read of assessments, reviews and labels."""
