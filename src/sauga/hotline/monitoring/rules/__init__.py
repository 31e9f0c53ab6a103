"""Rules of monitoring: pure functions, no database."""
