"""What is allowed and what follows from it; pure functions."""
