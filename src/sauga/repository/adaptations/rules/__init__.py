"""Rules of adaptations: pure functions without a database."""
