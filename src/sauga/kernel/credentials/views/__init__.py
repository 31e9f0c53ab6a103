"""Pages of credentials: public, for machines, and at the desk."""
