"""What is read about calls and proposals."""
