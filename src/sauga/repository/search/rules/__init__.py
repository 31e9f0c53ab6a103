"""Rules of search: pure functions without a database."""
