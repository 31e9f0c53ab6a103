"""Training: courses for educators and librarians, webinars, and their broadcast to libraries."""
