"""What holds, without the database."""
