"""Rules of the portal: pure functions and tables."""
