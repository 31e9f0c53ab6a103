"""What is read about registrations."""
