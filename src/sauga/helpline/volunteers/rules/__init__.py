"""What holds, as plain functions."""
