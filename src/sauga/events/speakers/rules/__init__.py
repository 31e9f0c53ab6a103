"""What speakers agree to, and what their files must have; no database is asked."""
