"""Pages of viewing sites: by the personal link of a library, for members, at the desk."""
