"""Pages of webinars: public, of speakers, at the desk."""
