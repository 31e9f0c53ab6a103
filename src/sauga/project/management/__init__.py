"""Django commands that this product replaces."""
