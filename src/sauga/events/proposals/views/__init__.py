"""Pages of the call for papers: public, of members, at the desk."""
