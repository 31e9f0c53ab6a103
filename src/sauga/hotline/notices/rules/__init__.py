"""Rules of notices: pure functions, no database."""
