"""What is read about the programme."""
