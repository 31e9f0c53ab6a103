"""Pages about photographs: at the desk, and the list of badges of a class."""
