"""Rules of addresses: pure functions, no database."""
