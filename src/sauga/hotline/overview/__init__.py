"""What the hotline shows on “My day”."""
