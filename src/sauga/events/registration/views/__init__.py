"""Pages of registration: public, of members, at the desk."""
