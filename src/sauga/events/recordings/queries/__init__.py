"""What is read about recordings."""
