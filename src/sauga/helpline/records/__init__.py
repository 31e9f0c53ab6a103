"""What is counted of every contact, whichever channel it came through: attempt, coded record, feedback."""
