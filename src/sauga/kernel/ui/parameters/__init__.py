"""What the address of a page says: numbers and periods."""
