"""What people type, one file a page."""
