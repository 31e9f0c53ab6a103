"""What is read of webinars."""
