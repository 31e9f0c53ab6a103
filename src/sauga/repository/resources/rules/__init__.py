"""Rules of resources: pure functions without a database."""
