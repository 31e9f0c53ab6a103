"""The forms of registration."""
