"""Rules of syndication: pure functions without a database."""
