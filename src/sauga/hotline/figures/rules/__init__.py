"""Rules of figures: pure functions, no database."""
