"""What surrounds every public page: head and foot, help, language switch and quick exit."""
