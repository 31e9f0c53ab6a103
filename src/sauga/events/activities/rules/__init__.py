"""Rules of activities; they ask no database."""
