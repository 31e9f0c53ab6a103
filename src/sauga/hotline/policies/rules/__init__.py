"""Rules of policies: pure functions, no database."""
