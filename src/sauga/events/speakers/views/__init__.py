"""Pages of speakers: public, by the personal link, at the desk."""
