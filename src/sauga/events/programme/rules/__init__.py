"""Rules of the programme; they ask no database."""
