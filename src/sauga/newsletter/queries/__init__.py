"""What is read in the newsletter."""
