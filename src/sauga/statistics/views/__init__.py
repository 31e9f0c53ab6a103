"""Statistics pages: one for everybody, one for staff who freeze figures."""
