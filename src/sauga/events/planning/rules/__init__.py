"""What is decided about plans without a database."""
