"""Rules of assessment: pure functions, no database."""
