"""What is read of viewing sites."""
