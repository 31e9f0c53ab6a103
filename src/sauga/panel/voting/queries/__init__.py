"""What is read about ballots."""
